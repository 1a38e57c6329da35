import { type PixelEvidence, pixelEvidence } from '../core/evidence';
import { isFirstLookEnough } from '../core/first-look';
import type { ViewCount } from '../core/prediction';
import type { Raster } from '../core/raster';
import type { ClassifierOutput, Engine } from './engine-machine';

/** What the model and the pixels say of a picture: all that a description is made from. */
export interface Look extends ClassifierOutput {
  pixels: PixelEvidence;
}

export interface LookOptions {
  /** How many views the model sees at most; where the first settles what is said, it sees no other. */
  views: ViewCount;
  /** How sure the person wants it to be, 0-1: the first view settles nothing with less. */
  minimumConfidence: number;
}

/**
 * Looks at one picture.
 * @throws CodedError and RangeError as `Engine.classify`
 */
export async function lookAt(
  engine: Pick<Engine, 'classify'>,
  raster: Raster,
  { views, minimumConfidence }: LookOptions,
): Promise<Look> {
  const { width, height } = raster;
  const pixels = pixelEvidence(raster);
  const output = await engine.classify(raster, {
    views,
    isEnough: ({ logits, embedding, variant }) =>
      isFirstLookEnough(
        { logits: [logits], embeddings: [embedding], variant },
        { width, height, pixels },
        minimumConfidence,
      ),
  });
  return { ...output, pixels };
}
