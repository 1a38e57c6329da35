/** The labels that a person can name: classes and the kinds above them that are ever said. */
import { DENIED, type Denied } from '../core/saying/denied';
import { labelOf } from '../core/saying/labels';
import { classesOf, NODE_COUNT, nodeOf, synsetOf } from '../core/saying/taxonomy';

export interface NamedLabel {
  synset: string;
  name: string;
}

function allLabels(): NamedLabel[] {
  const found = new Map<string, NamedLabel>();
  for (let node = 0; node < NODE_COUNT; node += 1) {
    const name = labelOf(node)?.name;
    if (name === undefined) continue;
    const synset = synsetOf(node);
    // Two nodes of one name are told apart by the synset.
    const shown = found.has(name) ? `${name} (${synset})` : name;
    found.set(shown, { synset, name: shown });
  }
  return [...found.values()].sort((a, b) => a.name.localeCompare(b.name, 'en'));
}

/** Every label once, by name. */
export const LABELS: readonly NamedLabel[] = allLabels();

const byName = new Map(LABELS.map((label) => [label.name.toLowerCase(), label]));
const bySynset = new Map(LABELS.map((label) => [label.synset, label]));

/** The label that a person wrote, capitals and spaces at the ends aside. */
export function findLabel(written: string): NamedLabel | undefined {
  return byName.get(written.trim().toLowerCase());
}

/** The name of a label; the synset itself where it has none. */
export function nameOfSynset(synset: string): string {
  return bySynset.get(synset)?.name ?? synset;
}

export interface KeptBack {
  synset: string;
  reason: Denied['reason'];
  /** What the entry keeps back: the label, or the labels below it. */
  names: string[];
}

function namesBelow(synset: string): string[] {
  const node = nodeOf(synset);
  if (node === undefined) return [];
  const name = labelOf(node)?.name;
  if (name !== undefined) return [name];
  return classesOf(node).flatMap((classIndex) => labelOf(classIndex)?.name ?? []);
}

/** The built-in list of what is never said, as a person reads it. */
export const KEPT_BACK: readonly KeptBack[] = DENIED.map(({ synset, reason }) => ({
  synset,
  reason,
  names: namesBelow(synset),
}));
