import { CodedError, isCodedError } from '../../core/errors';
import { looksLikeSvg } from '../../core/address/picture-address';
import { assertSize, BLANK, isBlank, travelSize, type Raster } from '../../core/look/raster';

interface Size {
  width: number;
  height: number;
}

/** @throws CodedError `image-tainted`; `image-not-readable` where every pixel is transparent */
function readPixels(source: CanvasImageSource, { width, height }: Size): Raster {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null) throw new CodedError('internal', 'No 2d canvas in this page.');
  context.drawImage(source, 0, 0, width, height);
  let raster: Raster;
  try {
    // The browser's own ImageData: in Firefox no other may be drawn in a page.
    raster = context.getImageData(0, 0, width, height);
  } catch (error) {
    // The one failure of reading a canvas that was just made.
    throw new CodedError(
      'image-tainted',
      'The picture is from another site that does not share it.',
      {
        cause: error,
      },
    );
  }
  if (isBlank(raster)) throw new BlankError();
  return raster;
}

/** Nothing but transparency: an overlay against copying, or a WebGL canvas after its frame was shown. */
export class BlankError extends CodedError {
  constructor() {
    super('image-not-readable', BLANK);
  }
}

/** A decoder that does not come to an end is not waited for any longer. */
const DECODE_LIMIT_MS = 15_000;

/** @throws CodedError `timed-out` */
async function decoded(bitmap: Promise<ImageBitmap>): Promise<ImageBitmap> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      // Too late is no use to anybody.
      bitmap.then(
        (late) => {
          late.close();
        },
        () => undefined,
      );
      reject(new CodedError('timed-out', `Not decoded within ${DECODE_LIMIT_MS / 1000} s.`));
    }, DECODE_LIMIT_MS);
  });
  try {
    return await Promise.race([bitmap, limit]);
  } finally {
    clearTimeout(timer);
  }
}

/** A file that lacks its last bytes is shown but for its last rows: as much of it must be there. */
export const LEAST_SHOWN = 0.85;

/** What the page draws of a picture that ends early, without the rows that are missing; null where too many are. */
function rasterOfShown(image: HTMLImageElement, size: Size): Raster | null {
  const { width, height, data } = readPixels(image, size);
  const rowBytes = width * 4;
  let rows = height;
  while (rows > 0 && isBlank({ data: data.subarray((rows - 1) * rowBytes, rows * rowBytes) }))
    rows -= 1;
  // The row beside them is mixed with what is missing.
  if (rows < height) rows -= 1;
  if (rows < height * LEAST_SHOWN) return null;
  return { width, height: rows, data: data.slice(0, rows * rowBytes) };
}

function tryShown(image: HTMLImageElement, size: Size): Raster | null {
  try {
    return rasterOfShown(image, size);
  } catch (error) {
    // Nothing of it is drawn at all.
    if (error instanceof BlankError) return null;
    throw error;
  }
}

/**
 * A raster picture at the size pictures travel in, oriented. The browser's `high` filter is antialiased
 * at any ratio (a fine checkerboard comes out grey) and nearer to the area mean than drawing is.
 * @throws CodedError `image-too-large`, `image-too-small`, `image-tainted`, `image-not-readable`;
 *   `image-truncated` where the browser shows as much as it has and much is missing; `timed-out`
 */
export async function rasterOfBitmap(
  source: HTMLImageElement | HTMLCanvasElement | OffscreenCanvas | ImageBitmap,
  size: Size,
): Promise<Raster> {
  assertSize(size);
  const target = travelSize(size.width, size.height);
  let bitmap: ImageBitmap;
  try {
    bitmap = await decoded(
      createImageBitmap(source, {
        resizeWidth: target.width,
        resizeHeight: target.height,
        resizeQuality: 'high',
      }),
    );
  } catch (error) {
    if (isCodedError(error)) throw error;
    // Firefox shows the former picture, under the former address, until the next one is there.
    if (source instanceof HTMLImageElement && !source.complete) {
      throw new CodedError('image-changed', 'It shows another picture now.');
    }
    const shown = source instanceof HTMLImageElement ? tryShown(source, target) : null;
    if (shown !== null) return shown;
    throw new CodedError('image-truncated', 'The picture ends early or is damaged.', {
      cause: error,
    });
  }
  try {
    return readPixels(bitmap, target);
  } finally {
    bitmap.close();
  }
}

/**
 * A vector picture, drawn at the size at which it is shown (it has no pixels of its own), aspect kept.
 * `createImageBitmap` makes a blank one of an SVG without a size of its own; drawing does not.
 * @throws CodedError `image-has-no-size`, `image-too-small`, `image-tainted`, `image-not-readable`
 */
export function rasterOfVector(image: HTMLImageElement, shown: Size): Raster {
  const { naturalWidth, naturalHeight } = image;
  if (naturalWidth === 0 || naturalHeight === 0) {
    throw new CodedError('image-has-no-size', 'The SVG has no size, and the page gives it none.');
  }
  const scale = Math.max(1, shown.width / naturalWidth, shown.height / naturalHeight);
  const size = travelSize(naturalWidth * scale, naturalHeight * scale);
  assertSize(size);
  return readPixels(image, size);
}

/**
 * The pixels of an image that is loaded, whatever it is of.
 * @param shown the size of its box on the page, CSS px
 * @throws CodedError those of `rasterOfBitmap` and `rasterOfVector`
 */
export async function rasterOfImage(image: HTMLImageElement, shown: Size): Promise<Raster> {
  if (looksLikeSvg(image.currentSrc || image.src)) return rasterOfVector(image, shown);
  const size = { width: image.naturalWidth, height: image.naturalHeight };
  try {
    return await rasterOfBitmap(image, size);
  } catch (error) {
    // An SVG whose address does not say so: see rasterOfVector.
    if (error instanceof BlankError) return rasterOfVector(image, shown);
    throw error;
  }
}
