import { isOwnAddress, isWebAddress } from '../../core/address/picture-address';
import { CodedError, isCodedError } from '../../core/errors';
import { answered } from '../../core/http-answer';
import { assertAsShown, isMadeAnew, refuseMadeAnew } from '../../core/look/as-shown';
import type { PlacedSize } from '../../core/look/painted-area';
import { assertSize, MAX_IMAGE_BYTES, type Raster } from '../../core/look/raster';
import { putNewest } from '../../core/newest';
import { countedFetch } from '../../platform/network';
import { bytesOf, readCapped } from '../../platform/read-capped';
import { heldSize, keepSize } from '../find/held-picture';
import { frameMap } from '../frame-map';
import { abortable } from './abortable';
import { countFrameTraffic } from './frame-traffic';
import { loadImage } from './load-image';
import { pictureBytesPart } from './picture-bytes-part';
import { partAlone, rasterOfBitmap, rasterOfVector } from './raster-of';

const FETCH_TIMEOUT_MS = 15_000;
/** Files beyond this are not kept: the oldest go, to be asked of the browser's cache when they are wanted again. */
const MAX_KEPT_BYTES = 64 * 1024 * 1024;
/** As many addresses as a document shows in its life, but for one that makes up new ones for ever. */
const MAX_ADDRESSES = 5000;

interface Fetched {
  file: Promise<Blob>;
  bytes: number;
  /** Its site lets nobody keep it: see core/look/as-shown. */
  isMadeAnew: boolean;
  /** Has it been counted as a picture that was asked for again? */
  isCounted: boolean;
}

/** What was asked for in this document, so that no click, labelling or change of settings asks again. */
const fetched = frameMap<Fetched>('alt-lens-fetched');

/** Was this address asked for here before? */
export function wasFetched(address: string): boolean {
  return fetched.has(address);
}

/** The page's request came to nothing, and nobody else's counts as one for the picture. */
export function countRefusal(address: string): void {
  const asked = fetched.get(address);
  if (asked === undefined || asked.isCounted) return;
  asked.isCounted = true;
  countFrameTraffic({ refetched: 1 });
}

function keep(asked: Fetched, { size }: Blob): void {
  asked.bytes = size;
  let kept = 0;
  for (const { bytes } of fetched.values()) kept += bytes;
  for (const [address, { bytes }] of fetched) {
    if (kept <= MAX_KEPT_BYTES) return;
    if (bytes === 0) continue;
    fetched.delete(address);
    kept -= bytes;
  }
}

function fetchOnce(address: string): Promise<Blob> {
  const before = fetched.get(address);
  if (before !== undefined) return before.file;
  keepSize(address);
  // Of all who ask now or later, none ends it for the others.
  const file = fetchBytes(address, null, ({ headers }) => {
    asked.isMadeAnew = isMadeAnew(headers, isOwnAddress(address, location.origin));
  }).then((bytes) => new Blob([bytes]));
  const asked: Fetched = { file, bytes: 0, isMadeAnew: false, isCounted: false };
  putNewest(fetched, address, asked, MAX_ADDRESSES);
  file.then(
    (blob) => {
      asked.isCounted = true;
      countFrameTraffic({ refetched: 1, refetchedBytes: blob.size });
      keep(asked, blob);
    },
    () => undefined, // told to those who ask
  );
  return file;
}

async function fetchBytes(
  address: string,
  signal: AbortSignal | null,
  onAnswered?: (response: Response) => void,
): Promise<Uint8Array<ArrayBuffer>> {
  const timeout = AbortSignal.timeout(FETCH_TIMEOUT_MS);
  try {
    const response = await countedFetch(
      address,
      {
        mode: 'cors',
        credentials: 'same-origin',
        cache: 'force-cache',
        referrerPolicy: 'no-referrer',
        signal: signal === null ? timeout : AbortSignal.any([signal, timeout]),
      },
      countFrameTraffic,
    );
    if (!response.ok) throw answered(response.status);
    onAnswered?.(response);
    return await readCapped(response, MAX_IMAGE_BYTES);
  } catch (error) {
    if (isCodedError(error) || signal?.aborted === true) throw error;
    if (timeout.aborted) {
      throw new CodedError('timed-out', `Not here within ${FETCH_TIMEOUT_MS / 1000} s.`, {
        cause: error,
      });
    }
    throw new CodedError('network-failed', 'The site does not share it, or was not reached.', {
      cause: error,
    });
  }
}

/**
 * The bytes at an address, as the page itself may have them: CORS, the page's own cache, no referrer. An
 * address of the web is asked for once in a document's life, and only for what the page has loaded:
 * callers see to that.
 * @throws CodedError `network-failed`, `http-status`, `image-too-many-bytes`, `timed-out`,
 *   `address-refused` for a redirect; AbortError
 */
export async function fetchInPage(
  address: string,
  signal: AbortSignal,
): Promise<Uint8Array<ArrayBuffer>> {
  signal.throwIfAborted();
  if (!isWebAddress(address)) return await fetchBytes(address, signal);
  const file = await abortable(fetchOnce(address), signal);
  return await bytesOf(file);
}

/**
 * The rung `page-fetch`.
 * @param shown the size of its box on the page, CSS px, for a picture without pixels of its own
 * @param part what of it is read, shares of its sides; null for the whole
 * @throws CodedError those of `fetchInPage`; `image-empty`, `image-not-an-image`, `image-truncated`,
 *   `image-too-large`, `image-too-small`, `image-has-no-size`, `image-not-readable`; AbortError
 */
export async function readByPageFetch(
  address: string,
  shown: { width: number; height: number },
  signal: AbortSignal,
  part: PlacedSize | null = null,
): Promise<Raster> {
  const bytes = await fetchInPage(address, signal);
  if (fetched.get(address)?.isMadeAnew === true) refuseMadeAnew();
  const { brokenPictureCode, claimedSize, endsEarly, pictureFormat } =
    await pictureBytesPart.load();
  const claimed = claimedSize(bytes);
  if (claimed !== null) assertSize(claimed);
  const isVector = pictureFormat(bytes) === 'svg';
  if (!isVector) assertAsShown(claimed, heldSize(address));
  if (isVector) {
    const text = encodeURIComponent(new TextDecoder().decode(bytes));
    const image = await loadImage(`data:image/svg+xml;charset=utf-8,${text}`, signal);
    if (image.naturalWidth === 0) {
      throw new CodedError('image-truncated', 'The SVG ends early or is damaged.');
    }
    return rasterOfVector(image, shown);
  }
  if (endsEarly(bytes)) throw new CodedError('image-truncated', 'The file ends early.');
  let bitmap: ImageBitmap;
  try {
    bitmap = await createImageBitmap(new Blob([bytes]));
  } catch (error) {
    throw new CodedError(brokenPictureCode(bytes), 'The browser cannot decode the file.', {
      cause: error,
    });
  }
  try {
    const read = part === null ? bitmap : partAlone(bitmap, bitmap, part);
    return await rasterOfBitmap(read, read);
  } finally {
    bitmap.close();
  }
}
