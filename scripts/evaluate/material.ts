import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { resolveAssets } from '../assets/resolve';
import { listSources } from '../classify/sources';
import { type LabelledPhoto, parsePhotoLabels } from '../photos/photo-labels';
import { type PhotoSet, pinnedPhotos } from '../photos/pinned-photos';

export interface Material {
  photos: (LabelledPhoto & { path: string })[];
  /** Files of pictures that are no photos. */
  notPhotos: string[];
}

/** At most `limit` of the items, evenly spread over them. */
export function spread<T>(items: readonly T[], limit: number): T[] {
  if (items.length <= limit) return [...items];
  return items.filter(
    (_item, index) =>
      Math.floor((index * limit) / items.length) !==
      Math.floor(((index - 1) * limit) / items.length),
  );
}

/**
 * What to evaluate: a person's own folder and labels where they are given, else the pinned photos of
 * a set and the pinned non-photos.
 * @throws ScriptError `labels-invalid`
 */
export async function evaluationMaterial(given: {
  own: { folder: string; labels: string } | null;
  notPhotos: string | null;
  set: PhotoSet;
}): Promise<Material> {
  const { own, notPhotos, set } = given;
  const none = notPhotos === null ? [] : await listSources([notPhotos]);
  if (own !== null) {
    const labelled = parsePhotoLabels(await readFile(own.labels, 'utf8'));
    const photos = labelled.map((photo) => ({ ...photo, path: join(own.folder, photo.file) }));
    return { photos, notPhotos: none };
  }
  return {
    photos: await pinnedPhotos(set),
    notPhotos:
      notPhotos === null ? (await resolveAssets('not-photos/')).map(({ file }) => file) : none,
  };
}
