import { expect, test } from 'vitest';

import { CLASS_COUNT } from '../../../../src/core/saying/prediction';
import {
  describe,
  type ModelOutput,
  type OwnChoices,
  preparations,
} from '../../../../src/core/saying/describe';
import { pixelEvidence } from '../../../../src/core/look/evidence';
import { countPixels } from '../../../../src/core/look/pixel-counts';
import type { Raster } from '../../../../src/core/look/raster';

const [TABBY, PERSIAN, DESK, GORILLA, BIKINI] = [281, 283, 526, 366, 445];

/** Shading with grain, as photos have it. */
function photo(width = 128, height = 96): Raster {
  const data = new Uint8ClampedArray(width * height * 4);
  for (let pixel = 0; pixel < width * height; pixel += 1) {
    const [x, y] = [pixel % width, Math.floor(pixel / width)];
    const grain = (pixel * 7919) % 13;
    data.set([x + grain, y + ((x * y) % 11), 60 + ((x + 2 * y) % 90), 255], pixel * 4);
  }
  return { width, height, data };
}

const drawing: Raster = {
  width: 128,
  height: 96,
  data: new Uint8ClampedArray(128 * 96 * 4).map((_, index) => (index % 512 < 64 ? 0 : 255)),
};

function output(logits: Record<number, number>, views = 3): ModelOutput {
  const view = new Float32Array(CLASS_COUNT + 1);
  for (const [classIndex, logit] of Object.entries(logits)) view[Number(classIndex) + 1] = logit;
  return {
    logits: Array.from({ length: views }, () => view),
    // Two features in nine asleep, as of a photo.
    embeddings: Array.from({ length: views }, () =>
      Float32Array.from({ length: 1024 }, (_, feature) => (feature % 9 < 2 ? 0 : 0.8)),
    ),
    variant: 'accurate',
  };
}

function describePicture(from: ModelOutput, raster: Raster, own?: OwnChoices) {
  const { width, height } = raster;
  return describe(from, { width, height, pixels: pixelEvidence(countPixels(raster)) }, own);
}

test('a sure class is hinted and drafted', () => {
  const { predictions, hint, guess, silence, draft } = describePicture(
    output({ [TABBY]: 20, [PERSIAN]: 9 }),
    photo(),
  );
  expect(predictions).toHaveLength(5);
  expect(predictions[0]).toMatchObject({
    classIndex: TABBY,
    synset: 'n02123045',
    label: 'tabby cat',
  });
  expect(predictions[1]?.classIndex).toBe(PERSIAN);
  expect(hint).toMatchObject({
    synset: 'n02123045',
    label: 'tabby cat',
    text: 'May be a tabby cat',
  });
  expect(hint?.probability).toBeGreaterThan(0.99);
  expect({ guess, silence, draft }).toEqual({ guess: null, silence: null, draft: 'Tabby cat' });
});

test('an unsure class gives its kind', () => {
  const { hint, draft } = describePicture(output({ [TABBY]: 20, [PERSIAN]: 20 }), photo());
  expect(hint).toMatchObject({ synset: 'n02121808', text: 'May be a kind of cat' });
  expect(draft).toBe('Cat');
});

test('a likely class without a sure kind is only guessed', () => {
  const description = describePicture(output({ [TABBY]: 20, [DESK]: 19.6 }), photo());
  expect(description).toMatchObject({ hint: null, draft: null, silence: 'unsure' });
  expect(description.guess).toMatchObject({ synset: 'n02123045', text: 'Possibly a tabby cat' });
});

test('spread mass is silence without a guess', () => {
  const description = describePicture(output({ [TABBY]: 1 }), photo());
  expect(description).toMatchObject({ hint: null, guess: null, silence: 'unsure' });
});

test('drawings are no photos, however sure the model is', () => {
  const description = describePicture(output({ [TABBY]: 20 }), drawing);
  expect(description).toMatchObject({ hint: null, guess: null, silence: 'not-a-photo' });
  expect(description.predictions).toHaveLength(5);
});

test('very small pictures are left alone', () => {
  const description = describePicture(output({ [TABBY]: 20 }), photo(128, 24));
  expect(description).toMatchObject({ hint: null, guess: null, silence: 'too-small' });
});

test('denied classes are silent, or give a harmless ancestor', () => {
  expect(describePicture(output({ [GORILLA]: 20 }), photo())).toMatchObject({
    hint: null,
    guess: null,
    silence: 'denied',
  });
  expect(describePicture(output({ [BIKINI]: 20 }), photo()).hint?.text).toBe(
    'May be a kind of garment',
  );
  const allowed = describePicture(output({ [GORILLA]: 20 }), photo(), { allow: ['n02480855'] });
  expect(allowed.hint?.text).toBe('May be a gorilla');
});

test.each([1, 2, 3])('works with %i views', (views) => {
  expect(describePicture(output({ [TABBY]: 20 }, views), photo()).hint?.label).toBe('tabby cat');
});

test('throws without a view', () => {
  expect(() => describePicture(output({}, 0), photo())).toThrow(RangeError);
});

test('what is built ahead changes nothing', () => {
  for (const prepare of preparations({ deny: ['n02084071'] })) prepare();
  expect(describePicture(output({ [TABBY]: 20 }), photo()).hint?.label).toBe('tabby cat');
});

test('a person may ask for more certainty: a wider kind is said, or nothing', () => {
  const sure = output({ [TABBY]: 20, [PERSIAN]: 17.8 });
  const asTuned = describePicture(sure, photo());
  expect(asTuned.hint?.synset).toBe('n02123045');
  expect(asTuned.hint?.probability).toBeLessThan(0.99);
  const careful = describePicture(sure, photo(), { minimumConfidence: 0.99 });
  expect(careful.hint).toMatchObject({ synset: 'n02121808', text: 'May be a kind of cat' });
  expect(careful.hint?.probability).toBeGreaterThan(0.99);
});
