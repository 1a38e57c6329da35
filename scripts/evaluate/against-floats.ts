/** Does the backend change what is said? Our kernels in bytes beside the same model in floats, as on cpu. */
import { readFile } from 'node:fs/promises';

import { type PixelEvidence, pixelEvidence } from '../../src/core/look/evidence';
import { isLookEnough } from '../../src/core/look/first-look';
import { type Look, makeLook } from '../../src/core/look/look';
import type { Raster } from '../../src/core/look/raster';
import { cutViews } from '../../src/core/look/views';
import type { ModelVariant, Saying, ViewCount } from '../../src/core/saying/prediction';
import { say } from '../../src/core/saying/say';
import { isWithin, nodeOf } from '../../src/core/saying/taxonomy';
import { PLAIN_VOICE } from '../../src/core/saying/voice';
import { toRaster } from '../calibration/pictures';
import { loadLookingModel, loadModelInNode } from '../model/model-in-node';

export interface AgainstFloats {
  /** Share of the photos of which another hint is said, or one where the other is silent. */
  hintsUnlikeFloats: number;
  /** Of these, where one says a hint and the other none. */
  silencesUnlikeFloats: number;
  /** Of these, where two things are said of which neither is a kind of the other. */
  contradictionsOfFloats: number;
  /** Share of single views with another likeliest class. */
  viewsUnlikeFloats: number;
}

interface Seen {
  logits: readonly Float32Array[];
  embeddings: readonly Float32Array[];
}

/** What is said after the first look, or after all where that is not enough. */
function saying(
  seen: Seen,
  raster: Raster,
  pixels: PixelEvidence,
  { variant, views }: { variant: ModelVariant; views: ViewCount },
): Saying {
  const lookOf = (count: number): Look =>
    makeLook({
      ...{ variant, pixels },
      logits: seen.logits.slice(0, count),
      embeddings: seen.embeddings.slice(0, count),
    });
  const first = lookOf(1);
  const isEnough = isLookEnough(first, raster, { views, minimumConfidence: 0 });
  return say(isEnough ? first : lookOf(views), raster, PLAIN_VOICE);
}

/** Is one of them the other, or a kind of it? */
function isOneLine(one: string, other: string): boolean {
  const [first, second] = [nodeOf(one), nodeOf(other)];
  if (first === undefined || second === undefined) return false;
  return isWithin(first, second) || isWithin(second, first);
}

function likeliest(logits: Float32Array | undefined): number {
  return logits === undefined ? -1 : logits.indexOf(Math.max(...logits));
}

/** Computed in Node: our kernels against TensorFlow.js on wasm, which agrees with cpu to 1e-3 of a logit. */
export async function compareWithFloats(
  photos: readonly { path: string }[],
  looked: { variant: ModelVariant; views: ViewCount },
): Promise<AgainstFloats> {
  const bytes = await loadLookingModel(looked.variant);
  const floats = await loadModelInNode(looked.variant, 'wasm');
  let [hints, silences, contradictions, views] = [0, 0, 0, 0];
  for (const { path } of photos) {
    const raster = await toRaster(await readFile(path));
    const own = bytes.look(raster, looked.views);
    const other = floats.predict(cutViews(raster, floats.inputSize, looked.views), looked.views);
    const pixels = pixelEvidence(own.pixels);
    const [ours, theirs] = [own, other].map(
      (seen) => saying(seen, raster, pixels, looked).hint?.synset,
    );
    if (ours !== theirs) hints += 1;
    if ((ours === undefined) !== (theirs === undefined)) silences += 1;
    if (ours !== undefined && theirs !== undefined && !isOneLine(ours, theirs)) contradictions += 1;
    own.logits.forEach((logits, view) => {
      if (likeliest(logits) !== likeliest(other.logits[view])) views += 1;
    });
  }
  floats.dispose();
  const all = Math.max(1, photos.length);
  return {
    hintsUnlikeFloats: hints / all,
    silencesUnlikeFloats: silences / all,
    contradictionsOfFloats: contradictions / all,
    viewsUnlikeFloats: views / (all * looked.views),
  };
}
