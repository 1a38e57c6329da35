import type { Raster } from '../../core/look/raster';
import type { Crop } from '../../core/look/views';
import type { Cut } from '../engine/backend-driver';

/** The cuts of one picture. */
export interface PictureCuts {
  raster: Raster;
  crops: Crop[];
}

/** Neighbouring cuts of one picture together, so that it is read once for them. */
export function byPicture(cuts: readonly Cut[]): PictureCuts[] {
  const pictures: PictureCuts[] = [];
  for (const { raster, crop } of cuts) {
    const last = pictures.at(-1);
    if (last?.raster === raster) last.crops.push(crop);
    else pictures.push({ raster, crops: [crop] });
  }
  return pictures;
}
