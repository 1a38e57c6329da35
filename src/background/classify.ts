import { webOrigin } from '../core/address/match-pattern';
import { isWebAddress } from '../core/address/picture-address';
import { CodedError } from '../core/errors';
import { pictureHash } from '../core/look/cache-key';
import { assertAsShown, refuseMadeAnew } from '../core/look/as-shown';
import type { Look } from '../core/look/look';
import type { PlacedSize, Size } from '../core/look/painted-area';
import { claimedSize, pictureFormat } from '../core/look/picture-bytes';
import { type Raster, releasePixels } from '../core/look/raster';
import { withInstead } from '../core/own-models/instead';
import type { Prediction, Rung } from '../core/saying/prediction';
import { preparations } from '../core/saying/say';
import type { Settings } from '../core/settings/settings';
import type { Looked } from '../inference/engine/look';
import type { Priority } from '../messages/protocol';
import type { Sender } from '../messages/server';
import { recallAddress, rememberAddress } from '../platform/address-memory';
import { openDismissals } from '../platform/dismissal-store';
import { openLooks, type StoredLook } from '../platform/look-store';
import type { CountTraffic } from '../platform/network';
import { decodeFile } from './decode';
import { fetchImage } from './fetch-image';
import { type KnownLooks, ownPlace, type Place, placeOf } from './known-looks';
import { inNextTurn } from './next-turn';
import type { OwnLabels } from './own-labels';
import type { OwnModels } from './own-models';
import type { Pages } from './pages';
import type { PictureWork } from './lanes';
import type { Queue } from './queue';
import { keepForReports } from './thumbnails';
import type { SpokenWords } from './spoken-words';
import { ownVoice } from './voices';
import type { Places } from './where';
import { createWaitingThumbnails, type WaitingThumbnails } from './waiting-thumbnails';

/** Stands for no tab, as `chrome.tabs.TAB_ID_NONE`. */
const NO_TAB = -1;

type ContentSender = Extract<Sender, { kind: 'content' }>;

/** No tab waits for a file, and as from a private window neither note nor use of it is stored. */
const FILE_PLACE = ownPlace({ isPrivate: true });

/** For whom a picture is classified. */
interface Asker extends Pick<ContentSender, 'tabId' | 'documentId'> {
  place: Place;
  /** Origin of the tab's page: models of the person's own are chosen for such; null where it cannot be told. */
  tabSite: string | null;
}

interface Request {
  requestId: string;
  priority: Priority;
  rung: Rung;
  asker: Asker;
}

interface PageRequest extends Omit<Request, 'asker'> {
  sender: ContentSender;
  /** The page's `lang`. */
  language?: string | undefined;
}

type AddressRequest = Omit<PageRequest, 'rung'>;

/** Who asks, and for what he may be told at once. */
function askerOf({ sender, priority, language }: AddressRequest): Asker {
  const { tabId, documentId, tabAddress, pageAddress } = sender;
  const tabSite = webOrigin(tabAddress ?? pageAddress);
  return {
    tabId,
    documentId,
    tabSite,
    place: placeOf(sender, { isClick: priority === 'user', language }),
  };
}

/**
 * Where a page that asks is: at its own address, at an `about:` one where the page that made it is. A `data:`
 * or sandboxed one is nowhere, so as public as its tab.
 */
function placeOfPage({ pageAddress, pageOrigin, tabAddress }: ContentSender): string {
  const own = [pageAddress, pageOrigin ?? ''].find(isWebAddress);
  return own ?? tabAddress ?? pageAddress;
}

export interface Classifier {
  /** Does ahead what the first picture would otherwise wait for, while there is nothing else to do. */
  prepare(): void;
  /** @throws CodedError of the engine or the queue */
  classify(raster: Raster, request: PageRequest): Promise<Prediction>;
  /**
   * Rung `worker-fetch`: fetches the file, unless this session knows what it shows. @throws CodedError
   * @param shown what the page shows of it, px; null where that is not known, undefined where it shows nothing
   * @param part what is seen of it, shares of its sides; null or absent for the whole
   */
  classifyAddress(
    address: string,
    request: AddressRequest,
    shown?: Size | null,
    part?: PlacedSize | null,
  ): Promise<Prediction>;
  /** A picture file, asked for by an extension page: nothing of it is kept. @throws CodedError */
  classifyFile(bytes: Uint8Array<ArrayBuffer>): Promise<Prediction>;
  /** What a picture file shows that the person teaches by, with a small copy of it. @throws CodedError */
  lookAtFile(
    bytes: Uint8Array<ArrayBuffer>,
  ): Promise<{ picture: string; look: Look; thumbnail: string | null }>;
  /** The picture that this request classified, once, as a `data:` URL; null where it is not known (any more). */
  takeThumbnail(requestId: string): Promise<string | null>;
}

