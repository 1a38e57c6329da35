/** What is said of a picture, as every surface shows it. Not in `say`: content scripts have no taxonomy. */
import { pictureSize } from '../look/cache-key';
import { isWideOrTall } from '../look/ends';
import { isTaught, type Hint, type Prediction, type Saying } from './prediction';

/** One label: of two things both synsets, joined by a plus sign. */
export type Said = Omit<Hint, 'bits'>;

/** Two things where they are sure, else the hint; null where nothing is said. */
export function saidOf({ hint, two = null }: Pick<Saying, 'hint' | 'two'>): Said | null {
  if (two === null) return hint;
  const { hints, label, english, text, probability } = two;
  return {
    ...{ label, english, text, probability },
    synset: hints.map(({ synset }) => synset).join('+'),
  };
}

/** May a person ask for two things in this picture? In wide and tall ones, once, and where no own name or model speaks. */
export function isTwoToSeek({
  picture,
  hint,
  kept,
  silence,
  two,
}: Pick<Prediction, 'picture' | 'hint' | 'kept' | 'silence' | 'two'>): boolean {
  if (silence === 'own-model') return false;
  if (two !== undefined || kept !== null || (hint !== null && isTaught(hint))) return false;
  return isWideOrTall(pictureSize(picture));
}

/** Does the picture's left end come first, or its upper one? */
export function areBeside({ picture }: Pick<Prediction, 'picture'>): boolean {
  const { width, height } = pictureSize(picture);
  return width > height;
}
