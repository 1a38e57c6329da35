import type { NounSynset } from './wordnet';

/** The classes and everything above them. */
export interface Closure {
  /** Offsets: the classes in class order, then their ancestors by offset. */
  offsets: string[];
  /** For each node of `offsets`, the places of its direct parents in `offsets`, ascending. */
  parents: number[][];
}

/**
 * The hypernym closure of the classes: every synset that is reached upwards from one of them.
 * @param classes offsets in class order.
 * @throws Error naming a synset that WordNet does not have.
 */
export function hypernymClosure(
  classes: readonly string[],
  synsets: ReadonlyMap<string, NounSynset>,
): Closure {
  const hypernyms = (offset: string): string[] => {
    const synset = synsets.get(offset);
    if (synset === undefined) throw new Error(`data.noun has no synset ${offset}.`);
    return synset.hypernyms;
  };
  const reached = new Set(classes);
  // A set's iteration visits what is added meanwhile, so this walks all the way up.
  for (const offset of reached) {
    for (const hypernym of hypernyms(offset)) reached.add(hypernym);
  }
  const ancestors = [...reached].slice(classes.length).sort();
  const offsets = [...classes, ...ancestors];
  const place = new Map(offsets.map((offset, index) => [offset, index]));
  const parents = offsets.map((offset) =>
    hypernyms(offset)
      .flatMap((hypernym) => place.get(hypernym) ?? [])
      .sort((a, b) => a - b),
  );
  return { offsets, parents };
}
