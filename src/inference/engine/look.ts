import { isFirstLookEnough } from '../../core/look/first-look';
import type { ViewCount } from '../../core/saying/prediction';
import type { Raster } from '../../core/look/raster';
import type { ClassifierOutput, Engine } from './engine-machine';

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
): Promise<ClassifierOutput> {
  const { width, height } = raster;
  return await engine.classify(raster, {
    views,
    isEnough: ({ logits, embedding, variant, pixels }) =>
      isFirstLookEnough(
        { logits: [logits], embeddings: [embedding], variant },
        { width, height, pixels },
        minimumConfidence,
      ),
  });
}
