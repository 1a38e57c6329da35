import { cacheKey, pictureHash } from '../core/look/cache-key';
import { describe, type OwnChoices, preparations } from '../core/saying/describe';
import { sayingOf, withDismissal } from '../core/saying/dismissal';
import type { Prediction, Rung } from '../core/saying/prediction';
import type { Raster } from '../core/look/raster';
import type { Settings } from '../core/settings/settings';
import type { ModelManifest } from '../inference/engine/engine';
import type { Priority } from '../messages/protocol';
import type { Sender } from '../messages/server';
import { recallAddress, rememberAddress } from '../platform/address-memory';
import { isDismissed, openDismissals } from '../platform/dismissal-store';
import {
  findPrediction,
  openPredictions,
  storePrediction,
  type StoredPrediction,
} from '../platform/prediction-store';
import { decodeFile } from './decode';
import type { EngineSettings } from './engine-settings';
import { fetchImage } from './fetch-image';
import { inNextTurn } from './next-turn';
import type { Pages } from './pages';
import type { Lane, Queue } from './queue';
import { keepForReports, makeThumbnail } from './thumbnails';

/** Thumbnails wait here for the outcome of their request, which the page sends when its card is shown. */
const MAX_WAITING_THUMBNAILS = 16;

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
  models: ModelManifest;
  queue: Queue<Answer>;
  pages: Pages;
  settings: () => Promise<Settings>;
  version: string;
}

/** What comes out of the queue: the stored part, and how long the model ran. */
export interface Answer {
  prediction: StoredPrediction;
  inferenceMilliseconds: number;
}

function ownChoices(settings: Settings): Required<OwnChoices> {
  const { allowedSynsets, deniedSynsets, minimumConfidence } = settings;
  return { allow: allowedSynsets, deny: deniedSynsets, minimumConfidence };
}

/** Empty where the person chose nothing. */
function choicesKey({ allow, deny, minimumConfidence }: Required<OwnChoices>): string {
  const isAsBuilt = allow.length === 0 && deny.length === 0 && minimumConfidence === 0;
  return isAsBuilt ? '' : JSON.stringify([[...allow].sort(), [...deny].sort(), minimumConfidence]);
}

const sha256 = (bytes: Uint8Array<ArrayBuffer>): Promise<ArrayBuffer> =>
  crypto.subtle.digest('SHA-256', bytes);

