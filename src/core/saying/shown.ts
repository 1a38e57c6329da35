/**
 * Which of a picture's likeliest classes a person sees: the one rule for card, labels, popup, report and
 * exports. Content scripts have it too, so that nothing of the taxonomy is needed here.
 */
import type { ClassPrediction, Saying } from './prediction';

type Said = Pick<Saying, 'predictions' | 'silence'>;

/** A smaller share says nothing to a person: rows of `<1%` are noise. */
const LEAST_SHOWN = 0.01;

/** All that have a share worth showing, those that are never said among them: for whom asks for them all the same. */
export function allPredictions({ predictions }: Said): ClassPrediction[] {
  return predictions.filter(({ probability }) => probability >= LEAST_SHOWN);
}

/**
 * The classes to show, likeliest first. What is never said is not among them; where that is the likeliest
 * class, none is: the others are no more than what it left over.
 */
export function shownPredictions(said: Said): ClassPrediction[] {
  if (said.silence === 'denied') return [];
  return allPredictions(said).filter(({ isDenied }) => isDenied !== true);
}

/** Is there something that a person sees only by asking for it? */
export function hasUnshown(said: Said): boolean {
  return shownPredictions(said).length < allPredictions(said).length;
}
