import { CodedError, isCodedError } from '../../core/errors';
import type { PlacedSize, Size } from '../../core/look/painted-area';
import { looksLikeSvg } from '../../core/address/picture-address';
import { assertSize, BLANK, isBlank, travelSize, type Raster } from '../../core/look/raster';

/** The longest side at which a part of a picture is drawn before it is made smaller. */
const MAX_PART_PX = 4096;

/** Left to the garbage collector: a page that is done keeps no pixels. */
let kept: WeakRef<OffscreenCanvasRenderingContext2D> | undefined;

/** A canvas of this size; mostly the last one, as making one takes as long as drawing and reading a picture. */
function canvasFor({ width, height }: Size): OffscreenCanvasRenderingContext2D {
  let context = kept?.deref() ?? null;
  if (context === null || context.isContextLost()) {
    context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
    if (context === null) throw new CodedError('internal', 'No 2d canvas in this page.');
    kept = new WeakRef(context);
  } else if (context.canvas.width !== width || context.canvas.height !== height) {
    Object.assign(context.canvas, { width, height });
  }
  // Nothing of the picture before is left, whatever this one lets through.
  context.globalCompositeOperation = 'copy';
  return context;
}

/** @throws CodedError `image-tainted`; `image-not-readable` where every pixel is transparent */
function readPixels(source: CanvasImageSource, size: Size): Raster {
  const { width, height } = size;
  const context = canvasFor(size);
  context.drawImage(source, 0, 0, width, height);
  let raster: Raster;
  try {
    // The browser's own ImageData: in Firefox no other may be drawn in a page.
    raster = context.getImageData(0, 0, width, height);
  } catch (error) {
    // A canvas that another site's picture was drawn on is never read again.
    kept = undefined;
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

/** What is seen of a picture, as shares of it, drawn alone: drawing knows how a photo is turned. */
export function partAlone(
  source: HTMLImageElement | ImageBitmap,
  size: Size,
  part: PlacedSize,
): OffscreenCanvas {
  const { width, height } = { width: part.width * size.width, height: part.height * size.height };
  const scale = Math.min(1, MAX_PART_PX / Math.max(width, height));
  const [across, down] = [width * scale, height * scale].map((px) => Math.max(1, Math.round(px)));
  const canvas = new OffscreenCanvas(across ?? 1, down ?? 1);
  const context = canvas.getContext('2d');
  if (context === null) throw new CodedError('internal', 'No 2d canvas in this page.');
  context.imageSmoothingQuality = 'high';
  const [x, y] = [part.x * size.width, part.y * size.height];
  context.drawImage(source, x, y, width, height, 0, 0, canvas.width, canvas.height);
  return canvas;
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
 * @param part what of it is read, shares of its sides; null for the whole
 * @throws CodedError those of `rasterOfBitmap` and `rasterOfVector`
 */
export async function rasterOfImage(
  image: HTMLImageElement,
  shown: Size,
  part: PlacedSize | null = null,
): Promise<Raster> {
  if (looksLikeSvg(image.currentSrc || image.src)) return rasterOfVector(image, shown);
  const size = { width: image.naturalWidth, height: image.naturalHeight };
  try {
    if (part === null) return await rasterOfBitmap(image, size);
    assertSize(size);
    const alone = partAlone(image, size, part);
    return await rasterOfBitmap(alone, alone);
  } catch (error) {
    // An SVG whose address does not say so: see rasterOfVector.
    if (error instanceof BlankError) return rasterOfVector(image, shown);
    throw error;
  }
}
