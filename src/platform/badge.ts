import { browser } from './browser';

import type { Failure } from '../core/errors';
import type { FrameProgress } from '../messages/protocol';
import { failureText, text } from './i18n';

/** Red that holds 4.5:1 against the badge's white text. */
const FAILURE_COLOUR = '#b3261e';

/** Where no card can be shown, the toolbar button says that something failed, and what. */
export async function showFailureBadge(tabId: number, failure: Failure): Promise<void> {
  const { what, remedy } = failureText(failure);
  await setBadge(tabId, FAILURE_COLOUR, '!', `${what} ${remedy}`);
}

async function setBadge(tabId: number, color: string, badge: string, tip: string): Promise<void> {
  try {
    await browser.action.setBadgeBackgroundColor({ color, tabId });
    await browser.action.setBadgeText({ text: badge, tabId });
    await browser.action.setTitle({ title: `${text('extension_short_name')}: ${tip}`, tabId });
  } catch {
    // The tab is gone: nobody to tell.
  }
}

export async function clearBadge(tabId: number): Promise<void> {
  try {
    await browser.action.setBadgeText({ text: '', tabId });
    await browser.action.setTitle({ title: text('extension_short_name'), tabId });
  } catch {
    // The tab is gone.
  }
}

const WORKING_COLOUR = '#1a5fb4';
const DONE_COLOUR = '#5f6368';

/** How many images of the page are labelled, and whether work goes on; null: no labels on this page. */
export async function showProgressBadge(
  tabId: number,
  progress: FrameProgress | null,
  isPaused: boolean,
): Promise<void> {
  if (progress === null) {
    await clearBadge(tabId);
    if (isPaused) await setBadge(tabId, DONE_COLOUR, '❚❚', text('badge_paused'));
    return;
  }
  const { labelled, pending } = progress;
  const isWorking = pending > 0;
  const count = labelled > 999 ? '999+' : String(labelled);
  await setBadge(
    tabId,
    isWorking ? WORKING_COLOUR : DONE_COLOUR,
    isWorking && labelled === 0 ? '…' : count,
    text(isWorking ? 'badge_working' : 'badge_done', String(labelled), String(pending)),
  );
}
