/** Which node is said, if any. */
import type { Verdicts } from './denied';
import { labelOf, type PlainLabel } from './labels';
import { bitsOf, CLASS_COUNT, NODE_COUNT, nodeMasses, nodeOf } from './taxonomy';

/** Under 3 bits a word leaves more than 125 of the 1,000 classes open. */
export const MIN_BITS = 3;

/** Kinds that help a listener although they are wide. */
export const WIDE_KINDS: readonly string[] = [
  'n00015388', // animal, 1.3 bits: that there is an animal at all
  'n01861778', // mammal, 2.2 bits
];

export const HINT_THRESHOLD = 0.8;

/** A leaf that is likelier than not. */
export const GUESS_THRESHOLD = 0.5;

const wideNodes = new Set(WIDE_KINDS.map((synset) => nodeOf(synset)));

/** The nodes that can be said, most information first; of equal ones the ancestor, which claims less. */
const sayable: readonly { node: number; label: PlainLabel; bits: number }[] = Array.from(
  { length: NODE_COUNT },
  (_, node) => ({ node, label: labelOf(node), bits: bitsOf(node) }),
)
  .flatMap(({ node, label, bits }) => (label === undefined ? [] : [{ node, label, bits }]))
  .filter(({ node, bits }) => bits >= MIN_BITS || wideNodes.has(node))
  .sort((a, b) => b.bits - a.bits || b.node - a.node);

export interface Choice {
  node: number;
  label: PlainLabel;
  /** Calibrated probability mass, 0-1. */
  probability: number;
  bits: number;
}

export interface Choices {
  /** The node with the most information whose mass passes the threshold. */
  hint: Choice | null;
  /** The likeliest class, where it reaches GUESS_THRESHOLD. */
  guess: Choice | null;
  /** True where only the deny list kept the likeliest class from being said or guessed. */
  isDenied: boolean;
}

/**
 * Chooses what to say.
 * @param probabilities 1,000 calibrated values in class order.
 * @param verdicts which classes may not be said.
 */
export function chooseNodes(probabilities: Float64Array, verdicts: Verdicts): Choices {
  const masses = nodeMasses(probabilities);
  const likeliest = probabilities.indexOf(Math.max(...probabilities));
  const mass = (node: number): number => Math.min(1, masses[node] ?? 0);
  const leaf = sayable.find(({ node }) => node === likeliest);
  const guess: Choice | null =
    leaf !== undefined && mass(likeliest) >= GUESS_THRESHOLD
      ? { ...leaf, probability: mass(likeliest) }
      : null;

  if (verdicts.silencesAncestors(likeliest)) return { hint: null, guess: null, isDenied: true };

  let best: Choice | null = null;
  for (const candidate of sayable) {
    if (best !== null && candidate.bits < best.bits) break;
    const probability = mass(candidate.node);
    if (probability < HINT_THRESHOLD || isSilenced(candidate.node, verdicts)) continue;
    if (best === null || probability > best.probability) best = { ...candidate, probability };
  }
  const isDenied = verdicts.isDenied(likeliest);
  return { hint: best, guess: isDenied ? null : guess, isDenied: isDenied && best === null };
}

function isSilenced(node: number, verdicts: Verdicts): boolean {
  return verdicts.isOwnDenied(node) || (node < CLASS_COUNT && verdicts.isDenied(node));
}
