import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';

import sharp from 'sharp';

import { travelSize, type Raster } from '../../src/core/look/raster';
import { resolveAssets } from '../assets/resolve';
import { type PhotoSet, pinnedPhotos } from '../photos/pinned-photos';

/** A picture to learn from or to be judged on. */
export interface Picture {
  path: string;
  /** The true class, or null for what is not a photo. */
  classIndex: number | null;
  /** Photos: `photo`. Others: what they are, like `chart`; one kind is held out at a time. */
  kind: string;
}

/**
 * A picture as it travels from a page to the worker.
 * @param shortSide at most, px
 */
export async function toRaster(picture: Buffer, shortSide?: number): Promise<Raster> {
  const { autoOrient } = await sharp(picture).metadata();
  const { data, info } = await sharp(picture)
    .autoOrient()
    .toColourspace('srgb')
    .ensureAlpha()
    .resize({
      ...travelSize(autoOrient.width, autoOrient.height, shortSide),
      fit: 'fill',
      kernel: 'mitchell',
    })
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data: new Uint8ClampedArray(data) };
}

/** The photos of a set with their classes. */
export async function listPhotos(set: PhotoSet): Promise<Picture[]> {
  return (await pinnedPhotos(set)).map(({ path, classIndex }) => ({
    ...{ path, classIndex },
    kind: 'photo',
  }));
}

/** The pinned pictures that are no photos. Kind: the letters at the start of the name. */
export async function listNotPhotos(): Promise<Picture[]> {
  const assets = await resolveAssets('not-photos/');
  return assets.map(({ asset, file }) => ({
    path: file,
    classIndex: null,
    kind: /^[a-z]+/i.exec(basename(asset.path))?.[0] ?? 'other',
  }));
}

/** The drawn pictures, in `folder/<kind>/`. */
export async function listDrawings(folder: string): Promise<Picture[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.png'))
    .map(({ parentPath, name }) => ({
      path: join(parentPath, name),
      classIndex: null,
      kind: basename(parentPath),
    }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}
