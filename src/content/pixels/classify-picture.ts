import { CodedError, fromFailure, isCodedError, toFailure, type Failure } from '../../core/errors';
import { ofUnshown } from '../../core/http-answer';
import { ladderFailure, mayTryNextRung } from '../../core/ladder';
import { isWebAddress, recordedAddress } from '../../core/address/picture-address';
import type { Prediction, Rung } from '../../core/saying/prediction';
import { BLANK, type Raster, releasePixels } from '../../core/look/raster';
import { askWorker } from '../../messages/client';
import type { Priority, RungFailure } from '../../messages/protocol';
import { boxOf, isHere } from '../dom';
import { heldSize, isUnseen, noteBlank, noteBroken } from '../find/held-picture';
import { isFromServer } from '../find/own-worker';
import { isStillShown, picturesOf, type Picture, type PictureOnPage } from '../find/picture';
import { forgetStyles } from '../find/read-styles';
import { seenPart } from '../find/seen-part';
import { pageLanguage } from '../page-language';
import { abortable } from './abortable';
import { brokenImageError } from './broken-image';
import { BrokenImageError, readDecoded } from './decoded';
import { countRefusal, readByPageFetch } from './page-fetch';
import { assertLoaded } from './page-loaded';
import type { ScreenArea } from './screen-area';
import { assertWhole } from './whole';
import { readFromOwnWorker } from './worker-answer';

