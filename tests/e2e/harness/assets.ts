import { readFile } from 'node:fs/promises';

import { resolveAsset } from '../../../scripts/assets/resolve';
import { type LabelledPhoto, parsePhotoLabels } from '../../../scripts/evaluate/photo-labels';

/** The absolute path of a pinned asset, like `photos/000b7d55b6184b08.png`. */
export function asset(path: string): Promise<string> {
  return resolveAsset(path);
}

/** The pinned photos with what they show. */
export async function photoLabels(): Promise<LabelledPhoto[]> {
  return parsePhotoLabels(await readFile(await resolveAsset('photos/photos.csv'), 'utf8'));
}
