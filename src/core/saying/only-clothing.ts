/**
 * Would the words only name what somebody wears? The model has no class for a person, nor anything that
 * tells one: all that a portrait wakes is clothing. Several pieces of it at once are the one sign of a
 * wearer; a shoe alone on a white ground is rightly named.
 */
import type { ClassProbability } from '../look/look';
import { lazy } from '../lazy';
import { classesOf, nodeOf } from './taxonomy';

/** What is worn on a body, with all below. */
const WORN: readonly string[] = [
  'n03051540', // clothing: garments, headgear, ties, masks, wigs, seat belts
  'n03380867', // footwear
  'n04272054', // sunglasses
];

/** Another piece of clothing counts from this probability on. */
const SEEN_AS_WELL = 0.01;

const wornClasses = lazy((): ReadonlySet<number> => {
  const nodes = WORN.flatMap((synset) => nodeOf(synset) ?? []);
  return new Set(nodes.flatMap((node) => classesOf(node)));
});

/**
 * @param node that would be said
 * @param likeliest the likeliest classes of the picture
 */
export function isOnlyClothing(node: number, likeliest: readonly ClassProbability[]): boolean {
  const worn = wornClasses();
  const seen = likeliest.filter(
    ({ classIndex, probability }) => worn.has(classIndex) && probability >= SEEN_AS_WELL,
  );
  return seen.length > 1 && classesOf(node).every((classIndex) => worn.has(classIndex));
}