export function createClassifier(services: Services): Classifier {
  const { engineSettings, models, queue, pages, settings, version } = services;
  const thumbnails = new Map<string, Promise<string | null>>();

  function keepThumbnail(requestId: string, raster: Raster): void {
    thumbnails.set(
      requestId,
      makeThumbnail(raster).catch(() => null),
    );
    const [oldest] = thumbnails.keys();
    if (thumbnails.size > MAX_WAITING_THUMBNAILS && oldest !== undefined) thumbnails.delete(oldest);
  }

  /**
   * Runs the model. What came out is counted and kept here and not by those who wait for it: they may
   * have gone meanwhile, the picture is known all the same.
   */
  async function infer(
    key: string,
    raster: Raster,
    chosen: Settings,
    { tabId, documentId, isPrivate }: Asker,
    lane: Lane,
  ): Promise<Answer> {
    await engineSettings.start();
    const { views, minimumConfidence } = chosen;
    const look = await lane.look(raster, { views, minimumConfidence });
    const { backend, variant, runMilliseconds } = look;
    const { width, height } = raster;
    const prediction: StoredPrediction = {
      ...describe(look, { width, height, pixels: look.pixels }, ownChoices(chosen)),
      backend,
      variant,
      views: look.views,
    };
    await pages.ready;
    pages.count({ tabId, documentId }, { inferences: 1 });
    // The person may have chosen another model while this picture waited: the key names the former one.
    if (!isPrivate && variant === chosen.variant) {
      storePrediction(key, prediction);
    }
    return { prediction, inferenceMilliseconds: runMilliseconds };
  }

  async function keyOf(picture: string, chosen: Settings): Promise<string> {
    const { variant, views } = chosen;
    const { weightsSha256 } = models[variant];
    const choices = choicesKey(ownChoices(chosen));
    return await cacheKey(picture, { variant, weightsSha256, views, version, choices }, sha256);
  }

  /** The cache is a convenience: a broken database costs time, never an answer. */
  async function recall(key: string, { isPrivate }: Asker): Promise<StoredPrediction | null> {
    return await findPrediction(key, { touch: !isPrivate }).catch(() => null);
  }

  /** The answer for a picture, silent where the person has dismissed what would be said. */
  async function answerOf(
    prediction: Omit<Prediction, 'dismissed'>,
    { isPrivate }: Asker,
  ): Promise<Prediction> {
    const said: Prediction = { ...prediction, dismissed: null };
    const synset = sayingOf(said)?.synset;
    if (synset === undefined) return said;
    const { picture } = prediction;
    const isWrong = isDismissed({ picture, synset }, { touch: !isPrivate });
    return withDismissal(said, await isWrong.catch(() => false));
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
    if (priority === 'user') keepThumbnail(requestId, raster);
    // Read once: key and answer must be of the same settings.
    const chosen = await settings();
    const key = await keyOf(picture, chosen);
    const known = await recall(key, sender);
    if (known !== null) {
      const answer = { ...known, picture, rung, inferenceMilliseconds: 0, cached: true };
      return await answerOf(answer, sender);
    }

    // Of those who ask for one picture at a time, the others have their answer from this one's run.
    const run = { isOurs: false };
    const answer = await queue.submit(key, { requestId, priority, tabId, documentId }, (lane) => {
      run.isOurs = true;
      return infer(key, raster, chosen, sender, lane);
    });
    return await answerOf(
      {
        ...answer.prediction,
        picture,
        rung,
        inferenceMilliseconds: run.isOurs ? answer.inferenceMilliseconds : 0,
        cached: !run.isOurs,
      },
      sender,
    );
  }

  let isPrepared = false;

  return {
    prepare() {
      if (isPrepared) return;
      isPrepared = true;
      openPredictions().catch(() => undefined);
      openDismissals().catch(() => undefined);
      settings().then(
        (chosen) => {
          for (const prepare of preparations(ownChoices(chosen))) inNextTurn(prepare);
        },
        () => undefined,
      );
    },
    async classify(raster, request) {
      return await classifyAs(await pictureHash(raster, sha256), raster, request);
    },
    async classifyAddress(address, request) {
      const { sender, priority } = request;
      // A person's click looks anew: it wants the thumbnail, and may ask because the picture changed.
      const seen = priority === 'user' ? null : await recallAddress(address).catch(() => null);
      const known =
        seen === null ? null : await recall(await keyOf(seen, await settings()), sender);
      if (seen !== null && known !== null) {
        const way = { rung: 'worker-fetch', inferenceMilliseconds: 0, cached: true } as const;
        return await answerOf({ ...known, picture: seen, ...way }, sender);
      }
      const bytes = await fetchImage(address, sender.pageAddress);
      await pages.ready;
      pages.count(sender, { refetched: 1, refetchedBytes: bytes.length });
      const raster = await decodeFile(bytes);
      const picture = await pictureHash(raster, sha256);
      const prediction = await classifyAs(picture, raster, { ...request, rung: 'worker-fetch' });
      if (!sender.isPrivate) await rememberAddress(address, picture).catch(() => undefined);
      return prediction;
    },
    async classifyFile(bytes) {
      const raster = await decodeFile(bytes);
      const requestId = crypto.randomUUID();
      // No tab waits for it, and as from a private window neither note nor use of it is stored.
      const sender = { tabId: NO_TAB, documentId: requestId, isPrivate: true };
      try {
        return await classifyAs(await pictureHash(raster, sha256), raster, {
          requestId,
          priority: 'user',
          rung: 'decoded',
          sender,
        });
      } finally {
        thumbnails.delete(requestId);
      }
    },
    async takeThumbnail(requestId) {
      const thumbnail = thumbnails.get(requestId);
      thumbnails.delete(requestId);
      return (await thumbnail) ?? null;
    },
  };
}