interface Services {
  looks: KnownLooks;
  queue: Pick<Queue<PictureWork, Looked>, 'submit'>;
  pages: Pages;
  spokenWords: Pick<SpokenWords, 'chosen'>;
  ownLabels: Pick<OwnLabels, 'speaker'>;
  ownModels: Pick<OwnModels, 'answers' | 'labelAnswers' | 'hasChosenFor' | 'hasInsteadOn'>;
  places: Pick<Places, 'keep'>;
  settings: () => Promise<Settings>;
  /** Decodes a picture file; see `decodeFile`. */
  decode?: typeof decodeFile;
}

/** How an answer was found. */
type Way = Pick<Prediction, 'rung' | 'inferenceMilliseconds' | 'cached'>;

const sha256 = (bytes: Uint8Array<ArrayBuffer>): Promise<ArrayBuffer> =>
  crypto.subtle.digest('SHA-256', bytes);

/** From pixels to an answer: what is known of the picture, else a run of the model. */
interface Answers {
  answerOf(picture: string, known: StoredLook, place: Place, way: Way): Promise<Prediction>;
  classifyAs(picture: string, raster: Raster, request: Request): Promise<Prediction>;
}

function createAnswers(services: Services, thumbnails: WaitingThumbnails): Answers {
  const { looks, queue, pages, places, ownModels, settings } = services;

  /**
   * Counts and keeps what came out of a run. Done here and not by those who wait for it: they may have
   * gone meanwhile, the picture is known all the same.
   */
  async function keep(
    picture: string,
    { look, backend }: Looked,
    chosen: Settings,
    { tabId, documentId, place }: Asker,
  ): Promise<void> {
    await pages.ready;
    pages.count({ tabId, documentId }, { inferences: 1 });
    await looks.keep(picture, chosen, { look, backend, said: null }, place);
  }

  async function answerOf(
    picture: string,
    known: StoredLook,
    place: Place,
    way: Way,
  ): Promise<Prediction> {
    const { backend, look } = known;
    const saying = await looks.say(picture, known, place);
    return { ...saying, picture, backend, variant: look.variant, views: look.views, ...way };
  }

  /**
   * With what models of the person's own say of a picture that is labelled; of one that they asked for that
   * follows, unless it stands instead of what the built-in one says.
   */
  async function classifyAs(
    picture: string,
    raster: Raster,
    request: Request,
  ): Promise<Prediction> {
    const { requestId, priority, asker } = request;
    const answering = answerAs(picture, raster, request);
    if (priority === 'user') {
      thumbnails.keep(requestId, raster, answering);
      places.keep(picture, raster, asker.place.documentId);
      if (!(await ownModels.hasInsteadOn(asker.tabSite))) return await answering;
    }
    const prediction = await answering;
    const own =
      priority === 'user'
        ? await ownModels.answers(picture, raster, asker.tabSite)
        : await ownModels.labelAnswers(raster, asker.tabSite);
    return own.length === 0 ? prediction : withInstead({ ...prediction, own });
  }

  async function answerAs(picture: string, raster: Raster, request: Request): Promise<Prediction> {
    const { requestId, priority, rung, asker } = request;
    const { tabId, documentId, place } = asker;
    // Read once: key and look must be of the same settings.
    const chosen = await settings();
    const known = await looks.find(picture, chosen, place);
    const isFile = rung === 'page-fetch' || rung === 'worker-fetch';
    if (isFile && !place.isPrivate) keepForReports(picture, raster, known === null);
    if (known !== null) {
      const way = { rung, inferenceMilliseconds: 0, cached: true };
      return await answerOf(picture, known, place, way);
    }

    // Of those who ask for one picture at a time, the others have their answer from this one's run.
    const run = { isOurs: false };
    const key = looks.runKey(picture, chosen, place);
    const { views, minimumConfidence } = chosen;
    const looked = await queue.submit(
      key,
      { requestId, priority, tabId, documentId },
      {
        ...{ raster, wanted: { views, minimumConfidence } },
        keep: (taken) => {
          run.isOurs = true;
          return keep(picture, taken, chosen, asker);
        },
      },
    );
    const { look, backend, runMilliseconds } = looked;
    return await answerOf(picture, { look, backend, said: null }, place, {
      rung,
      inferenceMilliseconds: run.isOurs ? runMilliseconds : 0,
      cached: !run.isOurs,
    });
  }

  return { answerOf, classifyAs };
}

