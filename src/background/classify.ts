import { pictureHash } from '../core/look/cache-key';
import type { Raster } from '../core/look/raster';
import type { Prediction, Rung } from '../core/saying/prediction';
import { preparations } from '../core/saying/say';
import type { Settings } from '../core/settings/settings';
import type { Looked } from '../inference/engine/look';
import type { Priority } from '../messages/protocol';
import type { Sender } from '../messages/server';
import { recallAddress, rememberAddress } from '../platform/address-memory';
import { openDismissals } from '../platform/dismissal-store';
import { openLooks, type StoredLook } from '../platform/look-store';
import { decodeFile } from './decode';
import type { EngineSettings } from './engine-settings';
import { fetchImage } from './fetch-image';
import type { KnownLooks } from './known-looks';
import { inNextTurn } from './next-turn';
import type { Pages } from './pages';
import type { Lane, Queue } from './queue';
import { keepForReports } from './thumbnails';
import { ownVoice } from './voices';
import { createWaitingThumbnails, type WaitingThumbnails } from './waiting-thumbnails';

/** Stands for no tab, as `chrome.tabs.TAB_ID_NONE`. */
const NO_TAB = -1;

type ContentSender = Extract<Sender, { kind: 'content' }>;

/** For whom a picture is classified. */
type Asker = Pick<ContentSender, 'tabId' | 'documentId' | 'isPrivate'>;

interface Request {
  requestId: string;
  priority: Priority;
  rung: Rung;
  sender: Asker;
}

interface AddressRequest extends Omit<Request, 'rung'> {
  sender: ContentSender;
}

export interface Classifier {
  /** Does ahead what the first picture would otherwise wait for, while there is nothing else to do. */
  prepare(): void;
  /** @throws CodedError of the engine or the queue */
  classify(raster: Raster, request: Request): Promise<Prediction>;
  /** Rung `worker-fetch`: fetches the file, unless this session knows what it shows. @throws CodedError */
  classifyAddress(address: string, request: AddressRequest): Promise<Prediction>;
  /** A picture file, asked for by an extension page: nothing of it is kept. @throws CodedError */
  classifyFile(bytes: Uint8Array<ArrayBuffer>): Promise<Prediction>;
  /** The picture that this request classified, once, as a `data:` URL; null where it is not known (any more). */
  takeThumbnail(requestId: string): Promise<string | null>;
}

interface Services {
  engineSettings: Pick<EngineSettings, 'start'>;
  looks: KnownLooks;
  queue: Queue<Answer>;
  pages: Pages;
  settings: () => Promise<Settings>;
  /** Decodes a picture file; see `decodeFile`. */
  decode?: (bytes: Uint8Array<ArrayBuffer>) => Promise<Raster>;
}

/** What comes out of the queue. */
export type Answer = Looked;

/** How an answer was found. */
type Way = Pick<Prediction, 'rung' | 'inferenceMilliseconds' | 'cached'>;

const sha256 = (bytes: Uint8Array<ArrayBuffer>): Promise<ArrayBuffer> =>
  crypto.subtle.digest('SHA-256', bytes);

/** From pixels to an answer: what is known of the picture, else a run of the model. */
interface Answers {
  answerOf(picture: string, known: StoredLook, asker: Asker, way: Way): Promise<Prediction>;
  classifyAs(picture: string, raster: Raster, request: Request): Promise<Prediction>;
}

