import { isLookEnough, type LookOptions } from '../../core/look/first-look';
import { type Look, makeLook } from '../../core/look/look';
import type { Raster } from '../../core/look/raster';
import type { Backend } from '../../core/saying/prediction';
import type { ClassifierOutput, Engine, FirstLook } from './api';

/** A look, and how it came about. */
export interface Looked {
  look: Look;
  backend: Backend;
  /** Counting pixels, cutting the views and running the model, milliseconds. */
  runMilliseconds: number;
}

/** A picture to look at, and how long. */
export interface Asked {
  raster: Raster;
  wanted: LookOptions;
}

async function lookOf(output: Promise<ClassifierOutput>): Promise<Looked> {
  const { backend, runMilliseconds, ...seen } = await output;
  return { look: makeLook(seen), backend, runMilliseconds };
}

/**
 * Looks at pictures together.
 * @returns a look of each, in their order
 * @throws nothing; each look rejects as `Engine.classifyTogether`
 */
export function lookAtAll(
  engine: Pick<Engine, 'classifyTogether'>,
  pictures: readonly Asked[],
): Promise<Looked>[] {
  const asked = pictures.map(({ raster, wanted }) => ({
    raster,
    views: wanted.views,
    isEnough: ({ logits, embedding, variant, pixels }: FirstLook) =>
      isLookEnough(
        makeLook({ logits: [logits], embeddings: [embedding], variant, pixels }),
        raster,
        wanted,
      ),
  }));
  return engine.classifyTogether(asked).map(lookOf);
}

/**
 * Looks at one picture.
 * @throws CodedError and RangeError as `Engine.classify`
 */
export async function lookAt(
  engine: Pick<Engine, 'classifyTogether'>,
  picture: Asked,
): Promise<Looked> {
  const [looked] = await Promise.all(lookAtAll(engine, [picture]));
  if (looked === undefined) throw new Error('A picture was handed over and not looked at.');
  return looked;
}
