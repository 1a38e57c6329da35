/** Does the backend change what is said? Our kernels in bytes beside the same model in floats, as on cpu. */
import { readFile } from 'node:fs/promises';

import { type PixelEvidence, pixelEvidence } from '../../src/core/look/evidence';
import { isLookEnough } from '../../src/core/look/first-look';
import { type Look, makeLook } from '../../src/core/look/look';
import type { Raster } from '../../src/core/look/raster';
import { cutViews } from '../../src/core/look/views';
import type { ModelVariant, Saying, ViewCount } from '../../src/core/saying/prediction';
import { say } from '../../src/core/saying/say';
import { PLAIN_VOICE } from '../../src/core/saying/voice';
import { toRaster } from '../calibration/pictures';
import { loadLookingModel, loadModelInNode } from '../model/model-in-node';

export interface AgainstFloats {
  /** Share of the photos of which another hint is said, or one where the other is silent. */
  hintsUnlikeFloats: number;
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
  let [hints, views] = [0, 0];
  for (const { path } of photos) {
    const raster = await toRaster(await readFile(path));
    const own = bytes.look(raster, looked.views);
    const other = floats.predict(cutViews(raster, floats.inputSize, looked.views), looked.views);
    const pixels = pixelEvidence(own.pixels);
    const said = [own, other].map((seen) => saying(seen, raster, pixels, looked).hint?.synset);
    if (said[0] !== said[1]) hints += 1;
    own.logits.forEach((logits, view) => {
      if (likeliest(logits) !== likeliest(other.logits[view])) views += 1;
    });
  }
  floats.dispose();
  const all = Math.max(1, photos.length);
  return { hintsUnlikeFloats: hints / all, viewsUnlikeFloats: views / (all * looked.views) };
}
