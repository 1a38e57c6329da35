/** How far the labelling of a page is, asked from outside. */
import type { Page } from 'puppeteer';

import { ALL_SITES } from '../../src/core/address/match-pattern';
import type { FrameProgress } from '../../src/messages/protocol';
import { type ExtensionSession, waitUntil } from './extension-session';

/** As after the person has given access to all sites. */
export const ALL_HOSTS = ALL_SITES;

export async function progressOf(session: ExtensionSession, tabId: number): Promise<FrameProgress> {
  return (await session.ask('getPageState', { tabId })).progress;
}

/** Waits until the progress fulfils this. */
export async function untilProgress(
  session: ExtensionSession,
  tabId: number,
  holds: (progress: FrameProgress) => boolean,
  limitMs = 45_000,
): Promise<FrameProgress> {
  let last: FrameProgress | undefined;
  try {
    return await waitUntil(
      'the labelling is so far',
      async () => {
        last = await progressOf(session, tabId);
        return holds(last) ? last : undefined;
      },
      limitMs,
    );
  } catch (error) {
    throw new Error(`${String(error)}; last ${JSON.stringify(last)}`, { cause: error });
  }
}

export async function tabIdOf(session: ExtensionSession, page: Page): Promise<number> {
  const { id } = await session.tabOf(page);
  if (id === undefined) throw new Error('The page has no tab.');
  return id;
}

/** Turns labelling of all sites on, as after the person has given access to them. */
export async function labelAllSites(session: ExtensionSession): Promise<void> {
  await session.ask('setLabelAllSites', { enabled: true });
}
