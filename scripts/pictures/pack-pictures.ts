/** The photos of the welcome page: pinned assets, packed as small files of the extension. */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';

import sharp from 'sharp';

import { EXAMPLES } from '../../src/welcome/examples';
import { resolveAsset, type ResolveOptions } from '../assets/resolve';

/** Photos as they are, 299 px on a side; of all JPEG settings none whose encoder reckons in floats. */
const QUALITY = 70;

/** The assets that the pictures are made of. */
export const PICTURE_ASSETS: readonly string[] = EXAMPLES.map(({ photo }) => `photos/${photo}`);

/**
 * Writes the pictures into a folder that holds nothing else, the same bytes on every machine.
 * @returns their bytes together
 * @throws AssetError where a photo is not at hand and cannot be had
 */
export async function packPictures(folder: string, options: ResolveOptions = {}): Promise<number> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  let bytes = 0;
  for (const { file, photo } of EXAMPLES) {
    const photoFile = await resolveAsset(`photos/${photo}`, options);
    const picture = await sharp(photoFile)
      .removeAlpha()
      .jpeg({ quality: QUALITY, optimiseCoding: true })
      .toBuffer();
    await writeFile(join(folder, basename(file)), picture);
    bytes += picture.byteLength;
  }
  return bytes;
}
