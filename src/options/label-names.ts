/** The labels that a person can name: classes and the kinds above them that are ever said. */
import { folded } from '../core/alt-text/folded';
import { DENIED, type Denied } from '../core/saying/denied';
import { labelOf } from '../core/saying/labels';
import { classesOf, NODE_COUNT, nodeOf, synsetOf } from '../core/saying/taxonomy';
import { ENGLISH, type Words } from '../core/saying/voice';

export interface NamedLabel {
  synset: string;
  /** In the language of the words. */
  name: string;
  english: string;
}

export interface KeptBack {
  synset: string;
  reason: Denied['reason'];
  /** What the entry keeps back: the label, or the labels below it. */
  names: string[];
}

/** The labels in one language. */
export interface LabelNames {
  words: Words;
  /** Every label once, by name. */
  labels: readonly NamedLabel[];
  /** The label that a person wrote in this language or in English; capitals, accents and spaces at the ends aside. */
  find: (written: string) => NamedLabel | undefined;
  /** The name of a label; the synset itself where it has none. */
  nameOf: (synset: string) => string;
  /** The built-in list of what is never said, as a person reads it. */
  keptBack: readonly KeptBack[];
}

/** Names by node; two nodes of one name are told apart by the synset. */
function uniqueNames(words: Pick<Words, 'labelOf'>): ReadonlyMap<number, string> {
  const names = new Map<number, string>();
  const taken = new Set<string>();
  for (let node = 0; node < NODE_COUNT; node += 1) {
    const name = words.labelOf(node)?.name;
    if (name === undefined) continue;
    names.set(node, taken.has(name) ? `${name} (${synsetOf(node)})` : name);
    taken.add(name);
  }
  return names;
}

function namesBelow(synset: string, words: Pick<Words, 'labelOf'>): string[] {
  const node = nodeOf(synset);
  if (node === undefined) return [];
  const name = words.labelOf(node)?.name;
  if (name !== undefined) return [name];
  return classesOf(node).flatMap((classIndex) => words.labelOf(classIndex)?.name ?? []);
}

/** @param words in whose language labels are shown */
export function labelNames(words: Words): LabelNames {
  const english = uniqueNames({ labelOf });
  const labels = [...uniqueNames(words)]
    .map(([node, name]) => ({ synset: synsetOf(node), name, english: english.get(node) ?? name }))
    .sort((a, b) => a.name.localeCompare(b.name, words.lang));
  const bySynset = new Map(labels.map((label) => [label.synset, label]));
  const byName = new Map<string, NamedLabel>();
  const plain = (name: string): string => folded(name.trim()).replaceAll('ß', 'ss');
  // As written first, then in English, then without its accents: the first that has a name keeps it.
  const wordings: ((label: NamedLabel) => string)[] = [
    ({ name }) => name.toLocaleLowerCase(words.lang),
    (label) => label.english.toLowerCase(),
    ({ name }) => plain(name),
  ];
  for (const wording of wordings) {
    for (const label of labels) {
      if (!byName.has(wording(label))) byName.set(wording(label), label);
    }
  }
  return {
    ...{ words, labels },
    find: (written) =>
      byName.get(written.trim().toLocaleLowerCase(words.lang)) ?? byName.get(plain(written)),
    nameOf: (synset) => bySynset.get(synset)?.name ?? synset,
    keptBack: DENIED.map(({ synset, reason }) => ({
      ...{ synset, reason },
      names: namesBelow(synset, words),
    })),
  };
}

export const ENGLISH_NAMES = labelNames(ENGLISH);
