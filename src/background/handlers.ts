import type { Dismissal } from '../core/saying/dismissal';
import { keptBackBy } from '../core/saying/keeps-back';
import { lineageOf } from '../core/saying/lineage';
import type { Prediction } from '../core/saying/prediction';
import type { Settings } from '../core/settings/settings';
import type { Engine } from '../inference/engine/engine';
import type { PartName } from '../messages/protocol';
import type { Handlers, Sender } from '../messages/server';
import { forgetAddresses } from '../platform/address-memory';
import { countDismissals, forgetDismissals, storeDismissals } from '../platform/dismissal-store';
import { forgetLooks, measureLooks } from '../platform/look-store';
import { forgetOutcomes, loadOutcomes } from '../platform/outcome-store';
import { loadTaught } from '../platform/own-label-store';
import { forgetPrivateDismissals } from '../platform/private-dismissals';
import { deleteReports } from '../platform/report-store';
import { insertStyles } from '../platform/content-script';
import { captureTab } from '../platform/screen';
import { changeSettings, loadSettings } from '../platform/settings-store';
import { forgetThumbnails } from '../platform/thumbnail-store';
import type { Classifier } from './classify';
import { decodeCrop } from './decode';
import type { EngineSettings } from './engine-settings';
import { tellUnshown } from './describe-image';
import { fetchImage } from './fetch-image';
import type { VoiceFollowers } from './follow-voice';
import { type KnownLooks, speakingPlace } from './known-looks';
import type { Labelling } from './labelling/labelling';
import type { Outcomes } from './outcomes';
import { ownLabelHandlers } from './own-label-handlers';
import type { ExportLabelModel } from './own-label-model';
import type { OwnLabels } from './own-labels';
import { ownAnswers, ownModelHandlers } from './own-model-handlers';
import type { OwnModels } from './own-models';
import type { Pages } from './pages';
import type { Queue, Requester } from './queue';
import type { SpokenWords } from './spoken-words';
import { unawaited } from './unawaited';
import type { SeekTwo } from './two-things';
import type { Voices } from './voices';
import type { Places } from './where';
import { readWeakWords } from './weak-words';

export interface Services {
  engine: Pick<Engine, 'status'>;
  engineSettings: EngineSettings;
  classifier: Classifier;
  queue: Pick<Queue<unknown, unknown>, 'cancel' | 'setPriority'>;
  labelling: Labelling;
  pages: Pick<Pages, 'ready' | 'count' | 'setUnshown'>;
  looks: Pick<KnownLooks, 'sayAgain' | 'lookOf'>;
  ownLabels: OwnLabels;
  ownModels: OwnModels;
  exportLabelModel: ExportLabelModel;
  settings: () => Promise<Settings>;
  spokenWords: SpokenWords;
  voices: Pick<Voices, 'judge'>;
  followers: VoiceFollowers;
  outcomes: Outcomes;
  /** Asks the person for access to these match patterns. */
  requestAccess: (origins: string[]) => Promise<boolean>;
  places: Pick<Places, 'inPicture' | 'inFile' | 'rasterOf'>;
  seekTwo: SeekTwo;
  /** Puts a content script that another one needs into a frame. */
  loadPart: (part: PartName, tabId: number, frameId: number) => Promise<void>;
}

type ContentSender = Extract<Sender, { kind: 'content' }>;

/** Ids are the word of a page's renderer: it speaks for its own document alone. */
function isOneOf(
  requestIds: readonly string[],
  { documentId }: { documentId: string },
): (asked: Requester) => boolean {
  const meant = new Set(requestIds);
  return (asked) => asked.documentId === documentId && meant.has(asked.requestId);
}

