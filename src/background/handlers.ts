import browser from 'webextension-polyfill';

import type { Dismissal } from '../core/saying/dismissal';
import { lineageOf } from '../core/saying/lineage';
import type { Engine } from '../inference/engine/engine';
import type { Outcome } from '../messages/protocol';
import type { Handlers } from '../messages/server';
import { forgetAddresses } from '../platform/address-memory';
import {
  countDismissals,
  forgetDismissals,
  isDismissed as findDismissal,
  removeDismissal,
  storeDismissals,
} from '../platform/dismissal-store';
import {
  dismissInOutcomes,
  forgetOutcomes,
  loadOutcomes,
  rememberOutcome,
} from '../platform/outcome-store';
import { forgetPredictions, measurePredictions } from '../platform/prediction-store';
import { captureTab } from '../platform/screen';
import { changeSettings, loadSettings } from '../platform/settings-store';
import { forgetThumbnails } from '../platform/thumbnail-store';
import type { Classifier, Answer } from './classify';
import { decodeCrop } from './decode';
import type { EngineSettings } from './engine-settings';
import { fetchImage } from './fetch-image';
import type { Labelling } from './labelling/labelling';
import type { Pages } from './pages';
import type { Queue, Requester } from './queue';

export interface Services {
  engine: Pick<Engine, 'status'>;
  engineSettings: EngineSettings;
  classifier: Classifier;
  queue: Queue<Answer>;
  labelling: Labelling;
  pages: Pick<Pages, 'ready' | 'count'>;
  /** Puts the content script for alt texts into a frame. */
  loadAltTexts: (tabId: number, frameId: number) => Promise<void>;
}

/** Ids are the word of a page's renderer: it speaks for its own document alone. */
function isOneOf(
  requestIds: readonly string[],
  { documentId }: { documentId: string },
): (asked: Requester) => boolean {
  const meant = new Set(requestIds);
  return (asked) => asked.documentId === documentId && meant.has(asked.requestId);
}

/** All that shows a label goes by the person's word on it. */
async function follow(
  labelling: Labelling,
  dismissals: Dismissal[],
  isDismissed: boolean,
): Promise<void> {
  await Promise.all([
    dismissInOutcomes(dismissals, isDismissed),
    labelling.followDismissals(dismissals, isDismissed, { privateOnly: false }),
  ]);
}

/** Pictures that a page shows, and what becomes of their requests. */
function pictureHandlers({ classifier, queue }: Services) {
  return {
    async classifyPixels({ requestId, pixels, width, height, rung, priority }, sender) {
      const data = new Uint8ClampedArray(await pixels.arrayBuffer());
      const raster = { width, height, data };
      return await classifier.classify(raster, { requestId, priority, rung, sender });
    },
    async classifyAddress({ requestId, address, priority }, sender) {
      return await classifier.classifyAddress(address, { requestId, priority, sender });
    },
    async classifyScreen({ requestId, rect, viewport }, sender) {
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
      return await classifier.classify(raster, {
        requestId,
        priority: 'user',
        rung: 'screen',
        sender,
      });
    },
    async recordOutcome({ outcome }, { isPrivate }) {
      const thumbnail = await classifier.takeThumbnail(outcome.id);
      // What is looked at in a private window leaves no note anywhere.
      if (!isPrivate) await rememberOutcome({ ...outcome, thumbnail } satisfies Outcome);
      return null;
    },
    async requestAccess({ origins }) {
      // The person's click counts only in this turn: nothing may be awaited before.
      const granted = await browser.permissions.request({ origins });
      return { granted };
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
function frameHandlers({ labelling, pages, loadAltTexts }: Services) {
  return {
    getLabellingState: (_fields, sender) => labelling.stateForFrame(sender),
    async loadAltTexts(_fields, { tabId, frameId }) {
      await loadAltTexts(tabId, frameId);
      return null;
    },
    async reportProgress({ progress }, sender) {
      await labelling.recordProgress(sender, progress);
      return null;
    },
    async reportTraffic({ traffic }, sender) {
      await pages.ready;
      pages.count(sender, traffic);
      return null;
    },
    async setDismissal({ picture, synset, isDismissed, isPrivate }, sender) {
      const dismissal = { picture, synset };
      if (isPrivate || (sender.kind === 'content' && sender.isPrivate)) {
        await labelling.followDismissals([dismissal], isDismissed, { privateOnly: true });
        return null;
      }
      await (isDismissed ? storeDismissals([dismissal]) : removeDismissal(dismissal));
      await follow(labelling, [dismissal], isDismissed);
      return null;
    },
  } satisfies Partial<Handlers>;
}

/** Engine, settings and the list of results, for the extension's own pages. */
function engineHandlers({ engine, engineSettings, labelling }: Services) {
  return {
    getEngineStatus: () => Promise.resolve(engine.status()),
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
      const result = await changeSettings(settings);
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
function choiceHandlers({ classifier, labelling }: Services) {
  return {
    labelPage: ({ tabId }) => labelling.labelPage(tabId),
    unlabelPage: ({ tabId }) => labelling.unlabelPage(tabId),
    getPageState: ({ tabId }) => labelling.pageState(tabId),
    getPageReport: ({ tabId }) => labelling.pageReport(tabId),
    classifyFile: ({ bytes }) => classifier.classifyFile(new Uint8Array(bytes)),
    // The person named the address: one in their own network is theirs to name. No page counts the request.
    fetchFile: async ({ address }) => (await fetchImage(address, address, () => undefined)).buffer,
    getLineage: ({ predictions }) => Promise.resolve(lineageOf(predictions)),
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
function memoryHandlers({ labelling }: Services) {
  return {
    getCacheSize: measurePredictions,
    async clearCache() {
      await Promise.all([forgetPredictions(), forgetAddresses(), forgetThumbnails()]);
      return null;
    },
    findDismissals: ({ labels }) =>
      Promise.all(labels.map((label) => findDismissal(label, { touch: false }))),
    countDismissals,
    async forgetDismissals() {
      const forgotten = await forgetDismissals();
      await follow(labelling, forgotten, false);
      return forgotten;
    },
    async restoreDismissals({ dismissals }) {
      await storeDismissals(dismissals);
      await follow(labelling, dismissals, true);
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
  };
}
