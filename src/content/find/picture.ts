import { getAttribute, query } from '../dom';
import { askedAddress } from './asked-address';
import { borrowedImage } from './borrowed-image';
import { cssPictures, type CssPicture } from './css-pictures';
import { isPlaceholder, isStyledAway } from './placeholder';

/** Something on the page that shows a picture. `address` is where its bytes are, null where it has none. */
export type Picture =
  | { kind: 'image'; element: HTMLImageElement; address: string | null }
  | { kind: 'svg'; element: SVGSVGElement; address: null }
  | { kind: 'canvas'; element: HTMLCanvasElement; address: null }
  | { kind: 'video'; element: HTMLVideoElement; address: null }
  /** Shown by its address, but not drawable itself: a poster, an image button, an SVG `<image>`, CSS. */
  | { kind: 'linked'; element: Element; address: string }
  | CssPicture
  /** No element can be reached: an image in a frame that may not be scripted, or one that is not found. */
  | { kind: 'address'; element: null; address: string };

export type PictureOnPage = Exclude<Picture, { kind: 'address' }>;

/** Elements that show a picture of their own. */
export const PICTURE_SELECTOR =
  'img, svg, image, canvas, video, input[type=image], object, embed, area';

const OBJECT_PICTURE = /^image\//i;

function linked(element: Element, address: string): PictureOnPage[] {
  return address === '' ? [] : [{ kind: 'linked', element, address }];
}

function outermostSvg(element: SVGElement): SVGSVGElement | null {
  let svg = element instanceof SVGSVGElement ? element : element.ownerSVGElement;
  while (svg?.ownerSVGElement) svg = svg.ownerSVGElement;
  return svg;
}

/** Before it is first played a video shows its poster, where it has one. */
function isPosterShown(video: HTMLVideoElement): boolean {
  if (video.poster === '') return false;
  return (
    video.readyState < 2 || (video.paused && video.played.length === 0 && video.currentTime === 0)
  );
}

/** The picture that the element shows as its own content, not through CSS. */
function ownPictures(element: Element): PictureOnPage[] {
  if (element instanceof HTMLImageElement) {
    const address = element.currentSrc || element.src;
    return [{ kind: 'image', element, address: address === '' ? null : address }];
  }
  if (element instanceof SVGImageElement) {
    const own = linked(element, askedAddress(element, element.href.animVal));
    return [...own, ...svgPictures(element)];
  }
  if (element instanceof SVGElement) return svgPictures(element);
  if (element instanceof HTMLCanvasElement) return [{ kind: 'canvas', element, address: null }];
  if (element instanceof HTMLVideoElement) {
    return isPosterShown(element)
      ? linked(element, askedAddress(element, getAttribute(element, 'poster')))
      : [{ kind: 'video', element, address: null }];
  }
  if (element instanceof HTMLInputElement && element.type === 'image') {
    return linked(element, askedAddress(element, getAttribute(element, 'src')));
  }
  if (element instanceof HTMLObjectElement || element instanceof HTMLEmbedElement) {
    const written = element instanceof HTMLObjectElement ? 'data' : 'src';
    const address = askedAddress(element, getAttribute(element, written));
    const isPicture =
      OBJECT_PICTURE.test(element.type) ||
      /\.(avif|bmp|gif|ico|jpe?g|png|svgz?|webp)$/i.test(URL.parse(address)?.pathname ?? '');
    return isPicture ? linked(element, address) : [];
  }
  if (element instanceof HTMLAreaElement) return imageOfArea(element);
  return [];
}

function svgPictures(element: SVGElement): PictureOnPage[] {
  const svg = outermostSvg(element);
  if (svg === null) return [];
  const borrowed = borrowedImage(svg);
  const [shown] =
    borrowed === null ? [] : linked(svg, askedAddress(borrowed, borrowed.href.animVal));
  return [shown ?? { kind: 'svg', element: svg, address: null }];
}

/** An area of an image map lies over the image that uses the map. */
function imageOfArea(area: HTMLAreaElement): PictureOnPage[] {
  const name = area.closest('map')?.name;
  if (name === undefined) return [];
  const image = query(document, `img[usemap="#${CSS.escape(name)}"]`);
  return image === null ? [] : ownPictures(image);
}

/** What an element shows, what is most its own first, what is known to be unseen last. Reads the page only. */
export function picturesOf(element: Element): PictureOnPage[] {
  const css = cssPictures(element);
  const own = css.isReplaced ? [] : ownPictures(element);
  const [first] = own;
  // Of a transparent picture over a background, the background is what is seen.
  const isBelow =
    css.pictures.length > 0 &&
    first?.kind === 'image' &&
    (isPlaceholder(first.element) || isStyledAway(first.element, true));
  return isBelow ? [...css.pictures, ...own] : [...own, ...css.pictures];
}

/** Does the element still show this very picture? A canvas and a video always show "theirs". */
export function isStillShown(picture: PictureOnPage): boolean {
  return picturesOf(picture.element).some(
    ({ kind, address }) => kind === picture.kind && address === picture.address,
  );
}

/**
 * An invisible image stretched over the real one, against copying: at most 2 px a side, shown much
 * larger than it is.
 */
export function isSpacer({ kind, element }: PictureOnPage): boolean {
  if (kind !== 'image' || !element.complete) return false;
  const { naturalWidth, naturalHeight } = element;
  const { width, height } = element.getBoundingClientRect();
  return naturalWidth > 0 && naturalWidth <= 2 && naturalHeight <= 2 && width > 8 && height > 8;
}
