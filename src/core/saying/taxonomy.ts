/**
 * The 1,000 classes and every WordNet 3.0 synset above them. A node is a place in one list: 0-999 are
 * the classes in class order, the rest their ancestors.
 */
import { lazy } from '../lazy';
import { CLASS_COUNT } from './prediction';
import { PACKED_OFFSETS, PACKED_PARENTS } from './taxonomy.generated';

const packedOffsets = PACKED_OFFSETS.split(',');

export const NODE_COUNT = packedOffsets.length;

/** The WordNet offset of each node: what its name is made of. */
const offsets = lazy(() => {
  let offset = 0;
  return Uint32Array.from(packedOffsets, (delta) => (offset += Number.parseInt(delta, 36)));
});

/**
 * Many lists in one: those of `index` are from `starts[index]` to before `starts[index + 1]`. What is made of it is
 * made at each start of a worker, in code that the browser has not compiled yet: a list of lists takes five times as long.
 */
interface Lists {
  starts: Uint16Array;
  entries: Uint16Array;
}

/** The direct hypernyms of each node. */
const parents = lazy((): Lists => {
  const starts = new Uint16Array(NODE_COUNT + 1);
  const entries: number[] = [];
  let node = 0;
  for (const packed of PACKED_PARENTS.split(',')) {
    for (const place of packed === '' ? [] : packed.split('+')) {
      entries.push(CLASS_COUNT + Number.parseInt(place, 36));
    }
    node += 1;
    starts[node] = entries.length;
  }
  return { starts, entries: Uint16Array.from(entries) };
});

/** Each class with all its ancestors. */
const lines = lazy((): Lists => {
  const above = parents();
  const starts = new Uint16Array(CLASS_COUNT + 1);
  const entries: number[] = [];
  /** The last class whose line has the node, counted from 1. */
  const reachedBy = new Uint16Array(NODE_COUNT);
  for (let classIndex = 0; classIndex < CLASS_COUNT; classIndex += 1) {
    entries.push(classIndex);
    for (let at = starts[classIndex] ?? 0; at < entries.length; at += 1) {
      const node = entries[at] ?? 0;
      const end = above.starts[node + 1] ?? 0;
      for (let parentAt = above.starts[node] ?? 0; parentAt < end; parentAt += 1) {
        const parent = above.entries[parentAt] ?? 0;
        if (reachedBy[parent] === classIndex + 1) continue;
        reachedBy[parent] = classIndex + 1;
        entries.push(parent);
      }
    }
    starts[classIndex + 1] = entries.length;
  }
  return { starts, entries: Uint16Array.from(entries) };
});

function listOf({ starts, entries }: Lists, index: number): Uint16Array {
  return entries.subarray(starts[index] ?? 0, starts[index + 1] ?? 0);
}

const classesBelow = lazy(() => {
  const counts = new Uint16Array(NODE_COUNT);
  const { entries } = lines();
  for (const node of entries) counts[node] = (counts[node] ?? 0) + 1;
  return counts;
});

/** The synset of a node, like `n02123045`. @throws RangeError for a node that does not exist. */
export function synsetOf(node: number): string {
  const offset = offsets()[node];
  if (offset === undefined) throw new RangeError(`No node ${node}.`);
  return `n${String(offset).padStart(8, '0')}`;
}

/** The node of a synset, or undefined where it is neither a class nor above one. */
export function nodeOf(synset: string): number | undefined {
  if (!/^n\d{8}$/.test(synset)) return undefined;
  const node = offsets().indexOf(Number(synset.slice(1)));
  return node === -1 ? undefined : node;
}

/** The direct hypernyms of a node. */
export function parentsOf(node: number): Uint16Array {
  return listOf(parents(), node);
}

/** A class and all its ancestors, the class first. */
export function lineOf(classIndex: number): Uint16Array {
  return listOf(lines(), classIndex);
}

/** Is `classIndex` the node itself or below it? */
export function isAtOrBelow(classIndex: number, node: number): boolean {
  return lineOf(classIndex).includes(node);
}

/** The classes at or below a node, in class order. */
export function classesOf(node: number): readonly number[] {
  // Most nodes that are asked for are classes, and no class is below another.
  if (node < CLASS_COUNT && classCountOf(node) === 1) return [node];
  const { starts, entries } = lines();
  const found: number[] = [];
  let classIndex = 0;
  for (let at = entries.indexOf(node); at !== -1; at = entries.indexOf(node, at + 1)) {
    while ((starts[classIndex + 1] ?? Infinity) <= at) classIndex += 1;
    found.push(classIndex);
  }
  return found;
}

/** Is every class of `node` one of `other`, too? Then what is not the one is not the other. */
export function isWithin(node: number, other: number): boolean {
  return classesOf(node).every((classIndex) => isAtOrBelow(classIndex, other));
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
  const { starts, entries } = lines();
  for (let classIndex = 0; classIndex < CLASS_COUNT; classIndex += 1) {
    const probability = probabilities[classIndex] ?? 0;
    const end = starts[classIndex + 1] ?? 0;
    for (let at = starts[classIndex] ?? 0; at < end; at += 1) {
      const node = entries[at] ?? 0;
      masses[node] = (masses[node] ?? 0) + probability;
    }
  }
  return masses;
}
