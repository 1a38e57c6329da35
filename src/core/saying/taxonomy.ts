/**
 * The 1,000 classes and every WordNet 3.0 synset above them. A node is a place in one list: 0-999 are
 * the classes in class order, the rest their ancestors.
 */
import { lazy } from '../lazy';
import { CLASS_COUNT } from './prediction';
import { PACKED_OFFSETS, PACKED_PARENTS } from './taxonomy.generated';

const offsets = PACKED_OFFSETS.split(',');

export const NODE_COUNT = offsets.length;

/** Names of the nodes, and back. */
const names = lazy(() => {
  const synsets: string[] = [];
  const nodes = new Map<string, number>();
  let offset = 0;
  for (const delta of offsets) {
    offset += Number.parseInt(delta, 36);
    const synset = `n${String(offset).padStart(8, '0')}`;
    nodes.set(synset, synsets.length);
    synsets.push(synset);
  }
  return { synsets, nodes };
});

/** The direct hypernyms of each node. */
const parents = lazy((): readonly (readonly number[])[] =>
  PACKED_PARENTS.split(',').map((packed) =>
    packed === '' ? [] : packed.split('+').map((place) => CLASS_COUNT + Number.parseInt(place, 36)),
  ),
);

/** Each class with all its ancestors. */
const lines = lazy((): readonly (readonly number[])[] => {
  const above = parents();
  /** The last class whose line has the node, counted from 1. */
  const reachedBy = new Uint16Array(NODE_COUNT);
  return above.slice(0, CLASS_COUNT).map((_, classIndex) => {
    const line = [classIndex];
    for (const node of line) {
      for (const parent of above[node] ?? []) {
        if (reachedBy[parent] === classIndex + 1) continue;
        reachedBy[parent] = classIndex + 1;
        line.push(parent);
      }
    }
    return line;
  });
});

const classesBelow = lazy(() => {
  const counts = new Uint16Array(NODE_COUNT);
  for (const line of lines()) {
    for (const node of line) counts[node] = (counts[node] ?? 0) + 1;
  }
  return counts;
});

/** The synset of a node, like `n02123045`. @throws RangeError for a node that does not exist. */
export function synsetOf(node: number): string {
  const synset = names().synsets[node];
  if (synset === undefined) throw new RangeError(`No node ${node}.`);
  return synset;
}

/** The node of a synset, or undefined where it is neither a class nor above one. */
export function nodeOf(synset: string): number | undefined {
  return names().nodes.get(synset);
}

/** The direct hypernyms of a node. */
export function parentsOf(node: number): readonly number[] {
  return parents()[node] ?? [];
}

/** A class and all its ancestors, the class first. */
export function lineOf(classIndex: number): readonly number[] {
  return lines()[classIndex] ?? [];
}

/** Is `classIndex` the node itself or below it? */
export function isAtOrBelow(classIndex: number, node: number): boolean {
  return lineOf(classIndex).includes(node);
}

/** The classes at or below a node, in class order. */
export function classesOf(node: number): readonly number[] {
  // Most nodes that are asked for are classes, and no class is below another.
  if (node < CLASS_COUNT && classCountOf(node) === 1) return [node];
  return Array.from(lines().keys()).filter((classIndex) => isAtOrBelow(classIndex, node));
}

/** Is every class of `node` one of `other`, too? Then what is not the one is not the other. */
export function isWithin(node: number, other: number): boolean {
  return lines().every((line) => !line.includes(node) || line.includes(other));
}

/** All nodes that are within this one, itself among them; see `isWithin`. */
export function nodesWithin(node: number): number[] {
  const met = new Map<number, number>();
  for (const classIndex of classesOf(node)) {
    for (const each of lineOf(classIndex)) met.set(each, (met.get(each) ?? 0) + 1);
  }
  return [...met].flatMap(([each, count]) => (count === classCountOf(each) ? [each] : []));
}

/** How many classes are at or below a node, 1-1000. */
export function classCountOf(node: number): number {
  return classesBelow()[node] ?? 0;
}

/** What hearing the node's name tells, in bits: log2(1000 / classes at or below it), 0-9.97. */
export function bitsOf(node: number): number {
  return Math.log2(CLASS_COUNT / classCountOf(node));
}

/**
 * Probability mass of every node: the sum over the classes at or below it.
 * @param probabilities 1,000 values in class order.
 * @returns NODE_COUNT values.
 */
export function nodeMasses(probabilities: ArrayLike<number>): Float64Array {
  const masses = new Float64Array(NODE_COUNT);
  lines().forEach((line, classIndex) => {
    const probability = probabilities[classIndex] ?? 0;
    for (const node of line) masses[node] = (masses[node] ?? 0) + probability;
  });
  return masses;
}
