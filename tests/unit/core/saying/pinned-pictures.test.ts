/**
 * A look leaves out what is next to impossible and rounds the rest. On the pinned pictures that changes
 * nothing of what is said, in any voice. Every eighth of the 160 here; all of them with
 * `PINNED_PICTURES=all`.
 */
import { readFile } from 'node:fs/promises';

import { afterAll, beforeAll, expect, test } from 'vitest';

import { listNotPhotos, listPhotos, toRaster } from '../../../../scripts/calibration/pictures';
import { loadModelInNode, type NodeModel } from '../../../../scripts/model/model-in-node';
import { photoScore, pixelEvidence } from '../../../../src/core/look/evidence';
import { isLookEnough, isTooSmall } from '../../../../src/core/look/first-look';
import { makeLook, type ModelViews, packLook, unpackLook } from '../../../../src/core/look/look';
import { countPixels } from '../../../../src/core/look/pixel-counts';
import type { Raster } from '../../../../src/core/look/raster';
import { cutViews } from '../../../../src/core/look/views';
import { calibrationOf, classProbabilities } from '../../../../src/core/saying/calibration';
import { verdicts } from '../../../../src/core/saying/denied';
import { chooseHint, sayableNodes } from '../../../../src/core/saying/hint';
import { say } from '../../../../src/core/saying/say';
import { synsetOf } from '../../../../src/core/saying/taxonomy';
import { chanceOfTruth, truthEvidenceOf } from '../../../../src/core/saying/truth';
import { PLAIN_VOICE, type Voice } from '../../../../src/core/saying/voice';

const EVERY = process.env.PINNED_PICTURES === 'all' ? 1 : 8;

const VOICES: readonly Voice[] = [
  PLAIN_VOICE,
  // Carnivores, instruments and vehicles; and all that is as built kept back as weapons.
  { ...PLAIN_VOICE, deny: ['n02075296', 'n03183080', 'n04524313'], allow: ['n03467984'] },
  { ...PLAIN_VOICE, minimumConfidence: 0.99 },
];

function lengthOfMean(embeddings: readonly Float32Array[]): number {
  const sum = new Float64Array(embeddings[0]?.length ?? 0);
  for (const embedding of embeddings) {
    embedding.forEach((value, place) => {
      sum[place] = (sum[place] ?? 0) + value;
    });
  }
  return Math.hypot(...sum) / embeddings.length;
}

/** What is said by all of the model's numbers, as none is kept. */
function saidOfAll(views: ModelViews, { width, height }: Raster, voice: Voice) {
  const { temperature, truthModel, leastTruth, photoModel } = calibrationOf(
    views.variant,
    views.logits.length,
  );
  const nothing = { hint: null, guess: null };
  const { evidence } = makeLook(views);
  if (isTooSmall(width, height)) return { ...nothing, silence: 'too-small' };
  if (photoScore(evidence, photoModel) <= 0) return { ...nothing, silence: 'not-a-photo' };
  const probabilities = classProbabilities(views.logits, temperature);
  const { candidates, guess, isDenied } = sayableNodes(probabilities, verdicts(voice));
  const evidenceOf = truthEvidenceOf(probabilities, lengthOfMean(views.embeddings));
  const hint = chooseHint(candidates, {
    truthOf: (choice) => chanceOfTruth(evidenceOf(choice), truthModel),
    ...{ leastTruth, leastMass: voice.minimumConfidence },
  });
  if (hint !== null) return { ...nothing, hint: synsetOf(hint.node), silence: null };
  if (isDenied) return { ...nothing, silence: 'denied' };
  return { hint: null, guess: guess && synsetOf(guess.node), silence: 'unsure' };
}

let model: NodeModel;

beforeAll(async () => {
  model = await loadModelInNode('accurate', 'wasm');
});
afterAll(() => {
  model.dispose();
});

test('what is said of the pinned pictures is what all numbers of the model say', async () => {
  const pictures = [...(await listPhotos('pinned')), ...(await listNotPhotos())];
  const counts = { pictures: 0, hint: 0, guess: 0, denied: 0, bytes: 0 };
  for (const { path } of pictures.filter((_, place) => place % EVERY === 0)) {
    const raster = await toRaster(await readFile(path));
    const all = model.predict(cutViews(raster, model.inputSize, 3), 3);
    const pixels = pixelEvidence(countPixels(raster));
    counts.pictures += 1;
    for (const views of [1, 3]) {
      const seen: ModelViews = {
        ...{ variant: 'accurate', pixels },
        logits: all.logits.slice(0, views),
        embeddings: all.embeddings.slice(0, views),
      };
      const packed = packLook(makeLook(seen));
      counts.bytes = Math.max(counts.bytes, packed.length);
      const look = unpackLook(packed);
      if (look === null) throw new Error(`${path}: the look is none any more.`);
      for (const voice of VOICES) {
        const { minimumConfidence } = voice;
        // A careful voice wants more than one view of what one does not settle.
        const isAsked =
          minimumConfidence === 0 || isLookEnough(look, raster, { views: 3, minimumConfidence });
        if (!isAsked) continue;
        const { hint, guess, silence } = say(look, raster, voice);
        const kept = { hint: hint?.synset ?? null, guess: guess?.synset ?? null, silence };
        expect({ path, views, ...kept }).toEqual({
          ...{ path, views },
          ...saidOfAll(seen, raster, voice),
        });
        if (hint !== null) counts.hint += 1;
        if (guess !== null) counts.guess += 1;
        if (silence === 'denied') counts.denied += 1;
      }
    }
  }
  // The sample has all kinds of outcomes in it.
  expect(Math.min(...Object.values(counts))).toBeGreaterThan(0);
  console.log(JSON.stringify(counts));
}, 300_000);
