import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { deserialize, serialize } from 'node:v8';

import { photoEvidence, type PhotoEvidence, pixelEvidence } from '../../src/core/look/evidence';
import type { ModelVariant, ViewCount } from '../../src/core/saying/prediction';
import type { Raster } from '../../src/core/look/raster';
import { loadLookingModel, type LookingModel } from '../model/model-in-node';
import { asJpeg, DISTORTIONS, shaped, SHAPES, shrunk, SMALL_SIDES_PX } from './distort';
import { toRaster, type Picture } from './pictures';

export const VIEW_COUNTS: readonly ViewCount[] = [1, 2, 3];

/** How many looks are compared: those that the extension takes, and one more. */
export const LOOK_COUNTS = [1, 2, 3, 4] as const;
export type LookCount = (typeof LOOK_COUNTS)[number];

/** What the model and the pixels say of one picture. */
export interface Observation {
  /** Of the picture or of the one it was made from; one photo and its copies are never torn apart. */
  source: string;
  classIndex: number | null;
  kind: string;
  /** How it was made from the source: a distortion, a shape, `small64`, `jpeg`; `as-is` for the source. */
  made: string;
  /** 1,001 values a view; 4 views of photos as they are, 3 of all else. */
  logits: Float32Array[];
  /** By number of views. */
  evidence: PhotoEvidence[];
  /** Length of the mean features; by number of views. */
  loudness: number[];
}

const ALL_VIEWS = 3;

/** What is noted of a picture: with other notes, those that are kept are of no use. */
const NOTES = ['logits', 'evidence', 'loudness', 'a fourth look'];

/** The short side's share that the fourth look keeps: a smaller crop, as nothing else that was tried adds as much. */
const FOURTH_CROP = 0.7;

/** The views of the extension, of photos as they are one more: only the table of looks asks for that. */
function lookAt(model: LookingModel, raster: Raster, isFourth: boolean) {
  const { logits, embeddings, pixels } = model.look(raster, ALL_VIEWS);
  if (!isFourth) return { logits, embeddings, pixels };
  const side = Math.min(raster.width, raster.height) * FOURTH_CROP;
  const [left, top] = [(raster.width - side) / 2, (raster.height - side) / 2];
  const fourth = model.lookAt(raster, { left, top, width: side, height: side });
  return {
    ...{ logits: [...logits, ...fourth.logits], pixels },
    embeddings: [...embeddings, ...fourth.embeddings],
  };
}

/** The length of the mean over the views. */
function loudnessOf(embeddings: readonly Float32Array[]): number {
  const mean = (place: number): number =>
    embeddings.reduce((sum, embedding) => sum + (embedding[place] ?? 0), 0) / embeddings.length;
  return Math.hypot(
    ...Array.from({ length: embeddings[0]?.length ?? 0 }, (_, place) => mean(place)),
  );
}

/** Every so many photos are made small as well. */
const SMALL_EVERY = 4;

/** What the views are: other views are other observations. */
const VIEWS_SOURCE = join(import.meta.dirname, '../../src/core/look/views.ts');

/** One of the names, another one for the next picture. */
function inTurn(names: readonly string[], place: number): string {
  return names[place % names.length] ?? '';
}

/**
 * The picture and copies of it. A photo has a copy of each sort, not each copy: five hundred photos
 * tell more than all copies of a hundred, and the model has a few minutes for them.
 */
async function copies({ classIndex, path }: Picture, place: number): Promise<[string, Buffer][]> {
  const picture = await readFile(path);
  if (classIndex === null) {
    return place % 2 === 0 ? [['as-is', picture]] : [['jpeg', await asJpeg(picture)]];
  }
  const distortion = inTurn(Object.keys(DISTORTIONS), place);
  const shape = inTurn(Object.keys(SHAPES), place);
  const side = SMALL_SIDES_PX[Math.floor(place / SMALL_EVERY) % SMALL_SIDES_PX.length] ?? 96;
  return [
    ['as-is', picture],
    [shape, await shaped(picture, SHAPES[shape] ?? [1, 1])],
    [distortion, (await DISTORTIONS[distortion]?.(picture, place)) ?? picture],
    ...(place % SMALL_EVERY === 0
      ? [[`small${side}`, await shrunk(picture, side)] as [string, Buffer]]
      : []),
  ];
}

export interface ObserveOptions {
  folder: string;
  isFresh: boolean;
  /** At which the pictures travel, px. */
  shortSide: number;
  /** How they were made; undefined for the pictures and all their copies. */
  only?: string;
}

/**
 * Runs a model over pictures and, of photos, their distorted copies. Kept in `folder` under a name
 * that changes with the pictures; `isFresh` asks the model again.
 */
export async function observe(
  variant: ModelVariant,
  pictures: readonly Picture[],
  { folder, isFresh, shortSide, only }: ObserveOptions,
): Promise<Observation[]> {
  const key = createHash('sha256');
  for (const picture of pictures) key.update(await readFile(picture.path)).update(picture.kind);
  key.update(
    JSON.stringify([Object.keys(DISTORTIONS), SHAPES, SMALL_SIDES_PX, shortSide, only, NOTES]),
  );
  key.update(await readFile(VIEWS_SOURCE));
  const kept = join(folder, `${variant}-${key.digest('hex').slice(0, 16)}.v8`);
  if (existsSync(kept) && !isFresh) {
    return deserialize(await readFile(kept)) as Observation[];
  }
  const model = await loadLookingModel(variant);
  const observations: Observation[] = [];
  for (const [place, picture] of pictures.entries()) {
    for (const [made, bytes] of await copies(picture, place)) {
      if (only !== undefined && made !== only) continue;
      const raster = await toRaster(bytes, shortSide);
      const isFourth = picture.classIndex !== null && made === 'as-is';
      const { logits, embeddings, pixels: counts } = lookAt(model, raster, isFourth);
      const pixels = pixelEvidence(counts);
      const upTo = logits.map((_, view) => embeddings.slice(0, view + 1));
      observations.push({
        source: picture.path,
        classIndex: picture.classIndex,
        kind: picture.kind,
        made,
        logits,
        evidence: upTo.map((seen) => photoEvidence(pixels, seen)),
        loudness: upTo.map(loudnessOf),
      });
    }
    if (place % 40 === 0) process.stderr.write(`${variant}: ${place} of ${pictures.length}\n`);
  }
  await mkdir(dirname(kept), { recursive: true });
  await writeFile(kept, serialize(observations));
  return observations;
}