export interface LadderRequest {
  requestId: string;
  priority: Priority;
  signal: AbortSignal;
  /**
   * The answer is for every element with the picture's address: it holds also when this one has left the
   * page or shows another picture by then.
   */
  outlivesElement: boolean;
  /** The address that the person wants fetched though the page could not load it; null mostly. */
  confirmed: string | null;
  /** Only what the page has decoded is read: nothing is asked of the network. */
  isDecodedOnly?: boolean;
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
 * apply (a canvas has no address) are left out; what the page has not loaded itself is not fetched, but
 * where the person confirmed it. Never rejects; the answer is withheld (`image-gone`,
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
  if (request.isDecodedOnly === true) attempts = attempts.filter(({ rung }) => rung === 'decoded');
  for (let attempt = attempts.shift(); attempt !== undefined; attempt = attempts.shift()) {
    try {
      if (isFetching(attempt.rung) && picture.kind !== 'address') {
        if (attempt.rung === 'worker-fetch') assertServers(picture);
        await assertLoaded(picture, request.signal);
      }
      return await abortable(attempt.classify(), request.signal);
    } catch (error) {
      // A picture that was exchanged explains every failure to read it.
      if (!request.outlivesElement) assertStillShown(picture);
      const below = belowOf(picture, request, error);
      if (below !== null) return await climb(below, request, failedRungs);
      // A style asks once: what did not come then is not asked for again.
      if ((error instanceof BrokenImageError && picture.kind !== 'css') || isBlocked(error))
        return await classifyBroken(picture, request, { rung: attempt.rung, error }, failedRungs);
      const thrown = toFailure(error);
      const failure = picture.kind === 'address' ? ofUnshown(thrown) : thrown;
      const isShown = isFetching(attempt.rung) && picture.kind !== 'address';
      const mayGoOn = mayTryNextRung(failure.code, isShown);
      if (attempt.rung === 'worker-fetch' && picture.address !== null)
        countRefusal(picture.address);
      if (mayGoOn || failure.code.startsWith('image-')) {
        failedRungs.push({ rung: attempt.rung, error: failure });
      }
      if (!mayGoOn) throw failure === thrown ? error : fromFailure(failure);
      // The file is as blank as what was decoded from it; the screen may show what lies below.
      if (isAboutBlank(error)) attempts = attempts.filter(({ rung }) => rung === 'screen');
    }
  }
  const { code, message } = ladderFailure(failedRungs);
  throw new CodedError(code, message);
}

/** Said by whoever had the pixels, here or in the worker. */
function isAboutBlank(error: unknown): boolean {
  return toFailure(error).message === BLANK;
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
  if (isAboutBlank(error)) noteBlank(address);
  else if (isNotLoaded(error)) noteBroken(address);
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
  const part = seenPart(picture);
  const attempts: Attempt[] = [];
  if (picture.kind !== 'address') {
    attempts.push({
      rung: 'decoded',
      classify: async () => {
        const raster = await readDecoded(picture, signal, part);
        // Labels by the hundred are not worth a request each.
        await assertWhole(picture, raster, priority === 'user', signal);
        return await askForPixels('decoded', raster, source, request);
      },
    });
  }
  // Without its element nothing tells that this page has loaded it: then it is not this page's to fetch.
  // What it shows of a `blob:` address it holds, also where it has taken the address back.
  const isOfPage = element === null ? isNotOfWeb : isNoBlob;
  if (address !== null && isOfPage(address)) {
    const shown = element === null ? { width: 0, height: 0 } : boxOf(element);
    attempts.push({
      rung: 'page-fetch',
      classify: async () => {
        const raster =
          picture.kind === 'address' || isServers(picture)
            ? await readByPageFetch(address, shown, signal, part)
            : await readFromOwnWorker(picture, address, signal, part);
        return await askForPixels('page-fetch', raster, source, request);
      },
    });
  }
  if (address !== null && isWebAddress(address)) {
    attempts.push({
      rung: 'worker-fetch',
      classify: () => {
        const shown = element === null ? {} : { shown: heldSize(address) };
        const fields = { requestId, address, priority, language: pageLanguage(), ...shown, part };
        return askWorker('classifyAddress', fields);
      },
    });
  }
  if (picture.kind !== 'address' && withClearScreen !== null) {
    attempts.push({
      rung: 'screen',
      classify: () =>
        withClearScreen(picture, (area) =>
          askWorker('classifyScreen', { requestId, source, language: pageLanguage(), ...area }),
        ),
    });
  }
  return attempts;
}

async function askForPixels(
  rung: 'decoded' | 'page-fetch',
  raster: Raster,
  source: string | null,
  { requestId, priority }: LadderRequest,
): Promise<Prediction> {
  const { width, height } = raster;
  const pixels = new Blob([raster.data as Uint8ClampedArray<ArrayBuffer>]);
  releasePixels(raster);
  const language = pageLanguage();
  const fields = { requestId, pixels, width, height, rung, priority, source, language };
  return await askWorker('classifyPixels', fields);
}

/** Is what its address leads to on the server what this page shows? Pictures of other documents are asked for there. */
function isServers({ kind, address }: Picture): boolean {
  return kind === 'address' || address === null || !isWebAddress(address) || isFromServer(address);
}

/** @throws CodedError `image-not-readable` */
function assertServers(picture: Picture): void {
  if (isServers(picture)) return;
  throw new CodedError('image-not-readable', 'A service worker of the page answers for it.');
}

function isNotOfWeb(address: string): boolean {
  return !isWebAddress(address);
}

function isNoBlob(address: string): boolean {
  return !/^blob:/i.test(address);
}

function isFetching(rung: Rung): boolean {
  return rung === 'page-fetch' || rung === 'worker-fetch';
}

/** Did the page itself get nothing that shows? */
function isNotLoaded(error: unknown): boolean {
  if (!isCodedError(error)) return false;
  return ['image-not-loaded', 'image-not-found'].includes(error.code) || isBlocked(error);
}

function isBlocked(error: unknown): error is CodedError {
  return isCodedError(error) && error.code === 'image-blocked';
}

/**
 * The page shows no picture. Its bytes may tell why; what was kept from the page is fetched where the
 * person, who was told so, wants it all the same.
 */
async function classifyBroken(
  { address }: Picture,
  { requestId, priority, signal, confirmed }: LadderRequest,
  { rung, error }: { rung: Rung; error: CodedError },
  failedRungs: RungFailure[],
): Promise<Prediction> {
  if (address === null) throw error;
  const broken = isBlocked(error) ? error : await brokenImageError(address, signal);
  failedRungs.push({ rung, error: toFailure(broken) });
  if (!isBlocked(broken) || confirmed !== address || !isWebAddress(address)) throw broken;
  try {
    return await abortable(
      askWorker('classifyAddress', { requestId, address, priority, language: pageLanguage() }),
      signal,
    );
  } catch (failed) {
    const failure = ofUnshown(toFailure(failed));
    if (mayTryNextRung(failure.code, false)) {
      failedRungs.push({ rung: 'worker-fetch', error: failure });
    }
    throw fromFailure(failure);
  }
}

/** @throws CodedError `image-gone`, `image-changed` */
function assertStillShown(picture: Picture): void {
  if (picture.kind === 'address') return;
  if (!isHere(picture.element)) throw new CodedError('image-gone', 'It left the page.');
  forgetStyles(picture.element);
  if (!isStillShown(picture))
    throw new CodedError('image-changed', 'It shows another picture now.');
}
