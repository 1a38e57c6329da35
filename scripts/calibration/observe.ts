import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { deserialize, serialize } from 'node:v8';

import { photoEvidence, type PhotoEvidence, pixelEvidence } from '../../src/core/look/evidence';
import { countPixels } from '../../src/core/look/pixel-counts';
import type { ModelVariant, ViewCount } from '../../src/core/saying/prediction';
import { cutViews } from '../../src/core/look/views';
import { loadModelInNode } from '../model/model-in-node';
import { asJpeg, DISTORTIONS, shrunk, SMALL_SIDES_PX } from './distort';
import { toRaster, type Picture } from './pictures';

export const VIEW_COUNTS: readonly ViewCount[] = [1, 2, 3];

/** What the model and the pixels say of one picture. */
export interface Observation {
  /** Of the picture or of the one it was made from; one photo and its copies are never torn apart. */
  source: string;
  classIndex: number | null;
  kind: string;
  /** How it was made from the source: a distortion, `small64`, `jpeg`; `as-is` for the source. */
  made: string;
  /** 1,001 values a view. */
  logits: Float32Array[];
  /** By number of views, 1 to 3. */
  evidence: PhotoEvidence[];
}

const ALL_VIEWS = 3;

async function copies({ classIndex, path }: Picture, place: number): Promise<[string, Buffer][]> {
  const picture = await readFile(path);
  if (classIndex === null) {
    return place % 2 === 0 ? [['as-is', picture]] : [['jpeg', await asJpeg(picture)]];
  }
  return [
    ['as-is', picture],
    ...(await Promise.all(
      Object.entries(DISTORTIONS).map(async ([name, distort]): Promise<[string, Buffer]> => [
        name,
        await distort(picture, place),
      ]),
    )),
    ...(await Promise.all(
      SMALL_SIDES_PX.map(async (side): Promise<[string, Buffer]> => [
        `small${side}`,
        await shrunk(picture, side),
      ]),
    )),
  ];
}

/**
 * Runs a model over pictures and, of photos, their distorted copies. Kept in `folder` under a name
 * that changes with the pictures; `isFresh` asks the model again.
 */
export async function observe(
  variant: ModelVariant,
  pictures: readonly Picture[],
  { folder, isFresh }: { folder: string; isFresh: boolean },
): Promise<Observation[]> {
  const key = createHash('sha256');
  for (const picture of pictures) key.update(await readFile(picture.path)).update(picture.kind);
  key.update(Object.keys(DISTORTIONS).join()).update(SMALL_SIDES_PX.join());
  const kept = join(folder, `${variant}-${key.digest('hex').slice(0, 16)}.v8`);
  if (existsSync(kept) && !isFresh) {
    return deserialize(await readFile(kept)) as Observation[];
  }
  const model = await loadModelInNode(variant, 'wasm');
  const observations: Observation[] = [];
  for (const [place, picture] of pictures.entries()) {
    for (const [made, bytes] of await copies(picture, place)) {
      const raster = await toRaster(bytes);
      const { logits, embeddings } = model.predict(
        cutViews(raster, model.inputSize, ALL_VIEWS),
        ALL_VIEWS,
      );
      const pixels = pixelEvidence(countPixels(raster));
      observations.push({
        source: picture.path,
        classIndex: picture.classIndex,
        kind: picture.kind,
        made,
        logits,
        evidence: VIEW_COUNTS.map((views) => photoEvidence(pixels, embeddings.slice(0, views))),
      });
    }
    if (place % 40 === 0) process.stderr.write(`${variant}: ${place} of ${pictures.length}\n`);
  }
  model.dispose();
  await mkdir(dirname(kept), { recursive: true });
  await writeFile(kept, serialize(observations));
  return observations;
}