export function createClassifier(services: Services): Classifier {
  const { looks, pages, settings, spokenWords, ownLabels, ownModels } = services;
  const { decode = decodeFile } = services;
  const thumbnails = createWaitingThumbnails();
  const answers = createAnswers(services, thumbnails);
  let isPrepared = false;

  async function ofFile(
    bytes: Uint8Array<ArrayBuffer>,
  ): Promise<{ prediction: Prediction; thumbnail: string | null }> {
    const raster = await decode(bytes);
    const requestId = crypto.randomUUID();
    const asker = { tabId: NO_TAB, documentId: requestId, place: FILE_PLACE, tabSite: null };
    try {
      const prediction = await answers.classifyAs(await pictureHash(raster, sha256), raster, {
        ...{ requestId, priority: 'user', rung: 'decoded' },
        asker,
      });
      return { prediction, thumbnail: await thumbnails.take(requestId) };
    } finally {
      thumbnails.drop(requestId);
    }
  }

  return {
    prepare() {
      if (isPrepared) return;
      isPrepared = true;
      openLooks().catch(() => undefined);
      openDismissals().catch(() => undefined);
      settings().then(
        (chosen) => {
          spokenWords.chosen(chosen.labelLanguage, null).catch(() => undefined);
          ownLabels.speaker(chosen.variant).catch(() => undefined);
          for (const prepare of preparations(ownVoice(chosen))) inNextTurn(prepare);
        },
        () => undefined,
      );
    },
    async classify(raster, request) {
      const { requestId, priority, rung } = request;
      const asked = { requestId, priority, rung, asker: askerOf(request) };
      const prediction = await answers.classifyAs(await pictureHash(raster, sha256), raster, asked);
      // A click keeps them for what may follow, a file for reports; and a run may go on whose asker has gone.
      if (priority !== 'user' && rung === 'decoded') releasePixels(raster);
      return prediction;
    },
    async classifyAddress(address, request, shown, part = null) {
      const { requestId, sender, priority } = request;
      const asker = askerOf(request);
      // A person's click looks anew: it wants the thumbnail, and may ask because the picture changed. Their own
      // models want the pixels.
      const name = part === null ? address : `${address} ${Object.values(part).join(' ')}`;
      const isLookedAt = priority === 'user' || (await ownModels.hasChosenFor(asker.tabSite));
      const seen = isLookedAt ? null : await recallAddress(name).catch(() => null);
      const known = seen === null ? null : await looks.find(seen, await settings(), asker.place);
      if (seen !== null && known !== null) {
        const way = { rung: 'worker-fetch', inferenceMilliseconds: 0, cached: true } as const;
        return await answers.answerOf(seen, known, asker.place, way);
      }
      await pages.ready;
      const count: CountTraffic = (traffic) => {
        pages.count(sender, traffic);
      };
      // The worker's files are one store for all sites: by its time a label would tell what another had fetched.
      const cache = asker.place.isClick ? 'force-cache' : 'no-store';
      const { bytes, isMadeAnew } = await fetchImage(address, placeOfPage(sender), count, cache);
      pages.count(sender, { refetched: 1, refetchedBytes: bytes.length });
      if (shown !== undefined) {
        if (isMadeAnew) refuseMadeAnew();
        if (pictureFormat(bytes) !== 'svg') assertAsShown(claimedSize(bytes), shown);
      }
      const raster = await decode(bytes, part);
      const picture = await pictureHash(raster, sha256);
      const prediction = await answers.classifyAs(picture, raster, {
        ...{ requestId, priority, asker },
        rung: 'worker-fetch',
      });
      if (!sender.isPrivate) await rememberAddress(name, picture).catch(() => undefined);
      return prediction;
    },
    async classifyFile(bytes) {
      return (await ofFile(bytes)).prediction;
    },
    async lookAtFile(bytes) {
      const { prediction, thumbnail } = await ofFile(bytes);
      const { picture } = prediction;
      const look = await looks.lookOf(picture, FILE_PLACE);
      if (look === null) throw new CodedError('picture-forgotten', 'The look is gone already.');
      return { picture, look, thumbnail };
    },
    takeThumbnail: (requestId) => thumbnails.take(requestId),
  };
}
