import { CodedError, toFailure, type Failure } from '../../core/errors';
import { ladderFailure, mayTryNextRung } from '../../core/ladder';
import { isOwnAddress, isWebAddress, recordedAddress } from '../../core/address/picture-address';
import type { Prediction, Rung } from '../../core/saying/prediction';
import type { Raster } from '../../core/look/raster';
import { askWorker } from '../../messages/client';
import type { Priority, RungFailure } from '../../messages/protocol';
import { boxOf, isConnected } from '../dom';
import { isUnseen, noteBlank, noteBroken } from '../find/held-picture';
import { isStillShown, picturesOf, type Picture, type PictureOnPage } from '../find/picture';
import { forgetStyles } from '../find/read-styles';
import { abortable } from './abortable';
import { brokenImageError } from './broken-image';
import { BrokenImageError, readDecoded } from './decoded';
import { readByPageFetch } from './page-fetch';
import { BlankError } from './raster-of';
import type { ScreenArea } from './screen-area';

export interface LadderRequest {
  requestId: string;
  priority: Priority;
  signal: AbortSignal;
  /**
   * The answer is for every element with the picture's address: it holds also when this one has left the
   * page or shows another picture by then.
   */
  outlivesElement: boolean;
  /**
   * Runs a capture of where the picture is on the screen, with nothing of ours over it; null where the
   * screen may not be used at all. Given from outside: labels never need what measures the screen.
   */
  withClearScreen:
    (<T>(picture: PictureOnPage, capture: (area: ScreenArea) => Promise<T>) => Promise<T>) | null;
}

export type LadderResult =
  | { ok: true; prediction: Prediction; failedRungs: RungFailure[] }
  | { ok: false; error: Failure; failedRungs: RungFailure[] };

const CANCELLED: Failure = { code: 'cancelled', message: 'Not wanted any more.' };

/**
 * Classifies one picture by the first rung of the ladder that reaches its pixels: as decoded in the
 * page, fetched by the page, fetched by the service worker, cropped from the screen. Rungs that don't
 * apply (a canvas has no address) are left out. Never rejects; the answer is withheld (`image-gone`,
 * `image-changed`) when the element doesn't show this picture any more.
 */
export async function classifyPicture(
  picture: Picture,
  request: LadderRequest,
): Promise<LadderResult> {
  const failedRungs: RungFailure[] = [];
  try {
    const prediction = await climb(picture, request, failedRungs);
    if (!request.outlivesElement) assertStillShown(picture);
    return { ok: true, prediction, failedRungs };
  } catch (error) {
    return { ok: false, error: request.signal.aborted ? CANCELLED : toFailure(error), failedRungs };
  }
}

async function climb(
  picture: Picture,
  request: LadderRequest,
  failedRungs: RungFailure[],
): Promise<Prediction> {
  let attempts = attemptsAt(picture, request);
  for (let attempt = attempts.shift(); attempt !== undefined; attempt = attempts.shift()) {
    try {
      return await abortable(attempt.classify(), request.signal);
    } catch (error) {
      // A picture that was exchanged explains every failure to read it.
      if (!request.outlivesElement) assertStillShown(picture);
      const below = belowOf(picture, request, error);
      if (below !== null) return await climb(below, request, failedRungs);
      if (error instanceof BrokenImageError)
        return await classifyBroken(picture, request, failedRungs);
      const failure = toFailure(error);
      const isFile = attempt.rung === 'page-fetch' || attempt.rung === 'worker-fetch';
      const mayGoOn = mayTryNextRung(failure.code, isFile && picture.kind !== 'address');
      if (mayGoOn || failure.code.startsWith('image-')) {
        failedRungs.push({ rung: attempt.rung, error: failure });
      }
      if (!mayGoOn) throw error;
      // The file is as blank as what was decoded from it; the screen may show what lies below.
      if (error instanceof BlankError) attempts = attempts.filter(({ rung }) => rung === 'screen');
    }
  }
  const { code, message } = ladderFailure(failedRungs);
  throw new CodedError(code, message);
}

