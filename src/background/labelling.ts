import browser from 'webextension-polyfill';

import { ALL_SITES, hostPattern, webOrigin } from '../core/address/match-pattern';
import { CodedError } from '../core/errors';
import { mayNotMatch } from '../core/alt-text/mismatch';
import type { Settings } from '../core/settings/settings';
import { askFrame, isTopDocumentThere } from '../messages/client';
import type {
  FrameProgress,
  InactiveState,
  LabellingState,
  PageReport,
  PageState,
  SiteRule,
} from '../messages/protocol';
import type { Sender } from '../messages/server';
import { showProgressBadge } from '../platform/badge';
import { injectScript, registerScript, type InjectedFrame } from '../platform/content-script';
import { loadPause, storePause, type PausedUntil } from '../platform/pause-store';
import { changeSettings, loadSettings } from '../platform/settings-store';
import { sumProgress, type Page, type Pages } from './pages';

/** Longer than a tab takes that is there; one that loads, sleeps or shows a dialog follows when it can. */
const TABS_TIMEOUT_MS = 2000;

type ContentSender = Extract<Sender, { kind: 'content' }>;

export interface Labelling {
  stateForFrame(sender: ContentSender): Promise<LabellingState>;
  /** Notes how far a frame is, and shows it. */
  recordProgress(sender: ContentSender, progress: FrameProgress): Promise<void>;
  labelPage(tabId: number): Promise<PageState>;
  unlabelPage(tabId: number): Promise<PageState>;
  pageState(tabId: number): Promise<PageState>;
  pageReport(tabId: number): Promise<PageReport>;
  setSiteRule(origin: string, rule: SiteRule): Promise<void>;
  setLabelAllSites(enabled: boolean): Promise<void>;
  pause(until: PausedUntil): Promise<void>;
  /** Brings every tab in line with settings, pause and permissions: starts, stops, registers. */
  applyEverywhere(): Promise<void>;
  updateBadge(tabId: number): Promise<void>;
  toggleLabels(tabId: number): Promise<void>;
  /** Has the labelled pages say anew what they show of these pictures, or of all (null). */
  followVoice(pictures: readonly string[] | null, where: { privateOnly: boolean }): Promise<void>;
}

function ruleFor(settings: Settings, origin: string | null): SiteRule {
  if (origin === null) return 'default';
  if (settings.neverSites.includes(origin)) return 'never';
  return settings.alwaysSites.includes(origin) ? 'always' : 'default';
}

async function hasAccess(patterns: readonly string[]): Promise<boolean> {
  return await browser.permissions.contains({ origins: [...patterns] });
}

/** The match patterns of all pages that are to be labelled by themselves and may be. */
async function wantedPatterns(settings: Settings): Promise<string[]> {
  if (settings.labelAllSites && (await hasAccess(ALL_SITES))) return [...ALL_SITES];
  const patterns = new Set<string>();
  for (const origin of settings.alwaysSites) {
    const pattern = hostPattern(origin);
    if (pattern !== null && (await hasAccess([pattern]))) patterns.add(pattern);
  }
  return [...patterns];
}

/** Is the page of this origin to be labelled? `once`: the person asked for this page alone. */
async function decide(
  settings: Settings,
  origin: string | null,
  once: boolean,
): Promise<LabellingState> {
  const pausedUntil = await loadPause();
  if (pausedUntil !== null) {
    return inactive('paused', pausedUntil === 'restart' ? null : pausedUntil);
  }
  const { displayMode, listenerMode, minimumSizePx, shownPredictions } = settings;
  const shown = { displayMode, listenerMode, minimumSizePx, shownPredictions };
  const active = { active: true, ...shown } as const;
  if (once) return active;
  const rule = ruleFor(settings, origin);
  if (rule === 'never') return inactive('never-here');
  if (rule !== 'always' && !settings.labelAllSites) return inactive('off');
  const pattern = origin === null ? null : hostPattern(origin);
  return pattern !== null && (await hasAccess([pattern])) ? active : inactive('no-permission');
}

function inactive(reason: InactiveState['reason'], resumeAt: number | null = null): InactiveState {
  return { active: false, reason, resumeAt };
}

