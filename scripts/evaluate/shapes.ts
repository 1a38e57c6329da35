/** What is said of the same photos in the shapes of natural ones: with room added, and with parts cut away. */
import { readFile } from 'node:fs/promises';

import type { Saying, ViewCount, ModelVariant } from '../../src/core/saying/prediction';
import { say } from '../../src/core/saying/say';
import { PLAIN_VOICE } from '../../src/core/saying/voice';
import { seededRandom } from '../calibration/drawings/random';
import { shaped, SHAPES } from '../calibration/distort';
import { toRaster } from '../calibration/pictures';
import { loadLookingModel } from '../model/model-in-node';
import type { PinnedPhoto } from '../photos/pinned-photos';
import { framed, type Frame, FRAMES } from './framed';
import { isHintTrue } from './measure';
import { lookAtSubject } from './unknown-subjects';

export interface ShapeMeasures {
  photos: number;
  /** Share whose likeliest class is the right one. */
  top1: number;
  /** Share of which a hint is said. */
  hintCoverage: number;
  /** Of these, the share that is true; null where none is said. */
  hintPrecision: number | null;
  /** False hints of 100 photos whose class was taken from the model. */
  falseHints: number;
}

/** As they are, in a larger frame (nothing is lost), and cut (a third to two thirds is lost). */
export const SHAPINGS = ['squares', 'framed', 'cut'] as const;
export type Shaping = (typeof SHAPINGS)[number];

/** The photo lies within this of the middle of the room that its frame gives it, as a share of the room. */
const OFF_CENTRE = 0.25;

const frames = Object.keys(FRAMES) as Frame[];
const cuts = Object.values(SHAPES);

/** Each photo in one of the shapes, in turn. */
async function copyOf(photo: Buffer, shaping: Shaping, place: number): Promise<Buffer> {
  if (shaping === 'squares') return photo;
  if (shaping === 'cut') return shaped(photo, cuts[place % cuts.length] ?? [1, 1]);
  const at = seededRandom(place).between(0.5 - OFF_CENTRE, 0.5 + OFF_CENTRE);
  return framed(photo, frames[place % frames.length] ?? '4:3', at);
}

interface Judged {
  classIndex: number;
  known: Saying;
  /** As if the model had never learned the class. */
  unknown: Saying;
}

function measureOf(judged: readonly Judged[]): ShapeMeasures {
  const hints = judged.flatMap(({ known: { hint }, classIndex }) =>
    hint === null ? [] : [isHintTrue(hint.synset, classIndex)],
  );
  const all = Math.max(1, judged.length);
  const right = judged.filter(
    ({ known, classIndex }) => known.predictions[0]?.classIndex === classIndex,
  );
  const falsely = judged.filter(
    ({ unknown: { hint }, classIndex }) => hint !== null && !isHintTrue(hint.synset, classIndex),
  );
  return {
    photos: judged.length,
    top1: right.length / all,
    hintCoverage: hints.length / all,
    hintPrecision: hints.length === 0 ? null : hints.filter(Boolean).length / hints.length,
    falseHints: (100 * falsely.length) / all,
  };
}

/** Computed in Node, by the kernels, constants and words of the extension. */
export async function evaluateShapes(
  photos: readonly PinnedPhoto[],
  looked: { variant: ModelVariant; views: ViewCount },
  onDone: (done: number) => void = () => undefined,
): Promise<Record<Shaping, ShapeMeasures>> {
  const model = await loadLookingModel(looked.variant);
  const judged: Record<Shaping, Judged[]> = { squares: [], framed: [], cut: [] };
  for (const [place, { path, classIndex }] of photos.entries()) {
    const photo = await readFile(path);
    for (const shaping of SHAPINGS) {
      const raster = await toRaster(await copyOf(photo, shaping, place));
      const [known, unknown] = [null, classIndex].map((removed) =>
        say(lookAtSubject(removed, raster, model, looked), raster, PLAIN_VOICE),
      );
      if (known !== undefined && unknown !== undefined) {
        judged[shaping].push({ classIndex, known, unknown });
      }
    }
    onDone(place + 1);
  }
  return {
    squares: measureOf(judged.squares),
    framed: measureOf(judged.framed),
    cut: measureOf(judged.cut),
  };
}
