/** Own labels as a model, opened by plain TensorFlow.js and compared with the head that they were made of. */
import * as tf from '@tensorflow/tfjs';
import sharp from 'sharp';
import { beforeAll, describe, expect, test } from 'vitest';

import {
  kernelFilesOf,
  loadLookingModel,
  readCompiledModel,
  useBackend,
} from '../../../../scripts/model/model-in-node';
import { pinnedPhotos } from '../../../../scripts/photos/pinned-photos';
import { type Look, makeLook } from '../../../../src/core/look/look';
import { checkModelFiles, inputFor } from '../../../../src/core/own-models/model-parts';
import { modelInputOf } from '../../../../src/core/own-models/model-input';
import { unpacked, zipEntries } from '../../../../src/core/own-models/zip';
import { zipOf } from '../../../../src/core/own-models/zip-writer';
import { fitLabels, fitOwnHead } from '../../../../src/core/teaching/own-head';
import type { Taught } from '../../../../src/core/teaching/own-label';
import { ownLabelModel } from '../../../../src/inference/own-models/own-label-model';
import { openModel } from '../../../../src/inference/own-models/open-model';
import { exampleOf, ownLabel, PHOTO } from '../../support/taught';

const SIDE = 256;
/** As many of each label's photos are its examples. */
const EXAMPLES = [4, 3, 2, 1];

interface Pictured {
  pixels: Uint8ClampedArray<ArrayBuffer>;
  look: Look;
}

const pictures: Pictured[] = [];
let taught: Taught;
let files: Map<string, Uint8Array<ArrayBuffer>>;

/** The centre square of a photo, and what the extension's own kernels see of it. */
async function pictured(path: string): Promise<Pictured> {
  const bytes = await sharp(path).resize(SIDE, SIDE).removeAlpha().ensureAlpha().raw().toBuffer();
  const pixels = new Uint8ClampedArray(bytes);
  const model = await looking;
  const { logits, embeddings } = model.look({ width: SIDE, height: SIDE, data: pixels }, 1);
  return { pixels, look: makeLook({ variant: 'accurate', logits, embeddings, pixels: PHOTO }) };
}

const looking = loadLookingModel('accurate');

beforeAll(async () => {
  await useBackend('wasm');
  const photos = await pinnedPhotos('pinned');
  // Dogs, cats, birds and the like stand in a row by their classes: neighbours are alike.
  const inOrder = photos.toSorted((one, other) => one.classIndex - other.classIndex).slice(0, 40);
  for (const { path } of inOrder) pictures.push(await pictured(path));
  const labels = EXAMPLES.map((_, place) => ownLabel(place + 1, `thing ${place + 1}`));
  taught = {
    labels,
    examples: labels.flatMap((label, place) =>
      pictures
        .slice(place * 10, place * 10 + (EXAMPLES[place] ?? 0))
        .map(({ look }) => exampleOf(label, look)),
    ),
  };
  const { files: compiled, inputSize } = await readCompiledModel('accurate');
  files = ownLabelModel({
    files: { variant: 'accurate', ...kernelFilesOf(compiled), entry: { inputSize } },
    labels: fitLabels(taught, 'accurate'),
    ...{ none: 'none of these', madeAt: 0 },
  });
}, 120_000);

const textOf = (name: string): string => new TextDecoder().decode(files.get(name));

describe('in plain TensorFlow.js', () => {
  let answers: number[][];

  beforeAll(async () => {
    const { modelTopology, weightsManifest } = JSON.parse(textOf('model.json')) as tf.io.ModelJSON;
    const model = await tf.loadLayersModel(
      tf.io.fromMemory({
        modelTopology,
        weightSpecs: weightsManifest.flatMap(({ weights }) => weights),
        weightData: files.get('weights.bin')?.buffer,
      }),
    );
    answers = pictures.map(({ pixels }) =>
      tf.tidy(() => {
        const rgb = tf.tensor4d(Uint8Array.from(pixels), [1, SIDE, SIDE, 4]);
        const input = rgb.slice([0, 0, 0, 0], [1, SIDE, SIDE, 3]).toFloat().div(127).sub(1);
        return Array.from((model.predict(input) as tf.Tensor).dataSync());
      }),
    );
    model.dispose();
  }, 120_000);

  test('each picture is called as by the head, or by none', () => {
    const head = fitOwnHead(taught, 'accurate', '');
    const labels = ['none of these', ...taught.labels.map(({ name }) => name)];
    const called = answers.map((shares) => labels[shares.indexOf(Math.max(...shares))]);
    const expected = pictures.map(({ look }) => head?.match(look)?.label.name ?? labels[0]);
    expect(new Set(expected).size).toBe(labels.length);
    expect(called).toEqual(expected);
  });

  test('the shares tell how like the pictures are, as the head has it', () => {
    const head = fitOwnHead(taught, 'accurate', '');
    const fitted = fitLabels(taught, 'accurate');
    let compared = 0;
    answers.forEach((shares, place) => {
      const look = pictures[place]?.look;
      if (look === undefined || head?.match(look)?.isCopy === true) return;
      fitted.forEach(({ label, threshold }, index) => {
        if (!Number.isFinite(threshold)) return;
        const likeness = Math.log((shares[index + 1] ?? 0) / (shares[0] ?? 0)) / 5 + threshold;
        expect(Math.abs(likeness - (head?.likenessTo(label.id, look) ?? NaN))).toBeLessThan(0.03);
        compared += 1;
      });
    });
    expect(compared).toBeGreaterThan(60);
  });
});

test('the zip file is one that is taken in as a model of a person’s own, and says the same', async () => {
  const zip = zipOf(files);
  const entries = zipEntries('labels.zip', zip, 64e6);
  const brought = await Promise.all(
    entries.map(async (entry) => ({
      ...{ path: entry.name },
      bytes: await unpacked('labels.zip', entry, () => Promise.reject(new Error('not packed'))),
    })),
  );
  const checked = checkModelFiles(brought);
  expect(checked).toMatchObject({ isTeachable: true, imageSize: SIDE, format: 'layers-model' });
  const model = await openModel(checked);
  const input = inputFor(checked, model.shapes, 'signed');
  const head = fitOwnHead(taught, 'accurate', '');
  for (const { pixels, look } of pictures.slice(0, 12)) {
    const values = modelInputOf({ width: SIDE, height: SIDE, data: pixels }, input);
    const shares = Array.from(await model.run(values, input));
    const label = checked.labels[shares.indexOf(Math.max(...shares))];
    expect(label).toBe(head?.match(look)?.label.name ?? 'none of these');
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 3);
  }
  model.close();
}, 120_000);