function topOrigin({ frameId, pageAddress, tabAddress }: ContentSender): string | null {
  return webOrigin(tabAddress) ?? (frameId === 0 ? webOrigin(pageAddress) : null);
}

/** Auto-labelling: which pages, from when to when. The pictures themselves come as requests. */
export function createLabelling(pages: Pages, contentScript: string): Labelling {
  /** Tells frames; one that has gone meanwhile needs nothing. */
  async function tell(tabId: number, frameIds: number[], state: LabellingState): Promise<void> {
    await Promise.allSettled(
      frameIds.map((frameId) =>
        state.active
          ? askFrame(tabId, frameId, 'startLabelling', { state })
          : askFrame(tabId, frameId, 'stopLabelling', { state }),
      ),
    );
  }

  function knownFrames(tabId: number): number[] {
    return Object.values(pages.get(tabId)?.frames ?? {}).map(({ frameId }) => frameId);
  }

  /** The page that the tab shows: what is known of one that was left meanwhile is forgotten. */
  async function currentPage(tabId: number): Promise<Page | null> {
    await pages.ready;
    const documentId = pages.get(tabId)?.documentId ?? '';
    if (documentId !== '' && !(await isTopDocumentThere(tabId, documentId))) {
      pages.leave({ tabId, documentId });
    }
    return pages.get(tabId);
  }

  async function start(tabId: number, origin: string | null, once: boolean): Promise<void> {
    const frames: InjectedFrame[] = await injectScript(contentScript, tabId, 'all');
    // The top frame first: it begins the page that the others belong to.
    for (const { frameId, documentId } of frames.sort((a, b) => a.frameId - b.frameId)) {
      pages.enter({ tabId, frameId, documentId }, frameId === 0 ? origin : null);
    }
    if (once) pages.setOnce(tabId, true);
    const state = await decide(await loadSettings(), origin, once);
    await tell(
      tabId,
      frames.map(({ frameId }) => frameId),
      state,
    );
  }

  async function stop(tabId: number, state: InactiveState): Promise<void> {
    await tell(tabId, knownFrames(tabId), state);
  }

  async function applyTo(tab: {
    id?: number | undefined;
    url?: string | undefined;
  }): Promise<void> {
    if (tab.id === undefined) return;
    const page = await currentPage(tab.id);
    const origin = webOrigin(tab.url) ?? page?.origin ?? null;
    const state = await decide(await loadSettings(), origin, page?.once ?? false);
    if (state.active) await start(tab.id, origin, page?.once ?? false);
    else await stop(tab.id, state);
    await updateBadge(tab.id);
  }

  /** One at a time: the browser refuses a script that two register at once, as when access was just given. */
  let registering: Promise<unknown> = Promise.resolve();

  function register(): Promise<void> {
    const turn = registering.then(async () => {
      await registerScript(contentScript, await wantedPatterns(await loadSettings()));
    });
    registering = turn.catch(() => undefined);
    return turn;
  }

  async function applyEverywhere(): Promise<void> {
    await pages.ready;
    await register();
    const tabs = (await browser.tabs.query({})).filter(({ discarded }) => discarded !== true);
    // Tabs that may not be scripted refuse; the others must not suffer from it.
    const applied = Promise.allSettled(tabs.map(applyTo));
    await Promise.race([applied, new Promise((resolve) => setTimeout(resolve, TABS_TIMEOUT_MS))]);
  }

  async function pause(until: PausedUntil): Promise<void> {
    await storePause(until);
    await applyEverywhere();
  }

  async function updateBadge(tabId: number): Promise<void> {
    await pages.ready;
    const page = pages.get(tabId);
    if (page === null) return;
    const state = await decide(await loadSettings(), page.origin, page.once);
    const isPaused = !state.active && state.reason === 'paused';
    await showProgressBadge(tabId, state.active ? sumProgress(page) : null, isPaused);
  }

  async function pageState(tabId: number): Promise<PageState> {
    const tab = await browser.tabs.get(tabId).catch(() => null);
    if (tab === null) throw new CodedError('page-gone', 'The tab was closed.');
    const page = await currentPage(tabId);
    const origin = webOrigin(tab.url) ?? page?.origin ?? null;
    const settings = await loadSettings();
    const state = await decide(settings, origin, page?.once ?? false);
    return {
      labelling: labellingOf(state, origin),
      origin,
      siteRule: ruleFor(settings, origin),
      labelAllSites: settings.labelAllSites,
      pausedUntil: await loadPause(),
      progress: sumProgress(state.active ? page : null),
    };
  }

  return {
    async stateForFrame(sender) {
      const { tabId, frameId } = sender;
      // A sub-frame may ask before its page does, which must not be taken for the one before.
      if (frameId === 0) await pages.ready;
      else await currentPage(tabId);
      const origin = topOrigin(sender);
      pages.enter(sender, origin);
      const page = pages.get(tabId);
      return await decide(
        await loadSettings(),
        origin ?? page?.origin ?? null,
        page?.once ?? false,
      );
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
      pages.setProgress(sender, progress);
      await updateBadge(tabId);
    },
    async labelPage(tabId) {
      await pages.ready;
      const tab = await browser.tabs.get(tabId).catch(() => null);
      if (tab === null) throw new CodedError('page-gone', 'The tab was closed.');
      // Without the pause the other pages go on as well.
      if ((await loadPause()) !== null) await pause(null);
      await start(tabId, webOrigin(tab.url), true);
      return await pageState(tabId);
    },
    async unlabelPage(tabId) {
      await pages.ready;
      pages.setOnce(tabId, false);
      await stop(tabId, inactive('off'));
      await showProgressBadge(tabId, null, false);
      return await pageState(tabId);
    },
    pageState,
    async pageReport(tabId) {
      const tab = await browser.tabs.get(tabId).catch(() => null);
      if (tab === null) throw new CodedError('page-gone', 'The tab was closed.');
      const page = await currentPage(tabId);
      // A frame that has gone meanwhile, or answers nonsense, must not cost the others' images.
      const images = await Promise.all(
        knownFrames(tabId).map((frameId) => frameImages(tabId, frameId).catch(() => [])),
      );
      return {
        url: tab.url ?? page?.origin ?? '',
        isPrivate: tab.incognito,
        images: images.flat(),
        counts: page?.counts ?? { inferences: 0, refetched: 0, refetchedBytes: 0, sentBytes: 0 },
      };
    },
    async setSiteRule(origin, rule) {
      const without = (sites: string[]): string[] => sites.filter((site) => site !== origin);
      await changeSettings(({ alwaysSites, neverSites }) => ({
        alwaysSites: rule === 'always' ? [...without(alwaysSites), origin] : without(alwaysSites),
        neverSites: rule === 'never' ? [...without(neverSites), origin] : without(neverSites),
      }));
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
    updateBadge,
    async toggleLabels(tabId) {
      await pages.ready;
      await Promise.allSettled(
        knownFrames(tabId).map((frameId) => askFrame(tabId, frameId, 'toggleLabels', {})),
      );
    },
    async followVoice(pictures, { privateOnly }) {
      await pages.ready;
      const tabs = await browser.tabs.query({});
      const meant = tabs.filter(({ incognito }) => incognito || !privateOnly);
      const told = meant.flatMap(({ id = -1 }) =>
        knownFrames(id).map((frameId) => askFrame(id, frameId, 'followVoice', { pictures })),
      );
      // A page that sleeps hears it when it can.
      const pause = new Promise((resolve) => setTimeout(resolve, TABS_TIMEOUT_MS));
      await Promise.race([Promise.allSettled(told), pause]);
    },
  };
}

async function frameImages(tabId: number, frameId: number): Promise<PageReport['images']> {
  const found = await askFrame(tabId, frameId, 'getFrameReport', {});
  return found.map((image) => ({
    ...image,
    frameId,
    mismatch: image.prediction === null ? null : mayNotMatch(image.name, image.prediction),
  }));
}

function labellingOf(state: LabellingState, origin: string | null): PageState['labelling'] {
  if (state.active) return 'on';
  if (state.reason === 'paused' || state.reason === 'never-here') return state.reason;
  return origin === null ? 'not-available' : 'off';
}
