import { createOneAtATime } from '../../core/one-at-a-time';
import { browser, type Tabs } from '../../platform/browser';

import { webOrigin } from '../../core/address/match-pattern';
import {
  inactive,
  labelledPatterns,
  type LabellingState,
  type PausedUntil,
} from '../../core/settings/labelling-state';
import { withRule, type SiteRule } from '../../core/settings/site-rules';
import type { FrameProgress, PageReport, PageState } from '../../messages/protocol';
import type { Sender } from '../../messages/server';
import { isAccessGranted } from '../../platform/access';
import { showProgressBadge } from '../../platform/badge';
import { injectScript, registerScript } from '../../platform/content-script';
import { loadPause, storePause } from '../../platform/pause-store';
import { changeSettings, loadSettings } from '../../platform/settings-store';
import type { Pages } from '../pages';
import type { SpokenWords } from '../spoken-words';
import { createLabelledFrames, type LabelledFrames } from './frames';
import { currentPage, pageReport, pageState, stateOf, tabOf, updateBadge } from './page-state';

/** Longer than a tab takes that is there; one that loads, sleeps or shows a dialog follows when it can. */
const TABS_TIMEOUT_MS = 2000;

type ContentSender = Extract<Sender, { kind: 'content' }>;

export interface Labelling extends Pick<
  LabelledFrames,
  'enterLate' | 'toggleLabels' | 'followVoice' | 'askAnew'
> {
  stateForFrame(sender: ContentSender): Promise<LabellingState>;
  /** Notes how far a frame is, and shows it. */
  recordProgress(sender: ContentSender, progress: FrameProgress): Promise<void>;
  labelPage(tabId: number): Promise<PageState>;
  unlabelPage(tabId: number): Promise<PageState>;
  lookAtAll(tabId: number, isWanted: boolean): Promise<PageState>;
  pageState(tabId: number): Promise<PageState>;
  pageReport(tabId: number): Promise<PageReport>;
  setSiteRule(origin: string, rule: SiteRule): Promise<void>;
  setLabelAllSites(enabled: boolean): Promise<void>;
  pause(until: PausedUntil): Promise<void>;
  /** Brings every tab in line with settings, pause and permissions: starts, stops, registers. */
  applyEverywhere(): Promise<void>;
  /** Takes labels and alt texts back on every page, whatever was chosen: the extension goes. */
  leaveEverywhere(): Promise<void>;
  /** Takes away what a version that was replaced has left on pages that may be scripted. */
  takeOverEverywhere(): Promise<void>;
}

function topOrigin({ frameId, pageAddress, tabAddress }: ContentSender): string | null {
  return webOrigin(tabAddress) ?? (frameId === 0 ? webOrigin(pageAddress) : null);
}

/** @returns registers the script for the pages that are to be labelled by themselves */
function createRegistration(contentScript: string): () => Promise<void> {
  /** One at a time: the browser refuses a script that two register at once, as when access was just given. */
  const inTurn = createOneAtATime();
  return () =>
    inTurn(async () => {
      const patterns = await labelledPatterns(await loadSettings(), isAccessGranted);
      await registerScript(contentScript, patterns);
    });
}

async function onEveryTab(apply: (tab: Tabs.Tab) => Promise<void>): Promise<void> {
  const tabs = (await browser.tabs.query({})).filter(({ discarded }) => discarded !== true);
  // Tabs that may not be scripted refuse; the others must not suffer from it.
  const applied = Promise.allSettled(tabs.map(apply));
  await Promise.race([applied, new Promise((resolve) => setTimeout(resolve, TABS_TIMEOUT_MS))]);
}

