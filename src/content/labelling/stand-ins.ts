import { isWebAddress } from '../../core/address/picture-address';
import { isFirefox } from '../../platform/which-browser';
import { isHere, removeAttribute } from '../dom';
import { heldImage } from '../find/held-picture';
import type { Streams } from './streams';
import type { TrackedImage } from './tracked-image';

/**
 * Of cameras in styles, posters and the like Firefox tells nobody; but an image of ours with the address shares what the
 * page is sent: findings/firefox-camera-background.sh.
 * @returns has what the image shows without an image element followed, where the page holds it by now
 */
export function createStandIns(
  { has, note }: Streams,
  signal: AbortSignal,
): (image: TrackedImage) => void {
  const standIns = new WeakMap<TrackedImage, { standIn: HTMLImageElement; address: string }>();

  function letGo(image: TrackedImage): void {
    const known = standIns.get(image);
    if (known !== undefined) removeAttribute(known.standIn, 'src');
    standIns.delete(image);
  }

  return (image) => {
    const { picture, element } = image;
    if (!isFirefox() || (picture?.kind !== 'css' && picture?.kind !== 'linked')) return;
    const { address } = picture;
    if (!isWebAddress(address) || has(address) || standIns.get(image)?.address === address) return;
    letGo(image);
    const standIn = heldImage(address);
    if (standIn === null) return;
    standIns.set(image, { standIn, address });
    let isFirst = true;
    const onLoad = () => {
      const isShown = isHere(element) && image.picture?.address === address;
      if (!isShown || !isFirst) letGo(image);
      if (isShown && !isFirst) note(address);
      isFirst = false;
    };
    standIn.addEventListener('load', onLoad, { signal });
  };
}
