/** Which node is said, if any. */
import type { Verdicts } from './denied';
import { hasLabel, labelOf, type PlainLabel } from './labels';
import { lazy } from '../lazy';
import { bitsOf, classCountOf, NODE_COUNT, nodeMasses, nodeOf } from './taxonomy';

/** Under 3 bits a word leaves more than 125 of the 1,000 classes open. */
const MIN_BITS = 3;

/** Kinds that help a listener although they are wide. */
export const WIDE_KINDS: readonly string[] = [
  'n00015388', // animal, 1.3 bits: that a picture shows an animal sets its whole subject
  'n01861778', // mammal, 2.2 bits: leaves out birds, fish, reptiles and all that creeps
];

/** A leaf that is likelier than not. */
const GUESS_THRESHOLD = 0.5;

/**
 * No node with less calibrated mass is said: on pictures that are harder than those of the fit, like cut ones,
 * too much of what passes with less is wrong (`shaped` of `npm run calibrate`).
 */
const LEAST_MASS = 0.85;

/**
 * What a false hint costs, in bits of true ones. A kind is said instead of a class where that makes the hint
 * so much surer; with less, species are said of what the model never met.
 */
const COST_OF_FALSE_BITS = 60;

/** A node that might be said. */
export interface Choice {
  node: number;
  label: PlainLabel;
  /** Calibrated probability mass, 0-1. */
  probability: number;
  /** log2(1000 / classes at or below it). */
  bits: number;
}

export interface Choices {
  /** What may be said if it is sure enough: most information first; of equal ones the ancestor, which claims less. */
  candidates: Choice[];
  /** The likeliest class, where it is likelier than not and not denied. */
  guess: Choice | null;
  /** Is the likeliest class denied? */
  isDenied: boolean;
}

/** Nodes that have a name and say enough: most information first; of equal ones the ancestor. */
const sayable = lazy((): Uint16Array => {
  const wideNodes = new Set(WIDE_KINDS.map((synset) => nodeOf(synset)));
  /** Numbers that sort as the nodes are to: the fewer classes the more a node tells, and ancestors come last. */
  const keys: number[] = [];
  for (let node = 0; node < NODE_COUNT; node += 1) {
    if (hasLabel(node) && (bitsOf(node) >= MIN_BITS || wideNodes.has(node)))
      keys.push(classCountOf(node) * NODE_COUNT + (NODE_COUNT - 1 - node));
  }
  return Uint16Array.from(
    Uint32Array.from(keys).sort(),
    (key) => NODE_COUNT - 1 - (key % NODE_COUNT),
  );
});

/**
 * The nodes that may be said of a picture and are likelier than not.
 * @param probabilities 1,000 calibrated values in class order.
 * @param verdicts what may not be said.
 */
export function sayableNodes(probabilities: Float64Array, verdicts: Verdicts): Choices {
  const masses = nodeMasses(probabilities);
  const likely: Choice[] = [];
  for (const node of sayable()) {
    // Sums of a thousand parts may pass 1 by a rounding error.
    const probability = Math.min(1, masses[node] ?? 0);
    const label = probability > GUESS_THRESHOLD ? labelOf(node) : undefined;
    if (label !== undefined) likely.push({ node, label, probability, bits: bitsOf(node) });
  }
  const likeliest = probabilities.indexOf(Math.max(...probabilities));
  const isDenied = verdicts.isDenied(likeliest);
  return {
    candidates: verdicts.silencesAncestors(likeliest)
      ? []
      : likely.filter(({ node }) => !verdicts.isNeverSaid(node)),
    guess: isDenied ? null : (likely.find(({ node }) => node === likeliest) ?? null),
    isDenied,
  };
}

/** What a node must pass to be said. */
export interface Bar {
  /** How likely a node is true, 0-1, known subject or not. */
  truthOf: (choice: Choice) => number;
  /** From which likelihood of being true on it may be said. */
  leastTruth: number;
  /** Calibrated mass that it must have at least, 0-1; it only raises what is built in. */
  leastMass?: number;
}

/**
 * Of the candidates that are sure enough the one that is worth most: the information that it gives, less what
 * it costs if it is false. Null where none is sure enough.
 */
export function chooseHint(
  candidates: readonly Choice[],
  { truthOf, leastTruth, leastMass = 0 }: Bar,
): Choice | null {
  let best: Choice | null = null;
  let most = Number.NEGATIVE_INFINITY;
  for (const candidate of candidates) {
    if (candidate.probability < Math.max(LEAST_MASS, leastMass)) continue;
    const truth = truthOf(candidate);
    const worth = candidate.bits - COST_OF_FALSE_BITS * (1 - truth);
    if (truth < leastTruth || worth <= most) continue;
    [best, most] = [candidate, worth];
  }
  return best;
}
