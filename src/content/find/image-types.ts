import { append, createHtml } from '../dom';

/**
 * What `image-set()` takes everywhere. Not SVG, which Chrome leaves out there though it can show it
 * (where another browser shows one, it is what the page has, see `held-picture`).
 */
const EVERYWHERE =
  /^image\/(a?png|x-png|p?jpeg|jpg|gif|webp|avif|bmp|x-icon|vnd\.microsoft\.icon|x-xbitmap)$/;
const JPEG_XL = 'image/jxl';

/** One that is shown: the page's console tells of any other. */
const PIXEL = 'data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7';

let isJpegXlShown = false;

/** Asks an image outside the page, which chooses in the turn after this one. */
function askImage(): void {
  const picture = createHtml('picture');
  const source = createHtml('source');
  const image = createHtml('img');
  source.type = JPEG_XL;
  source.srcset = PIXEL;
  append(picture, source, image);
  queueMicrotask(() => {
    isJpegXlShown = image.currentSrc !== '';
    source.removeAttribute('srcset');
  });
}

// Asked once, at the script's start; the decoder, which pages without https lack, says it eight times as fast.
if ('ImageDecoder' in globalThis) {
  ImageDecoder.isTypeSupported(JPEG_XL).then((isShown) => {
    isJpegXlShown = isShown;
  }, askImage);
} else askImage();

/** Does this browser show pictures of the type, lower case, in styles? */
export function isTypeSupported(type: string): boolean {
  return EVERYWHERE.test(type) || (type === JPEG_XL && isJpegXlShown);
}
