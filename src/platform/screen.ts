import { browser } from './browser';

import { CodedError } from '../core/errors';

/** Chrome allows two captures a second; a third waits this long. */
const QUOTA_WAIT_MS = 550;

async function capture(windowId: number): Promise<string> {
  try {
    return await browser.tabs.captureVisibleTab(windowId, { format: 'png' });
  } catch (error) {
    if (!(error instanceof Error) || !error.message.includes('MAX_CAPTURE')) throw error;
    await new Promise((resolve) => setTimeout(resolve, QUOTA_WAIT_MS));
    return await browser.tabs.captureVisibleTab(windowId, { format: 'png' });
  }
}

/** @returns the window that the tab is in now: it may have been moved to another one */
async function assertInFront(tabId: number): Promise<number> {
  const tab = await browser.tabs.get(tabId).catch(() => null);
  if (tab === null) throw new CodedError('page-gone', 'The tab was closed.');
  if (!tab.active) throw new CodedError('screen-not-available', 'The tab is not in front.');
  return tab.windowId ?? browser.windows.WINDOW_ID_CURRENT;
}

/**
 * What a tab shows now, as a PNG.
 * @throws CodedError `page-gone`, or `screen-not-available` when the tab is not in front or may not be captured.
 */
export async function captureTab(tabId: number): Promise<Blob> {
  const windowId = await assertInFront(tabId);
  let address: string;
  try {
    address = await capture(windowId);
  } catch (error) {
    throw new CodedError('screen-not-available', String(error), { cause: error });
  }
  // The person may have switched tabs meanwhile: another tab's pixels must not be taken for this one's.
  await assertInFront(tabId);
  const response = await fetch(address);
  return await response.blob();
}
