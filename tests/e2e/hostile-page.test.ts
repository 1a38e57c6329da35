/**
 * A page that means harm, over card, labels and details: none of its ways (support/hostile-ways.ts) may
 * succeed. That the ways can succeed is shown on a naive overlay.
 */
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';

import { openSession, openSite, type ExtensionSession, type Site } from './harness';
import {
  ACTS,
  dismissed,
  HEADERS,
  IMAGES,
  openCard,
  openDetails,
  read,
  readAll,
  SPY,
  untilEnabled,
  watchHostile,
  WRONG,
  type Opened,
} from './support/hostile-ways';
import { ALL_HOSTS, photoResources } from './support/labelled-pages';

let session: ExtensionSession;
let site: Site;
let pages = 0;

beforeAll(async () => {
  site = await openSite({ resources: await photoResources(2) });
  session = await openSession({ hostPermissions: ALL_HOSTS });
});

beforeEach(async () => {
  await session.ask('forgetDismissals', {});
});

async function open(body = IMAGES, headers: Record<string, string> = {}): Promise<Opened> {
  pages += 1;
  const path = `/hostile-${pages}.html`;
  site.set(path, {
    headers,
    body: `<!doctype html><html lang="en"><title>Page</title><link rel="icon" href="data:,">${SPY}<body>${body}`,
  });
  return await watchHostile(session, await session.openPage(site.origin + path));
}

describe('no way to read', () => {
  test('the ways work on an overlay that does nothing against them', async () => {
    const { page } = await open(
      `<div data-alt-lens-host="card" id="naive" tabindex="0" title="walrus" popover="manual"
        style="font: 20px Roboto">walrus</div>`,
    );
    await page.evaluate(() => {
      const naive = document.querySelector<HTMLElement>('#naive');
      naive?.showPopover();
      naive?.focus();
    });
    await page.hover('#naive');
    expect(await page.evaluate('hostile.names.length')).toBeGreaterThanOrEqual(21);
    const names = (await read(page, ['walrus'])).map((success) => success.split(':')[0]);
    expect(names).toEqual(
      expect.arrayContaining([
        ...['texts of the host', 'find in page', 'select all', 'a selection that is made longer'],
        ...['ranges and walkers', 'copying by script', 'elements at points', 'carets at points'],
        ...['events and their paths', 'what has focus or pointer', 'changes of the host'],
        ...['fonts letter by letter', 'composed ranges'],
      ]),
    );
    await page.close();
  });

  test('card, labels and details', async () => {
    const opened = await open(IMAGES, HEADERS);
    expect(await readAll(opened)).toEqual([]);
    await opened.page.close();
  });
});

describe('no way to act', () => {
  test('a person’s own press is obeyed, on card and details', async () => {
    const opened = await open();
    const at = await openDetails(opened);
    await untilEnabled(opened.labels, 'labels');
    await opened.page.mouse.click(at.x, at.y);
    expect(await dismissed(opened)).toBe(true);
    await session.ask('forgetDismissals', {});
    await openCard(opened);
    await opened.card.press(WRONG);
    expect(await dismissed(opened)).toBe(true);
    await opened.page.close();
  });

  test.each(Object.entries(ACTS))('%s', async (_, act) => {
    const opened = await open(IMAGES, HEADERS);
    expect(await act(opened)).toBe(false);
    await opened.page.close();
  });

  test('as many ways as there are known', () => {
    expect(Object.keys(ACTS).length).toBeGreaterThanOrEqual(16);
  });
});