/**
 * Of a picture that shows nothing, what its element shows instead: another layer of its background. Labels
 * look for that on their own, since their answer is for all elements with the address.
 */
function belowOf(
  { kind, element, address }: Picture,
  { outlivesElement }: LadderRequest,
  error: unknown,
): Picture | null {
  if (address === null) return null;
  if (error instanceof BlankError) noteBlank(address);
  else if (error instanceof BrokenImageError) noteBroken(address);
  else return null;
  if (outlivesElement || kind !== 'css') return null;
  const [first] = picturesOf(element);
  return first?.kind === 'css' && !isUnseen(first.address) ? first : null;
}

interface Attempt {
  rung: Rung;
  classify: () => Promise<Prediction>;
}

/** The rungs that apply to a picture, in their order. */
function attemptsAt(picture: Picture, request: LadderRequest): Attempt[] {
  const { requestId, priority, signal, withClearScreen } = request;
  const { element, address } = picture;
  // For the list of what a person asked; labels by the hundred need not send it along.
  const source = address === null || priority !== 'user' ? null : recordedAddress(address);
  const attempts: Attempt[] = [];
  if (picture.kind !== 'address') {
    attempts.push({
      rung: 'decoded',
      classify: async () =>
        await askForPixels('decoded', await readDecoded(picture, signal), source, request),
    });
  }
  // Without its element, a picture of another site is not this page's to fetch.
  if (address !== null && (element !== null || isOwnAddress(address, location.origin))) {
    const shown = element === null ? { width: 0, height: 0 } : boxOf(element);
    attempts.push({
      rung: 'page-fetch',
      classify: async () =>
        await askForPixels(
          'page-fetch',
          await readByPageFetch(address, shown, signal),
          source,
          request,
        ),
    });
  }
  if (address !== null && isWebAddress(address)) {
    attempts.push({
      rung: 'worker-fetch',
      classify: () => askWorker('classifyAddress', { requestId, address, priority }),
    });
  }
  if (picture.kind !== 'address' && withClearScreen !== null) {
    attempts.push({
      rung: 'screen',
      classify: () =>
        withClearScreen(picture, (area) =>
          askWorker('classifyScreen', { requestId, source, ...area }),
        ),
    });
  }
  return attempts;
}

async function askForPixels(
  rung: 'decoded' | 'page-fetch',
  { width, height, data }: Raster,
  source: string | null,
  { requestId, priority }: LadderRequest,
): Promise<Prediction> {
  const pixels = new Blob([data as Uint8ClampedArray<ArrayBuffer>]);
  const fields = { requestId, pixels, width, height, rung, priority, source };
  return await askWorker('classifyPixels', fields);
}

/**
 * The page shows no picture: its bytes tell why, where the page may read them; else the service worker
 * may, and may even find the picture.
 */
async function classifyBroken(
  { address }: Picture,
  { requestId, priority, signal }: LadderRequest,
  failedRungs: RungFailure[],
): Promise<Prediction> {
  const broken =
    address === null
      ? new CodedError('image-not-loaded', 'The image has no address.')
      : await brokenImageError(address, signal);
  failedRungs.push({ rung: 'decoded', error: toFailure(broken) });
  if (broken.code !== 'image-not-loaded' || address === null || !isWebAddress(address))
    throw broken;
  try {
    return await abortable(askWorker('classifyAddress', { requestId, address, priority }), signal);
  } catch (error) {
    const failure = toFailure(error);
    const isAboutTheWay = mayTryNextRung(failure.code, false);
    if (isAboutTheWay) failedRungs.push({ rung: 'worker-fetch', error: failure });
    throw isAboutTheWay ? broken : error;
  }
}

/** @throws CodedError `image-gone`, `image-changed` */
function assertStillShown(picture: Picture): void {
  if (picture.kind === 'address') return;
  if (!isConnected(picture.element)) throw new CodedError('image-gone', 'It left the page.');
  forgetStyles(picture.element);
  if (!isStillShown(picture))
    throw new CodedError('image-changed', 'It shows another picture now.');
}