/** Auto-labelling: which pages, from when to when. The pictures themselves come as requests. */
export function createLabelling(
  pages: Pages,
  contentScript: string,
  spokenWords: Pick<SpokenWords, 'compared'>,
): Labelling {
  const frames = createLabelledFrames(pages, contentScript, spokenWords);
  const register = createRegistration(contentScript);

  async function start(tabId: number, origin: string | null, once: boolean): Promise<void> {
    const entered = await frames.enter(tabId, origin);
    if (once) pages.setOnce(tabId, true);
    const state = await stateOf(await loadSettings(), origin, { once });
    await frames.apply(tabId, state, entered);
  }

  async function applyTo(tab: {
    id?: number | undefined;
    url?: string | undefined;
  }): Promise<void> {
    if (tab.id === undefined) return;
    const page = await currentPage(pages, tab.id);
    const origin = webOrigin(tab.url) ?? page?.origin ?? null;
    const state = await stateOf(await loadSettings(), origin, page);
    if (state.active) await start(tab.id, origin, page?.once ?? false);
    else await frames.apply(tab.id, state);
    await updateBadge(pages, tab.id);
  }

  async function applyEverywhere(): Promise<void> {
    await pages.ready;
    await register();
    await onEveryTab(applyTo);
  }

  async function pause(until: PausedUntil): Promise<void> {
    await storePause(until);
    await applyEverywhere();
  }

  return {
    async stateForFrame(sender) {
      const { tabId, frameId } = sender;
      // A sub-frame may ask before its page does, which must not be taken for the one before.
      if (frameId === 0) await pages.ready;
      else await currentPage(pages, tabId);
      const origin = topOrigin(sender);
      pages.enter(sender, origin);
      const page = pages.get(tabId);
      return await stateOf(await loadSettings(), origin ?? page?.origin ?? null, page);
    },
    async recordProgress(sender, progress) {
      await pages.ready;
      const { tabId, frameId, documentId } = sender;
      const page = pages.get(tabId);
      if (frameId === 0 && page !== null && page.documentId !== documentId) {
        // The last word of a page that was left; or a page that was rendered ahead, as a sub-frame, is shown now.
        if (page.frames[documentId] === undefined) return;
        pages.enter(sender, topOrigin(sender));
      }
      // Answered when it is stored and shown: a frame that gets no answer tells again.
      await Promise.all([pages.setProgress(sender, progress), updateBadge(pages, tabId)]);
    },
    async labelPage(tabId) {
      await pages.ready;
      const tab = await tabOf(tabId);
      // Without the pause the other pages go on as well.
      if ((await loadPause()) !== null) await pause(null);
      await start(tabId, webOrigin(tab.url), true);
      return await pageState(pages, tabId);
    },
    async unlabelPage(tabId) {
      await pages.ready;
      pages.setOnce(tabId, false);
      await frames.apply(tabId, inactive('off'));
      await showProgressBadge(tabId, null, false);
      return await pageState(pages, tabId);
    },
    async lookAtAll(tabId, isWanted) {
      await pages.ready;
      await frames.lookAtAll(tabId, isWanted);
      return await pageState(pages, tabId);
    },
    pageState: (tabId) => pageState(pages, tabId),
    pageReport: (tabId) => pageReport(pages, frames, tabId),
    async leaveEverywhere() {
      await pages.ready;
      await onEveryTab(async ({ id }) => {
        if (id !== undefined) await frames.apply(id, inactive('off'));
      });
    },
    takeOverEverywhere: () =>
      onEveryTab(async ({ id }) => {
        if (id !== undefined) await injectScript(contentScript, id, 'all');
      }),
    async setSiteRule(origin, rule) {
      await changeSettings((settings) => withRule(settings, origin, rule));
      if (rule === 'never') {
        await pages.ready;
        for (const tabId of pages.tabIds()) {
          if (pages.get(tabId)?.origin === origin) pages.setOnce(tabId, false);
        }
      }
      await applyEverywhere();
    },
    async setLabelAllSites(enabled) {
      await changeSettings({ labelAllSites: enabled });
      await applyEverywhere();
    },
    pause,
    applyEverywhere,
    enterLate: (tabId) => frames.enterLate(tabId),
    toggleLabels: (tabId) => frames.toggleLabels(tabId),
    followVoice: (...word) => frames.followVoice(...word),
    askAnew: (sites) => frames.askAnew(sites),
  };
}
