import { browser, type Tabs } from '../../platform/browser';

import { webOrigin } from '../../core/address/match-pattern';
import { CodedError } from '../../core/errors';
import { labellingState, type LabellingState } from '../../core/settings/labelling-state';
import type { Settings } from '../../core/settings/settings';
import { ruleFor } from '../../core/settings/site-rules';
import { isTopDocumentThere } from '../../messages/client';
import type { PageReport, PageState } from '../../messages/protocol';
import { isAccessGranted } from '../../platform/access';
import { showProgressBadge } from '../../platform/badge';
import { loadPause } from '../../platform/pause-store';
import { loadSettings } from '../../platform/settings-store';
import { NO_COUNTS, sumProgress, type Page, type Pages } from '../pages';
import { tellUnshown } from '../describe-image';
import type { LabelledFrames } from './frames';

/** @throws CodedError `page-gone` */
export async function tabOf(tabId: number): Promise<Tabs.Tab> {
  const tab = await browser.tabs.get(tabId).catch(() => null);
  if (tab === null) throw new CodedError('page-gone', 'The tab was closed.');
  return tab;
}

/** Is a page of this origin to be labelled now? */
export async function stateOf(
  settings: Settings,
  origin: string | null,
  page: Pick<Page, 'once'> | null,
): Promise<LabellingState> {
  const inQuestion = { origin, once: page?.once ?? false };
  return await labellingState(settings, inQuestion, await loadPause(), isAccessGranted);
}

/** The page that the tab shows: what is known of one that was left meanwhile is forgotten. */
export async function currentPage(pages: Pages, tabId: number): Promise<Page | null> {
  await pages.ready;
  const documentId = pages.get(tabId)?.documentId ?? '';
  if (documentId !== '' && !(await isTopDocumentThere(tabId, documentId))) {
    pages.leave({ tabId, documentId });
  }
  return pages.get(tabId);
}

/** What the popup shows of a tab's page. @throws CodedError `page-gone` */
export async function pageState(pages: Pages, tabId: number): Promise<PageState> {
  const tab = await tabOf(tabId);
  const page = await currentPage(pages, tabId);
  const origin = webOrigin(tab.url) ?? page?.origin ?? null;
  const settings = await loadSettings();
  const state = await stateOf(settings, origin, page);
  return {
    labelling: labellingOf(state, origin),
    documentId: page?.documentId ?? null,
    origin,
    siteRule: ruleFor(settings, origin),
    labelAllSites: settings.labelAllSites,
    pausedUntil: await loadPause(),
    progress: sumProgress(state.active ? page : null),
  };
}

/** Every image of a tab's page. @throws CodedError `page-gone` */
export async function pageReport(
  pages: Pages,
  frames: LabelledFrames,
  tabId: number,
): Promise<PageReport> {
  const tab = await tabOf(tabId);
  const page = await currentPage(pages, tabId);
  return {
    url: tab.url ?? page?.origin ?? '',
    isPrivate: tab.incognito,
    images: await frames.images(tabId),
    counts: page?.counts ?? NO_COUNTS,
  };
}

/** Shows on the toolbar button how far a tab's page is. */
export async function updateBadge(pages: Pages, tabId: number): Promise<void> {
  await pages.ready;
  const page = pages.get(tabId);
  if (page === null) return;
  const state = await stateOf(await loadSettings(), page.origin, page);
  const isPaused = !state.active && state.reason === 'paused';
  if (page.isUnshown && state.active) await tellUnshown(tabId);
  else await showProgressBadge(tabId, state.active ? sumProgress(page) : null, isPaused);
}

function labellingOf(state: LabellingState, origin: string | null): PageState['labelling'] {
  if (state.active) return 'on';
  if (state.reason === 'paused' || state.reason === 'never-here') return state.reason;
  return origin === null ? 'not-available' : 'off';
}
