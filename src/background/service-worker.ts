/**
 * The service worker: wires. Every listener is registered in the first turn; waiting happens inside.
 * Not named index.ts: crxjs finds a built entry by its base name, and took the content script's.
 */
import browser, { type Tabs } from 'webextension-polyfill';

import altTextsScript from '../content/alt-texts.ts?script&iife';
import describeScript from '../content/index.ts?script&iife';
import labelScript from '../content/label-pages.ts?script&iife';
import { poolSize } from '../core/pool-size';
import { createEngine } from '../inference/engine/engine';
import { fetchPackageFile } from '../inference/model/package-file';
import { serve } from '../messages/server';
import { injectScript } from '../platform/content-script';
import { loadBackends, rememberBackends } from '../platform/backend-store';
import { adoptSyncedSettings, loadSettings, onSyncedSettings } from '../platform/settings-store';
import { attendedFrame } from './attended-frame';
import { createClassifier, type Answer } from './classify';
import { createCpuPool } from './cpu-pool';
import { describeImage, type Asked } from './describe-image';
import { createEngineSettings } from './engine-settings';
import { createHandlers } from './handlers';
import { runActionItem } from './label-menu';
import { createLabelling } from './labelling';
import { createLanes } from './lanes';
import { importTensorflow, loadTensorflow } from './load-tensorflow';
import { createMenus, isActionItem, isPageItem } from './menus';
import { createOffscreenHost, hasOffscreenDocuments } from './offscreen-document';
import { createPages } from './pages';
import { createQueue } from './queue';
import { unawaited } from './unawaited';
import { openWelcome } from './welcome';

/** Workers for when there is no GPU and much to do. */
function workersHere(): number {
  const { hardwareConcurrency, deviceMemory } = navigator as WorkerNavigator & {
    deviceMemory?: number;
  };
  return hasOffscreenDocuments() ? poolSize(hardwareConcurrency, deviceMemory) : 0;
}

const ownEngine = createEngine({
  models: __MODELS__,
  fetchFile: fetchPackageFile,
  loadTensorflow,
});
const engineSettings = createEngineSettings(ownEngine, loadSettings, {
  load: loadBackends,
  store: rememberBackends,
});
const pool = createCpuPool(createOffscreenHost(), workersHere());
const queue = createQueue<Answer>();
const lanes = createLanes({ queue, engine: ownEngine, pool });
const pages = createPages((isOver) => {
  queue.cancel(isOver);
});
const labelling = createLabelling(pages, labelScript);
const classifier = createClassifier({
  engineSettings,
  models: __MODELS__,
  queue,
  pages,
  settings: loadSettings,
  version: browser.runtime.getManifest().version,
});

async function loadAltTexts(tabId: number, frameId: number): Promise<void> {
  await injectScript(altTextsScript, tabId, frameId);
}

serve(
  createHandlers({ engine: lanes, engineSettings, classifier, queue, labelling, loadAltTexts }),
);

function describe(tab: Tabs.Tab, frameId: number, asked: Asked, requestedAt = Date.now()): void {
  unawaited(describeImage(describeScript, tab, frameId, asked, requestedAt));
  // The model loads while the page's script finds the image. The classification waits for the same
  // start and tells the person what failed.
  unawaited(engineSettings.start());
  classifier.prepare();
}

/** A shortcut names no frame. */
async function describeAttended(
  tab: Tabs.Tab,
  tabId: number,
  answer: Asked['answer'],
): Promise<void> {
  const requestedAt = Date.now();
  const frameId = await attendedFrame(describeScript, tabId);
  const asked: Asked = { target: 'focused', srcUrl: null, frameUrl: null, answer };
  describe(tab, frameId, asked, requestedAt);
}

addEventListener('install', importTensorflow);

browser.runtime.onInstalled.addListener(({ reason }) => {
  unawaited(createMenus());
  unawaited(openWelcome(reason));
  unawaited(labelling.applyEverywhere());
});

browser.runtime.onStartup.addListener(() => {
  unawaited(labelling.applyEverywhere());
});

browser.contextMenus.onClicked.addListener((info, tab) => {
  if (tab === undefined) return;
  const { menuItemId, frameId, srcUrl, frameUrl, pageUrl } = info;
  if (isPageItem(menuItemId)) {
    describe(tab, frameId ?? 0, {
      target: menuItemId === 'classify-image' ? 'image' : 'here',
      srcUrl: srcUrl ?? null,
      frameUrl: frameUrl ?? null,
      answer: 'card',
    });
  } else if (isActionItem(menuItemId) && tab.id !== undefined) {
    unawaited(runActionItem(menuItemId, tab.id, tab.url ?? pageUrl, labelling));
  }
});

browser.commands.onCommand.addListener((command, tab) => {
  if (tab?.id === undefined) return;
  if (command === 'describe-image' || command === 'speak-image') {
    const answer = command === 'describe-image' ? 'card' : 'speech';
    unawaited(describeAttended(tab, tab.id, answer));
  } else if (command === 'toggle-labels') {
    unawaited(labelling.toggleLabels(tab.id));
  }
});

/** Another browser of the person changed the settings. */
async function adoptSettings(): Promise<void> {
  if (!(await adoptSyncedSettings())) return;
  await Promise.all([engineSettings.apply(), labelling.applyEverywhere()]);
}
onSyncedSettings(() => {
  unawaited(adoptSettings());
});

// Access may be given and taken back in the browser's own settings at any time.
browser.permissions.onAdded.addListener(() => {
  unawaited(labelling.applyEverywhere());
});
browser.permissions.onRemoved.addListener(() => {
  unawaited(labelling.applyEverywhere());
});

browser.tabs.onRemoved.addListener((tabId) => {
  pages.forget(tabId);
});