/** Pictures that a page shows, and what becomes of their requests. */
function pictureHandlers(services: Services) {
  const { classifier, seekTwo, outcomes, places, queue, requestAccess } = services;

  /** A person has the answer; what models of their own say follows. */
  function answered(
    requestId: string,
    sender: ContentSender,
    answer: { source: string | null; prediction: Prediction },
  ): void {
    const { picture } = answer.prediction;
    outcomes.answered(requestId, sender, answer);
    if (sender.isPrivate) return;
    const asking = ownAnswers(services, picture, sender);
    unawaited(
      asking.then((own) => (own.length === 0 ? undefined : outcomes.alsoSaid(picture, { own }))),
    );
  }

  return {
    async classifyPixels({ pixels, width, height, source, ...request }, sender) {
      const { requestId, priority } = request;
      const data = new Uint8ClampedArray(await pixels.arrayBuffer());
      const raster = { width, height, data };
      const prediction = await classifier.classify(raster, { ...request, sender });
      if (priority === 'user') answered(requestId, sender, { source, prediction });
      return prediction;
    },
    async classifyAddress({ address, shown, part, ...request }, sender) {
      const { requestId, priority } = request;
      const asked = { ...request, sender };
      const prediction = await classifier.classifyAddress(address, asked, shown, part);
      if (priority === 'user') answered(requestId, sender, { source: address, prediction });
      return prediction;
    },
    async classifyScreen({ requestId, rect, viewport, source, language }, sender) {
      const screenshot = await captureTab(sender.tabId);
      const raster = await decodeCrop(screenshot, (screenshotWidth) => {
        const scale = screenshotWidth / viewport.width;
        return {
          x: Math.round(rect.x * scale),
          y: Math.round(rect.y * scale),
          width: Math.max(1, Math.round(rect.width * scale)),
          height: Math.max(1, Math.round(rect.height * scale)),
        };
      });
      const asked = { requestId, priority: 'user', rung: 'screen', sender, language } as const;
      const prediction = await classifier.classify(raster, asked);
      answered(requestId, sender, { source, prediction });
      return prediction;
    },
    seeWhere: ({ picture, synset }, { documentId }) =>
      places.inPicture(picture, synset, documentId),
    seekTwo: ({ picture, ...of }, sender) =>
      seekTwo(picture, speakingPlace(sender, { ...of, isClick: true })),
    async recordOutcome(ending, sender) {
      const thumbnail = await classifier.takeThumbnail(ending.requestId);
      await outcomes.record(ending, sender, thumbnail);
      return null;
    },
    async requestAccess({ origins }) {
      // The person's click counts only in this turn: nothing may be awaited before.
      return { granted: await requestAccess(origins) };
    },
    cancelRequests({ requestIds }, sender) {
      queue.cancel(isOneOf(requestIds, sender));
      return Promise.resolve(null);
    },
    setPriorities({ requestIds, priority }, sender) {
      queue.setPriority(isOneOf(requestIds, sender), priority);
      return Promise.resolve(null);
    },
  } satisfies Partial<Handlers>;
}

/** What frames that are labelled ask and tell, and a person's word on their labels. */
function frameHandlers({ labelling, pages, loadPart, looks, voices, followers }: Services) {
  return {
    getLabellingState: (_fields, sender) => labelling.stateForFrame(sender),
    async loadPart({ part }, { tabId, frameId }) {
      await loadPart(part, tabId, frameId);
      return null;
    },
    readWeakWords: ({ languages }) => readWeakWords(languages),
    async reportProgress({ progress }, sender) {
      await labelling.recordProgress(sender, progress);
      return null;
    },
    async enterFrames(_fields, { tabId }) {
      await labelling.enterLate(tabId);
      return null;
    },
    async reportUnshown(_fields, sender) {
      await pages.ready;
      pages.setUnshown(sender);
      await tellUnshown(sender.tabId);
      return null;
    },
    async showWhileHere({ name, isInTop }, { tabId, frameId }) {
      const styles = `.${name}{--${name}:block!important}`;
      await insertStyles(styles, tabId, isInTop ? 0 : frameId);
      return null;
    },
    async reportTraffic({ traffic }, sender) {
      await pages.ready;
      pages.count(sender, traffic);
      return null;
    },
    async setDismissal({ picture, synset, isDismissed, ...of }, sender) {
      const place = speakingPlace(sender, { ...of, isClick: true });
      const { isPrivate } = place;
      const look = await looks.lookOf(picture, place);
      const words = await voices.judge({ picture, synset }, look, isDismissed, { isPrivate });
      // Its copies in other sizes follow: which they are nobody knows, but they are called alike.
      const labels = isPrivate ? [] : keptBackBy(words);
      await followers.follow({ pictures: [picture], labels }, { privateOnly: isPrivate });
      return await looks.sayAgain(picture, place);
    },
    sayAgain({ pictures, ...of }, sender) {
      const place = speakingPlace(sender, { ...of, isPrivate: false, isClick: false });
      return Promise.all(pictures.map((picture) => looks.sayAgain(picture, place)));
    },
  } satisfies Partial<Handlers>;
}