function createAnswers(services: Services, thumbnails: WaitingThumbnails): Answers {
  const { engineSettings, looks, queue, pages, settings } = services;

  /**
   * Runs the model. What came out is counted and kept here and not by those who wait for it: they may
   * have gone meanwhile, the picture is known all the same.
   */
  async function infer(
    picture: string,
    raster: Raster,
    chosen: Settings,
    asker: Asker,
    lane: Lane,
  ): Promise<Answer> {
    const { tabId, documentId } = asker;
    await engineSettings.start();
    const { views, minimumConfidence } = chosen;
    const looked = await lane.look(raster, { views, minimumConfidence });
    await pages.ready;
    pages.count({ tabId, documentId }, { inferences: 1 });
    const { look, backend } = looked;
    looks.keep(picture, chosen, { look, backend, said: null }, asker);
    return looked;
  }

  async function answerOf(
    picture: string,
    known: StoredLook,
    asker: Asker,
    way: Way,
  ): Promise<Prediction> {
    const { backend, look } = known;
    const saying = await looks.say(picture, known, asker);
    return { ...saying, picture, backend, variant: look.variant, views: look.views, ...way };
  }

  async function classifyAs(
    picture: string,
    raster: Raster,
    request: Request,
  ): Promise<Prediction> {
    const { requestId, priority, rung, sender } = request;
    const { tabId, documentId } = sender;
    const isFile = rung === 'page-fetch' || rung === 'worker-fetch';
    if (isFile && !sender.isPrivate) keepForReports(picture, raster);
    if (priority === 'user') thumbnails.keep(requestId, raster);
    // Read once: key and look must be of the same settings.
    const chosen = await settings();
    const known = await looks.find(picture, chosen, sender);
    if (known !== null) {
      const way = { rung, inferenceMilliseconds: 0, cached: true };
      return await answerOf(picture, known, sender, way);
    }

    // Of those who ask for one picture at a time, the others have their answer from this one's run.
    const run = { isOurs: false };
    const key = `${looks.keyOf(picture, chosen)}-${chosen.minimumConfidence}`;
    const looked = await queue.submit(key, { requestId, priority, tabId, documentId }, (lane) => {
      run.isOurs = true;
      return infer(picture, raster, chosen, sender, lane);
    });
    const { look, backend, runMilliseconds } = looked;
    return await answerOf(picture, { look, backend, said: null }, sender, {
      rung,
      inferenceMilliseconds: run.isOurs ? runMilliseconds : 0,
      cached: !run.isOurs,
    });
  }

  return { answerOf, classifyAs };
}

export function createClassifier(services: Services): Classifier {
  const { looks, pages, settings, decode = decodeFile } = services;
  const thumbnails = createWaitingThumbnails();
  const answers = createAnswers(services, thumbnails);
  let isPrepared = false;

  return {
    prepare() {
      if (isPrepared) return;
      isPrepared = true;
      openLooks().catch(() => undefined);
      openDismissals().catch(() => undefined);
      settings().then(
        (chosen) => {
          for (const prepare of preparations(ownVoice(chosen))) inNextTurn(prepare);
        },
        () => undefined,
      );
    },
    async classify(raster, request) {
      return await answers.classifyAs(await pictureHash(raster, sha256), raster, request);
    },
    async classifyAddress(address, request) {
      const { sender, priority } = request;
      // A person's click looks anew: it wants the thumbnail, and may ask because the picture changed.
      const seen = priority === 'user' ? null : await recallAddress(address).catch(() => null);
      const known = seen === null ? null : await looks.find(seen, await settings(), sender);
      if (seen !== null && known !== null) {
        const way = { rung: 'worker-fetch', inferenceMilliseconds: 0, cached: true } as const;
        return await answers.answerOf(seen, known, sender, way);
      }
      await pages.ready;
      const bytes = await fetchImage(address, sender.pageAddress, (traffic) => {
        pages.count(sender, traffic);
      });
      pages.count(sender, { refetched: 1, refetchedBytes: bytes.length });
      const raster = await decode(bytes);
      const picture = await pictureHash(raster, sha256);
      const prediction = await answers.classifyAs(picture, raster, {
        ...request,
        rung: 'worker-fetch',
      });
      if (!sender.isPrivate) await rememberAddress(address, picture).catch(() => undefined);
      return prediction;
    },
    async classifyFile(bytes) {
      const raster = await decode(bytes);
      const requestId = crypto.randomUUID();
      // No tab waits for it, and as from a private window neither note nor use of it is stored.
      const sender = { tabId: NO_TAB, documentId: requestId, isPrivate: true };
      try {
        return await answers.classifyAs(await pictureHash(raster, sha256), raster, {
          requestId,
          priority: 'user',
          rung: 'decoded',
          sender,
        });
      } finally {
        thumbnails.drop(requestId);
      }
    },
    takeThumbnail: (requestId) => thumbnails.take(requestId),
  };
}
