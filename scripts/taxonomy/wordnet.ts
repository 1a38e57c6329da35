import { readFile } from 'node:fs/promises';

/** What the generator needs of one noun synset. */
export interface NounSynset {
  /** Without the leading `n`: the byte offset in `data.noun`, 8 digits. */
  offset: string;
  lemmas: string[];
  /** Offsets of the direct hypernyms, instance hypernyms included, in the file's order. */
  hypernyms: string[];
}

/**
 * Reads WordNet's noun file. Format: wndb(5WN). A line is
 * `offset lex_filenum ss_type w_cnt (word lex_id)... p_cnt (symbol offset pos source/target)... | gloss`,
 * with `w_cnt` in hexadecimal and `p_cnt` in decimal; `@` is hypernym, `@i` instance hypernym.
 * @throws Error naming the line where the file is not in this format.
 */
export async function readNounSynsets(path: string): Promise<Map<string, NounSynset>> {
  const synsets = new Map<string, NounSynset>();
  for (const line of (await readFile(path, 'utf8')).split('\n')) {
    // The licence at the top is indented by two spaces.
    if (line === '' || line.startsWith(' ')) continue;
    const synset = parseNounLine(line);
    synsets.set(synset.offset, synset);
  }
  return synsets;
}

function parseNounLine(line: string): NounSynset {
  const words = (line.split(' | ', 1)[0] ?? '').split(' ');
  const at = (index: number): string => {
    const word = words[index];
    if (word === undefined) throw new Error(`data.noun: a line ends too early: ${line}`);
    return word;
  };
  const offset = at(0);
  if (!/^\d{8}$/.test(offset) || at(2) !== 'n') {
    throw new Error(`data.noun: not a noun synset: ${line}`);
  }
  const lemmas = Array.from({ length: Number.parseInt(at(3), 16) }, (_, index) =>
    at(4 + 2 * index).replaceAll('_', ' '),
  );
  const pointersAt = 4 + 2 * lemmas.length;
  const hypernyms: string[] = [];
  for (let index = 0; index < Number.parseInt(at(pointersAt), 10); index += 1) {
    const symbol = at(pointersAt + 1 + 4 * index);
    if (symbol === '@' || symbol === '@i') hypernyms.push(at(pointersAt + 2 + 4 * index));
  }
  return { offset, lemmas, hypernyms };
}
