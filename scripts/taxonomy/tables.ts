import { readFile } from 'node:fs/promises';

/** Why an ancestor is never said. The generator prints how many there are of each. */
export const STOP_REASONS = {
  empty: 'too general to tell a listener anything: artifact, whole, structure',
  learned: "a scholar's word that a listener would have to look up: musteline mammal",
  role: 'says what a thing is used or was bred for, which nobody sees: watchdog, white goods',
  mixed:
    'the word means less, more or something else than the classes below it: an ambulance is a "container"',
  same: 'a plainer word for the very same classes is said',
  sensitive: 'an insult or an alarm where it is wrong: ape, firearm, drug',
  'one-class': 'only one class below, and its own label says it better',
} as const;
export type StopReason = keyof typeof STOP_REASONS;

/** One row of kinds.tsv: an ancestor and the reviewed verdict on it. */
export interface Kind {
  synset: string;
  classes: number;
  verdict: { said: 'kind' | 'plain'; label: string } | { said: 'never'; reason: StopReason };
}

async function rows(path: string, header: string): Promise<string[][]> {
  const [first, ...lines] = (await readFile(path, 'utf8')).trimEnd().split('\n');
  if (first !== header.replaceAll(' ', '\t'))
    throw new Error(`${path}: unexpected header: ${first}`);
  const width = header.split(' ').length;
  return lines.map((line, index) => {
    const cells = line.split('\t');
    if (cells.length !== width)
      throw new Error(`${path}:${index + 2}: not ${width} cells: ${line}`);
    return cells;
  });
}

function isStopReason(text: string): text is StopReason {
  return text in STOP_REASONS;
}

/** Reads imagenet-classes.tsv. @returns the 1,000 synsets in class order, like `n01440764`. */
export async function readClasses(path: string): Promise<string[]> {
  return (await rows(path, 'class_index synset lemmas')).map(([, synset = '']) => synset);
}

/** Reads class-labels.tsv. @returns for each class its synset and its label with article. */
export async function readClassLabels(path: string): Promise<{ synset: string; label: string }[]> {
  return (await rows(path, 'class_index synset label')).map(([, synset = '', label = '']) => ({
    synset,
    label,
  }));
}

/** Reads kinds.tsv. @throws Error for an unknown verdict or reason. */
export async function readKinds(path: string): Promise<Kind[]> {
  return (await rows(path, 'synset classes verdict label_or_reason lemma')).map(
    ([synset = '', classes = '', verdict = '', text = '']) => {
      const common = { synset, classes: Number(classes) };
      if (verdict === 'kind' || verdict === 'plain') {
        return { ...common, verdict: { said: verdict, label: text } };
      }
      if (verdict !== 'stop' || !isStopReason(text)) {
        throw new Error(`${path}: ${synset}: unknown verdict ${verdict} ${text}`);
      }
      return { ...common, verdict: { said: 'never', reason: text } };
    },
  );
}
