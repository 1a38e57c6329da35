/** Pages of the campaign, and how they end. */
import type { Page } from 'puppeteer';

import type { ReportImage } from '../../src/messages/protocol';
import { waitUntil } from '../drive/extension-session';
import { progressOf, tabIdOf } from '../drive/labelling-progress';
import type { Resource } from '../drive/serve';
import type { Torture } from './campaign';
import { OTHER_HOST, PAGE_HOST } from './egress';

/** Serves something under both hosts, and lets it be asked for. */
export function serve({ site, egress }: Torture, path: string, resource: Resource): void {
  site.set(path, resource);
  for (const host of [PAGE_HOST, OTHER_HOST]) egress.expect(host + path);
}

export async function openBody(
  torture: Torture,
  path: string,
  body: string,
): Promise<{ page: Page; tabId: number }> {
  serve(torture, path, {
    body: `<!doctype html><html lang="en"><title>Page</title><link rel="icon" href="data:,"><body>${body}`,
  });
  const page = await torture.session.openPage(PAGE_HOST + path);
  return { page, tabId: await tabIdOf(torture.session, page) };
}

/** Scrolls until every image has come to an end, or the time is over. @returns the report */
export async function scrollToTheEnd(
  { session }: Torture,
  page: Page,
  tabId: number,
  limitMs: number,
): Promise<ReportImage[]> {
  const isOver = async (): Promise<boolean> => {
    await page.evaluate(() => {
      const { scrollHeight } = document.documentElement;
      scrollTo(0, scrollY + innerHeight >= scrollHeight ? 0 : scrollY + innerHeight / 2);
    });
    const { found, pending, labelled, skipped, failed } = await progressOf(session, tabId);
    return found > 0 && pending === 0 && labelled + skipped + failed === found;
  };
  await waitUntil('every image has an end', isOver, limitMs, 200).catch(() => undefined);
  return (await session.ask('getPageReport', { tabId })).images;
}
