/**
 * Which pictures of a report have which texts. A picture is told by its pixels, wherever its file lies; what
 * was not looked at is in no list, for two addresses may be one picture.
 */
import { comparable } from '../alt-text/alt-words';
import type { Prediction } from '../saying/prediction';
import type { LabelledImage, ReportImage } from './page-report';

export interface PictureMap {
  /** Images of one picture whose texts differ. */
  otherTexts: LabelledImage[][];
  /** Images with one text whose pictures surely differ. */
  otherPictures: LabelledImage[][];
}

/** So sure the model must be of two pictures before they are called different: sizes and crops of one are not. */
const SURE = 0.8;

/** Images whose texts say what they show: others say where they lead, and may well differ. */
function isCompared(image: ReportImage): image is LabelledImage {
  return image.state === 'labelled' && image.purpose === null && image.name !== '';
}

/**
 * Surely two pictures, and not two sizes or crops of one? Their pixels differ, and the model is sure of
 * both and has none of the likeliest classes of one among those of the other.
 */
export function areSurelyDifferent(one: Prediction, other: Prediction): boolean {
  if (one.picture === other.picture) return false;
  const isSure = [one, other].every(({ hint }) => hint !== null && hint.probability >= SURE);
  if (!isSure) return false;
  const classes = new Set(other.predictions.map(({ classIndex }) => classIndex));
  return !one.predictions.some(({ classIndex }) => classes.has(classIndex));
}

function groupsBy(
  images: readonly LabelledImage[],
  keyOf: (image: LabelledImage) => string,
): LabelledImage[][] {
  const groups = new Map<string, LabelledImage[]>();
  for (const image of images) {
    const key = keyOf(image);
    const known = groups.get(key);
    if (known === undefined) groups.set(key, [image]);
    else known.push(image);
  }
  return [...groups.values()].filter(({ length }) => length > 1);
}

/** The first image of each picture. */
function picturesAmong(images: readonly LabelledImage[]): LabelledImage[] {
  const seen = new Set<string>();
  return images.filter(({ prediction: { picture } }) => {
    if (seen.has(picture)) return false;
    seen.add(picture);
    return true;
  });
}

/** With one text, more pictures than these are not compared with each other. */
const MAX_COMPARED = 12;

function haveDifferent(images: readonly LabelledImage[]): boolean {
  const pictures = picturesAmong(images).slice(0, MAX_COMPARED);
  return pictures.some((one, index) =>
    pictures.slice(index + 1).some((other) => areSurelyDifferent(one.prediction, other.prediction)),
  );
}

/** @param images in page order, which the groups keep */
export function mapPictures(images: readonly ReportImage[]): PictureMap {
  const compared = images.filter(isCompared);
  const textOf = ({ name }: ReportImage) => comparable(name) || name;
  return {
    otherTexts: groupsBy(compared, ({ prediction }) => prediction.picture).filter(
      (group) => new Set(group.map(textOf)).size > 1,
    ),
    otherPictures: groupsBy(compared, textOf).filter(haveDifferent),
  };
}
