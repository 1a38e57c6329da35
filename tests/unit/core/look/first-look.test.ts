import { expect, test } from 'vitest';

import { calibrationOf } from '../../../../src/core/saying/calibration';
import { logOdds, photoScore, type PixelEvidence } from '../../../../src/core/look/evidence';
import { isLookEnough } from '../../../../src/core/look/first-look';
import { makeLook, type ModelViews } from '../../../../src/core/look/look';
import { CLASS_COUNT } from '../../../../src/core/saying/prediction';

const [TABBY, PERSIAN] = [281, 283];

interface PictureFacts {
  width: number;
  height: number;
  pixels: PixelEvidence;
}

/** Shading and grain, as photos have them. */
const photo: PictureFacts = {
  ...{ width: 341, height: 256 },
  pixels: { texture: 0.7, softness: 0.9, palette: 0.2 },
};
const drawing: PictureFacts = {
  ...photo,
  pixels: { texture: 0.01, softness: 0.1, palette: 0.99 },
};

/** A first view whose top class is ahead of the next by so many logits; two features in nine are asleep, as of a photo. */
function look(lead: number): Omit<ModelViews, 'pixels'> {
  const logits = new Float32Array(CLASS_COUNT + 1);
  logits[TABBY + 1] = 12 + lead;
  logits[PERSIAN + 1] = 12;
  return {
    logits: [logits],
    embeddings: [Float32Array.from({ length: 1024 }, (_, index) => (index % 9 < 2 ? 0 : 0.8))],
    variant: 'accurate',
  };
}

function isFirstLookEnough(
  seen: Omit<ModelViews, 'pixels'>,
  { width, height, pixels }: PictureFacts,
  minimumConfidence: number,
): boolean {
  return isLookEnough(
    makeLook({ ...seen, pixels }),
    { width, height },
    { views: 3, minimumConfidence },
  );
}

test('a sure class on a photo is enough, an unsure one is not', () => {
  expect(isFirstLookEnough(look(8), photo, 0)).toBe(true);
  expect(isFirstLookEnough(look(1), photo, 0)).toBe(false);
});

test('it must be surer than what is named after all looks', () => {
  const { temperature } = calibrationOf('accurate', 1);
  const surest = 0.99;
  const lead = temperature * Math.log(surest / (1 - surest));
  expect(isFirstLookEnough(look(lead + 0.1), photo, 0)).toBe(true);
  expect(isFirstLookEnough(look(lead - 0.1), photo, 0)).toBe(false);
});

test('a person who wants more certainty has it looked at again', () => {
  expect(isFirstLookEnough(look(4), photo, 0)).toBe(true);
  expect(isFirstLookEnough(look(4), photo, 0.999)).toBe(false);
});

test('what is no photo is settled, for nothing is said of it', () => {
  expect(isFirstLookEnough(look(1), drawing, 0)).toBe(true);
});

test('what may be a photo is looked at again, however sure the class', () => {
  const { photoModel } = calibrationOf('accurate', 1);
  const sure = look(12);
  const score = photoScore(makeLook({ ...sure, pixels: photo.pixels }).evidence, photoModel);
  /** The photo with so little texture that the evidence is this far for a photo. */
  const withScore = (wanted: number): PictureFacts => {
    const odds = logOdds(photo.pixels.texture) - (score - wanted) / photoModel.texture;
    return { ...photo, pixels: { ...photo.pixels, texture: 1 / (1 + Math.exp(-odds)) } };
  };
  expect(isFirstLookEnough(sure, withScore(1.1), 0)).toBe(true);
  expect(isFirstLookEnough(sure, withScore(0.9), 0)).toBe(false);
  expect(isFirstLookEnough(sure, withScore(0.1), 0)).toBe(false);
  expect(isFirstLookEnough(sure, withScore(-0.1), 0)).toBe(true);
});

test('a picture too small to go by is not looked at again', () => {
  expect(isFirstLookEnough(look(1), { ...photo, height: 95 }, 0)).toBe(true);
});

test('what has been looked at as often as is wanted is enough', () => {
  const unsure = makeLook({ ...look(1), pixels: photo.pixels });
  expect(isLookEnough(unsure, photo, { views: 1, minimumConfidence: 0.99 })).toBe(true);
  const twice = { ...unsure, views: 2 } as const;
  expect(isLookEnough(twice, photo, { views: 2, minimumConfidence: 0.99 })).toBe(true);
  expect(isLookEnough(twice, photo, { views: 3, minimumConfidence: 0 })).toBe(false);
});
