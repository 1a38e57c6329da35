/** How far a table's words are those of open wordnets: a check of senses, not a source. */
import type { Language } from '../../src/core/saying/languages';
import { bare, type WordRow, type WordTable } from './words';

/** Lemmas by primary language subtag and synset. */
export type Lemmas = ReadonlyMap<string, ReadonlyMap<string, readonly string[]>>;

/** Scripts whose words may be of one or two signs. */
const SHORT_WORDS: readonly Language[] = ['ja', 'ko', 'zh-CN'];
const LEAST_SIGNS = 3;

/** Reads rows of synset, language, source, lemma. */
export function parseLemmas(text: string): Lemmas {
  const lemmas = new Map<string, Map<string, string[]>>();
  for (const line of text.split('\n')) {
    const [synset = '', lang = '', , lemma = ''] = line.split('\t');
    if (line.startsWith('#') || lemma === '') continue;
    const ofLanguage = lemmas.get(lang) ?? new Map<string, string[]>();
    ofLanguage.set(synset, [...(ofLanguage.get(synset) ?? []), lemma.replaceAll('_', ' ')]);
    lemmas.set(lang, ofLanguage);
  }
  return lemmas;
}

/** Is one of the row's words one of the lemmas, or in it, or the other way round? */
function agrees({ label, also }: WordRow, lemmas: readonly string[], lang: Language): boolean {
  const least = SHORT_WORDS.includes(lang) ? 1 : LEAST_SIGNS;
  const theirs = lemmas.map(bare).filter((lemma) => lemma.length >= least);
  return [label, ...also]
    .map(bare)
    .some((own) => theirs.some((lemma) => own.includes(lemma) || lemma.includes(own)));
}

export interface Agreement {
  /** Nodes that have lemmas. */
  known: number;
  agreeing: number;
  others: { synset: string; label: string; note: string; lemmas: readonly string[] }[];
}

export function agreement({ lang, rows }: WordTable, lemmas: Lemmas): Agreement {
  const ofLanguage = lemmas.get(lang.split('-')[0] ?? lang);
  const result: Agreement = { known: 0, agreeing: 0, others: [] };
  for (const row of rows) {
    const theirs = ofLanguage?.get(row.synset);
    if (theirs === undefined) continue;
    result.known += 1;
    if (agrees(row, theirs, lang)) result.agreeing += 1;
    else {
      const { synset, label, note } = row;
      result.others.push({ synset, label, note, lemmas: theirs });
    }
  }
  return result;
}
