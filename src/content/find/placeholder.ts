import type { Size } from '../../core/look/painted-area';
import { clientHeightOf, clientWidthOf } from '../dom';
import { isUnseen, noteBlank } from './held-picture';

/** Images of more pixels are not looked at beforehand: decoding one would hold up the page. */
const MAX_LOOKED_AT_PX = 160_000;
/** A file of so few pixels a side is layout, where it cannot be looked at. */
const MAX_LAYOUT_SIDE_PX = 3;
/** Longest side of the copy that is looked at. */
const COPY_PX = 64;
/** A watermark over a photo leaves the photo to be seen. */
const MIN_OPACITY = 0.05;

const MAY_BE_TRANSPARENT = /\.(png|gif|svg|webp|avif)\b/i;
/** Of less, something is seen through a picture. */
const MIN_OPAQUE = 0.95;
/** Of an overlay with marks, a frame, handles: more is a picture of its own. */
const MOSTLY_CLEAR = 0.5;

const seen = new WeakMap<HTMLImageElement, string>();
const opaque = new WeakMap<HTMLImageElement, { address: string; isOpaque: boolean }>();

/**
 * Does an image let through what its styles draw below it? A transparent picture that holds the place
 * of one that a background shows, or one that failed to load.
 */
export function isPlaceholder(image: HTMLImageElement): boolean {
  const { complete, naturalWidth, naturalHeight, currentSrc } = image;
  if (isUnseen(currentSrc)) return true;
  if (!complete || naturalWidth === 0) return complete;
  if (seen.get(image) === currentSrc || naturalWidth * naturalHeight > MAX_LOOKED_AT_PX) {
    return false;
  }
  const opacity = opacityOf(image, { width: naturalWidth, height: image.naturalHeight });
  if (opacity === null) return Math.min(naturalWidth, naturalHeight) <= MAX_LAYOUT_SIDE_PX;
  if (opacity < MIN_OPACITY) noteBlank(currentSrc);
  else seen.set(image, currentSrc);
  return opacity < MIN_OPACITY;
}

/** Filters that leave nothing of a picture, or a silhouette. */
const LEAVES_NOTHING = /(opacity|brightness)\(0\)/;
const NO_SIZE = /^0(px|%)?( |,|$)/;
/** A longer mask is a picture. */
const MAX_MASK_LENGTH = 1000;

/** The mask of one that is uncovered later: of no size, or of transparent colours alone. */
function isMaskedAway({ maskImage, maskSize }: CSSStyleDeclaration): boolean {
  if (maskImage === 'none' || maskImage.length > MAX_MASK_LENGTH) return false;
  if (NO_SIZE.test(maskSize)) return true;
  const [, ...colours] = maskImage.split('rgba(');
  // What has no transparency is written in another way.
  if (colours.length === 0 || /url\(|rgb\(|color\(/.test(maskImage)) return false;
  return colours.every((colour) => colour.slice(0, colour.indexOf(')')).endsWith(', 0'));
}

/** Nobody moves a picture so far in its box, but out of it. */
const OUT_OF_ANY_BOX = /\d{4}(\.\d+)?px/;

/**
 * Does the style of an element leave nothing of a picture to be seen, though the element is drawn?
 * @param isOwn of the element's own picture; else of one that a style shows in it
 */
export function isStyledAway(element: Element, isOwn: boolean): boolean {
  const style = getComputedStyle(element);
  if (LEAVES_NOTHING.test(style.filter) || isMaskedAway(style)) return true;
  if (!isOwn || !(element instanceof HTMLImageElement)) return false;
  // The ways to show a background in the place of the image.
  if (OUT_OF_ANY_BOX.test(style.objectPosition)) return true;
  const across = parseFloat(style.paddingLeft) + parseFloat(style.paddingRight);
  const down = parseFloat(style.paddingTop) + parseFloat(style.paddingBottom);
  return (
    (across > 0 && across >= clientWidthOf(element)) ||
    (down > 0 && down >= clientHeightOf(element))
  );
}

/** Is nothing seen through a picture? Of what the page may not read, files that may be transparent may be. */
export function isOpaque(image: HTMLImageElement | HTMLCanvasElement): boolean {
  // Drawn anew at any time: looked at each time.
  if (image instanceof HTMLCanvasElement) {
    return (opacityOf(image, image) ?? 0) >= MIN_OPAQUE;
  }
  const { complete, naturalWidth, currentSrc: address } = image;
  if (!complete || naturalWidth === 0) return false;
  const known = opaque.get(image);
  if (known?.address === address) return known.isOpaque;
  const opacity = opacityOf(image, { width: naturalWidth, height: image.naturalHeight });
  const isOpaqueNow = opacity === null ? !MAY_BE_TRANSPARENT.test(address) : opacity >= MIN_OPAQUE;
  opaque.set(image, { address, isOpaque: isOpaqueNow });
  return isOpaqueNow;
}

/** From 0 to 1; null where the page may not read the picture. */
function opacityOf(image: CanvasImageSource, size: Size): number | null {
  const copy = smallCopy(image, size);
  return copy === null ? null : meanOpacity(copy);
}

function meanOpacity({ data }: ImageData): number {
  let sum = 0;
  for (let alpha = 3; alpha < data.length; alpha += 4) sum += data[alpha] ?? 0;
  return sum / (255 * (data.length / 4));
}

/**
 * Is a picture mostly transparent, and so at this place?
 * @param x from 0 to 1 of its width
 * @param y from 0 to 1 of its height
 */
export function isClearAt(
  image: HTMLImageElement | HTMLCanvasElement,
  x: number,
  y: number,
): boolean {
  const isFile = image instanceof HTMLImageElement;
  const size = isFile ? { width: image.naturalWidth, height: image.naturalHeight } : image;
  if (size.width === 0 || size.height === 0) return false;
  const copy = smallCopy(image, size);
  if (copy === null) return false;
  const column = Math.min(copy.width - 1, Math.floor(x * copy.width));
  const row = Math.min(copy.height - 1, Math.floor(y * copy.height));
  const here = (copy.data[(row * copy.width + column) * 4 + 3] ?? 0) / 255;
  return here < MIN_OPACITY && meanOpacity(copy) < MOSTLY_CLEAR;
}

/** Null where the page may not read the picture. */
function smallCopy(image: CanvasImageSource, size: Size): ImageData | null {
  const scale = Math.min(1, COPY_PX / Math.max(size.width, size.height));
  const width = Math.max(1, Math.round(size.width * scale));
  const height = Math.max(1, Math.round(size.height * scale));
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  if (context === null) return null;
  context.imageSmoothingQuality = 'high';
  try {
    context.drawImage(image, 0, 0, width, height);
    return context.getImageData(0, 0, width, height);
  } catch {
    return null;
  }
}
