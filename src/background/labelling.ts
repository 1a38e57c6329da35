import browser from 'webextension-polyfill';

import { ALL_SITES, hostPattern, webOrigin } from '../core/match-pattern';
import { CodedError } from '../core/errors';
import { mayNotMatch } from '../core/mismatch';
import type { Settings } from '../core/settings';
import { askFrame } from '../messages/client';
import type { LabellingState, PageReport, PageState, SiteRule } from '../messages/protocol';
import type { Sender } from '../messages/server';
import { showProgressBadge } from '../platform/badge';
import { injectScript, registerScript, type InjectedFrame } from '../platform/content-script';
import { loadPause, storePause, type PausedUntil } from '../platform/pause-store';
import { changeSettings, loadSettings } from '../platform/settings-store';
import { sumProgress, type Pages } from './pages';

type ContentSender = Extract<Sender, { kind: 'content' }>;

export interface Labelling {
  stateForFrame(sender: ContentSender): Promise<LabellingState>;
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
  if ((await loadPause()) !== null) return { active: false, reason: 'paused' };
  const { displayMode, listenerMode, minimumSizePx } = settings;
  const active = { active: true, displayMode, listenerMode, minimumSizePx } as const;
  if (once) return active;
  const rule = ruleFor(settings, origin);
  if (rule === 'never') return { active: false, reason: 'never-here' };
  if (rule !== 'always' && !settings.labelAllSites) return { active: false, reason: 'off' };
  const pattern = origin === null ? null : hostPattern(origin);
  return pattern !== null && (await hasAccess([pattern]))
    ? active
    : { active: false, reason: 'no-permission' };
}

/** Auto-labelling: which pages, from when to when. The pictures themselves come as requests. */
export function createLabelling(pages: Pages, contentScript: string): Labelling {
  /** Tells frames; one that has gone meanwhile needs nothing. */
  async function tell(tabId: number, frameIds: number[], state: LabellingState): Promise<void> {
    await Promise.allSettled(
      frameIds.map((frameId) =>
        state.active
          ? askFrame(tabId, frameId, 'startLabelling', { state })
          : askFrame(tabId, frameId, 'stopLabelling', {}),
      ),
    );
  }

  function knownFrames(tabId: number): number[] {
    return Object.values(pages.get(tabId)?.frames ?? {}).map(({ frameId }) => frameId);
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

  async function stop(tabId: number): Promise<void> {
    await tell(tabId, knownFrames(tabId), { active: false, reason: 'off' });
  }

  async function applyTo(tab: {
    id?: number | undefined;
    url?: string | undefined;
  }): Promise<void> {
    if (tab.id === undefined) return;
    const page = pages.get(tab.id);
    const origin = webOrigin(tab.url) ?? page?.origin ?? null;
    const state = await decide(await loadSettings(), origin, page?.once ?? false);
    if (state.active) await start(tab.id, origin, page?.once ?? false);
    else await stop(tab.id);
    await updateBadge(tab.id);
  }

  async function applyEverywhere(): Promise<void> {
    await pages.ready;
    await registerScript(contentScript, await wantedPatterns(await loadSettings()));
    // Tabs that may not be scripted refuse; the others must not suffer from it.
    await Promise.allSettled((await browser.tabs.query({})).map(applyTo));
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
    await pages.ready;
    const tab = await browser.tabs.get(tabId).catch(() => null);
    if (tab === null) throw new CodedError('page-gone', 'The tab was closed.');
    const page = pages.get(tabId);
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
    async stateForFrame({ tabId, frameId, documentId, pageAddress, tabAddress }) {
      await pages.ready;
      const topOrigin = webOrigin(tabAddress) ?? (frameId === 0 ? webOrigin(pageAddress) : null);
      pages.enter({ tabId, frameId, documentId }, topOrigin);
      const page = pages.get(tabId);
      return await decide(
        await loadSettings(),
        topOrigin ?? page?.origin ?? null,
        page?.once ?? false,
      );
    },
    async labelPage(tabId) {
      await pages.ready;
      const tab = await browser.tabs.get(tabId).catch(() => null);
      if (tab === null) throw new CodedError('page-gone', 'The tab was closed.');
      if ((await loadPause()) !== null) await storePause(null);
      await start(tabId, webOrigin(tab.url), true);
      return await pageState(tabId);
    },
    async unlabelPage(tabId) {
      await pages.ready;
      pages.setOnce(tabId, false);
      await stop(tabId);
      await showProgressBadge(tabId, null, false);
      return await pageState(tabId);
    },
    pageState,
    async pageReport(tabId) {
      await pages.ready;
      const page = pages.get(tabId);
      const tab = await browser.tabs.get(tabId).catch(() => null);
      if (tab === null) throw new CodedError('page-gone', 'The tab was closed.');
      const images = await Promise.all(
        knownFrames(tabId).map(async (frameId) => {
          const found = await askFrame(tabId, frameId, 'getFrameReport', {}).catch(() => []);
          return found.map((image) => ({
            ...image,
            frameId,
            mismatch: image.prediction === null ? null : mayNotMatch(image.name, image.prediction),
          }));
        }),
      );
      return {
        url: tab.url ?? page?.origin ?? '',
        images: images.flat(),
        counts: page?.counts ?? { inferences: 0, refetched: 0, refetchedBytes: 0, sentBytes: 0 },
      };
    },
    async setSiteRule(origin, rule) {
      const { alwaysSites, neverSites } = await loadSettings();
      const without = (sites: string[]): string[] => sites.filter((site) => site !== origin);
      await changeSettings({
        alwaysSites: rule === 'always' ? [...without(alwaysSites), origin] : without(alwaysSites),
        neverSites: rule === 'never' ? [...without(neverSites), origin] : without(neverSites),
      });
      if (rule === 'never') {
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
    async pause(until) {
      await storePause(until);
      await applyEverywhere();
    },
    applyEverywhere,
    updateBadge,
    async toggleLabels(tabId) {
      await pages.ready;
      await Promise.allSettled(
        knownFrames(tabId).map((frameId) => askFrame(tabId, frameId, 'toggleLabels', {})),
      );
    },
  };
}

function labellingOf(state: LabellingState, origin: string | null): PageState['labelling'] {
  if (state.active) return 'on';
  if (state.reason === 'paused' || state.reason === 'never-here') return state.reason;
  return origin === null ? 'not-available' : 'off';
}
