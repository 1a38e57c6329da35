/** Does the map of a label lie where its subject is? On pictures in which that is known. */
import { readFile } from 'node:fs/promises';

import sharp from 'sharp';

import { pixelEvidence } from '../../src/core/look/evidence';
import { makeLook } from '../../src/core/look/look';
import type { Raster } from '../../src/core/look/raster';
import { wholeCrop } from '../../src/core/look/views';
import type { ModelVariant } from '../../src/core/saying/prediction';
import { say } from '../../src/core/saying/say';
import { nodeOf } from '../../src/core/saying/taxonomy';
import { PLAIN_VOICE } from '../../src/core/saying/voice';
import { sightOf } from '../../src/core/teaching/likeness';
import { fitOwnHead } from '../../src/core/teaching/own-head';
import { meanOf } from '../../src/core/where/feature-map';
import { centreOf, type Heat, whereOf, whereOfOwn } from '../../src/core/where/where';
import { toRaster } from '../calibration/pictures';
import { loadLookingModel, type LookingModel } from '../model/model-in-node';
import type { PinnedPhoto } from '../photos/pinned-photos';
import { type CornerComposition, inCorner } from './compose';

/** Of the small copies that popup and report have, px. */
const SMALL_PX = 112;

export interface WhereMeasures {
  compositions: number;
  /** Shares whose map has its centre of mass in the subject's quarter: of the label that is shown first, */
  shownInQuarter: number;
  /** of the true class, */
  trueInQuarter: number;
  /** of the label that is shown first, on a small copy, */
  smallInQuarter: number;
  /** and of a label that was taught by the subject's photo alone. */
  taughtInQuarter: number;
}

/** The node whose map the extension shows: what is said, else the likeliest class. */
function shownNode(raster: Raster, model: LookingModel, variant: ModelVariant): number {
  const { logits, embeddings, pixels } = model.look(raster, 3);
  const look = makeLook({ variant, logits, embeddings, pixels: pixelEvidence(pixels) });
  const { hint, guess, predictions } = say(look, raster, PLAIN_VOICE);
  return nodeOf((hint ?? guess ?? predictions[0])?.synset ?? '') ?? -1;
}

/** Where the map of the composition has what one example alone shows. */
async function taughtHeat(
  photo: PinnedPhoto,
  composed: Raster,
  model: LookingModel,
  variant: ModelVariant,
): Promise<Heat> {
  const { logits, embeddings, pixels } = model.look(await toRaster(await readFile(photo.path)), 3);
  const look = makeLook({ variant, logits, embeddings, pixels: pixelEvidence(pixels) });
  const label = { id: 'u00000000', name: 'Mira', synset: null, isOn: true };
  const example = {
    ...{ id: '00000000', label: label.id, picture: '', addedAt: 0, page: '' },
    sight: sightOf(look),
  };
  const head = fitOwnHead({ labels: [label], examples: [example] }, variant, '');
  const map = model.see(composed, wholeCrop(composed));
  const direction = head?.directionOf(label.id, meanOf(map)) ?? null;
  if (direction === null) throw new Error('The label is not on.');
  return whereOfOwn(map, direction);
}

function isThere(heat: Heat, { isRight, isLower }: CornerComposition): boolean {
  const centre = centreOf(heat);
  return centre !== null && centre.x > 0.5 === isRight && centre.y > 0.5 === isLower;
}

async function smallCopy({ width, height, data }: Raster): Promise<Raster> {
  const small = await sharp(Buffer.from(data), { raw: { width, height, channels: 4 } })
    .resize(SMALL_PX, SMALL_PX, { fit: 'inside' })
    .webp({ quality: 75 })
    .toBuffer();
  return await toRaster(small);
}

/** One photo a composition, each in the next corner. */
export async function evaluateWhere(
  photos: readonly PinnedPhoto[],
  variant: ModelVariant,
  onDone: (done: number) => void = () => undefined,
): Promise<WhereMeasures> {
  const model = await loadLookingModel(variant);
  let [shown, true_, small, taught] = [0, 0, 0, 0];
  for (const [place, photo] of photos.entries()) {
    const composition = await inCorner(photo, place);
    const raster = await toRaster(composition.file);
    const heatIn = (picture: Raster, node: number): Heat =>
      whereOf(model.see(picture, wholeCrop(picture)), model.classifier, node);
    const node = shownNode(raster, model, variant);
    if (isThere(heatIn(raster, node), composition)) shown += 1;
    if (isThere(heatIn(raster, photo.classIndex), composition)) true_ += 1;
    if (isThere(heatIn(await smallCopy(raster), node), composition)) small += 1;
    if (isThere(await taughtHeat(photo, raster, model, variant), composition)) taught += 1;
    onDone(place + 1);
  }
  const share = (count: number): number => count / Math.max(1, photos.length);
  return {
    compositions: photos.length,
    shownInQuarter: share(shown),
    trueInQuarter: share(true_),
    smallInQuarter: share(small),
    taughtInQuarter: share(taught),
  };
}
