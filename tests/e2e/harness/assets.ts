import { resolveAsset } from '../../../scripts/assets/resolve';

/** The absolute path of a pinned asset, like `photos/000b7d55b6184b08.png`. */
export function asset(path: string): Promise<string> {
  return resolveAsset(path);
}

export { pinnedPhotoLabels as photoLabels } from '../../../scripts/photos/pinned-photos';
