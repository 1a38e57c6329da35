import { isLookEnough, type LookOptions } from '../../core/look/first-look';
import { type Look, makeLook } from '../../core/look/look';
import type { Raster } from '../../core/look/raster';
import type { Backend } from '../../core/saying/prediction';
import type { Engine } from './engine-machine';

/** A look, and how it came about. */
export interface Looked {
  look: Look;
  backend: Backend;
  /** Counting pixels, cutting the views and running the model, milliseconds. */
  runMilliseconds: number;
}

/**
 * Looks at one picture.
 * @throws CodedError and RangeError as `Engine.classify`
 */
export async function lookAt(
  engine: Pick<Engine, 'classify'>,
  raster: Raster,
  wanted: LookOptions,
): Promise<Looked> {
  const { backend, runMilliseconds, ...seen } = await engine.classify(raster, {
    views: wanted.views,
    isEnough: ({ logits, embedding, variant, pixels }) =>
      isLookEnough(
        makeLook({ logits: [logits], embeddings: [embedding], variant, pixels }),
        raster,
        wanted,
      ),
  });
  return { look: makeLook(seen), backend, runMilliseconds };
}