/** Engine, settings and the list of results, for the extension's own pages. */
function engineHandlers(services: Services) {
  const { engine, engineSettings, followers, labelling, spokenWords } = services;
  return {
    getEngineStatus: () =>
      Promise.resolve({ ...engine.status(), brokenWords: spokenWords.broken() }),
    async startEngine() {
      // A failure is part of the status: the popup shows it with its reasons.
      await engineSettings.start().catch(() => undefined);
      return engine.status();
    },
    benchmarkBackend: ({ backend }) => engineSettings.benchmark(backend),
    cancelBenchmark() {
      engineSettings.cancelBenchmark();
      return Promise.resolve(null);
    },
    getSettings: loadSettings,
    async setSettings({ settings }) {
      const result = await followers.whileChanging(() => changeSettings(settings));
      // A benchmark may run for a minute: the answer does not wait for it. The next picture tries again.
      engineSettings.apply().catch(() => undefined);
      await labelling.applyEverywhere();
      return result;
    },
    getRecentOutcomes: loadOutcomes,
    async clearRecentOutcomes() {
      await forgetOutcomes();
      return null;
    },
  } satisfies Partial<Handlers>;
}

/** What a person does with a tab, a site or a file in the extension's own pages. */
function choiceHandlers({ classifier, labelling, places, spokenWords }: Services) {
  return {
    labelPage: ({ tabId }) => labelling.labelPage(tabId),
    unlabelPage: ({ tabId }) => labelling.unlabelPage(tabId),
    lookAtAll: ({ tabId, isWanted }) => labelling.lookAtAll(tabId, isWanted),
    getPageState: ({ tabId }) => labelling.pageState(tabId),
    getPageReport: ({ tabId }) => labelling.pageReport(tabId),
    classifyFile: ({ bytes }) => classifier.classifyFile(new Uint8Array(bytes)),
    seeWhereInFile: ({ bytes, synset }) => places.inFile(new Uint8Array(bytes), synset),
    // The person named the address: one in their own network is theirs to name. No page counts the request.
    fetchFile: async ({ address }) =>
      (await fetchImage(address, address, () => undefined)).bytes.buffer,
    async getLineage({ predictions, language }) {
      return lineageOf(predictions, await spokenWords.of(language));
    },
    async setSiteRule({ origin, rule }) {
      await labelling.setSiteRule(origin, rule);
      return null;
    },
    async setLabelAllSites({ enabled }) {
      await labelling.setLabelAllSites(enabled);
      return null;
    },
    async pauseLabelling({ until }) {
      await labelling.pause(until);
      return null;
    },
  } satisfies Partial<Handlers>;
}

/** What is remembered: answers, and the labels that a person dismissed. */
function memoryHandlers({ followers, ownLabels, ownModels }: Services) {
  async function clearCache(): Promise<null> {
    await Promise.all([forgetLooks(), forgetAddresses(), forgetThumbnails()]);
    return null;
  }

  async function followAll(dismissals: readonly Dismissal[]): Promise<void> {
    const pictures = dismissals.map(({ picture }) => picture);
    const labels = keptBackBy(dismissals.map(({ synset }) => synset));
    await followers.follow({ pictures, labels }, { privateOnly: false });
  }

  return {
    getCacheSize: measureLooks,
    clearCache,
    async forgetEverything() {
      const { labels } = await loadTaught();
      await Promise.all([
        ...[clearCache(), ownLabels.forget(labels.map(({ id }) => id)), ownModels.forgetAll()],
        ...[forgetDismissals(), forgetPrivateDismissals(), forgetOutcomes(), deleteReports()],
      ]);
      await followers.follow(null, { privateOnly: false });
      return null;
    },
    countDismissals,
    async forgetDismissals() {
      const forgotten = await forgetDismissals();
      await followAll(forgotten);
      return forgotten;
    },
    async restoreDismissals({ dismissals }) {
      await storeDismissals(dismissals);
      await followAll(dismissals);
      return null;
    },
  } satisfies Partial<Handlers>;
}

/** The answers to every message, one entry a message. */
export function createHandlers(services: Services): Handlers {
  return {
    ...pictureHandlers(services),
    ...frameHandlers(services),
    ...engineHandlers(services),
    ...choiceHandlers(services),
    ...memoryHandlers(services),
    ...ownLabelHandlers(services),
    ...ownModelHandlers(services),
  };
}
