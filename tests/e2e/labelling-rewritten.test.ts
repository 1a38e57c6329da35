/** Pages that are written anew as a whole after labelling began: what comes is labelled as what was there. */
import type { Page } from 'puppeteer';
import { beforeAll, expect, test } from 'vitest';

import { openSession, openSite, waitUntil, type ExtensionSession, type Site } from './harness';
import { watchLabels, type LabelReader } from './support/label-view';
import {
  ALL_HOSTS,
  imagesWith,
  labelAllSites,
  photoResources,
  tabIdOf,
  untilProgress,
} from './support/labelled-pages';

let session: ExtensionSession;
let site: Site;

beforeAll(async () => {
  const resources = await photoResources(4);
  const [photo] = Object.values(resources);
  if (photo === undefined) throw new Error('No photo.');
  // Loaded long after it was found: by then only its own event tells.
  site = await openSite({ resources: { ...resources, '/slow.jpg': { ...photo, delayMs: 1500 } } });
  session = await openSession({ hostPermissions: ALL_HOSTS });
  await labelAllSites(session);
});

const image = (id: string, source = '/photos/0.jpg') =>
  `<img id="${id}" width="300" height="200" alt="One" src="${source}">`;

async function open(path: string, body: string): Promise<[Page, number, LabelReader]> {
  site.set(path, {
    body: `<!doctype html><html lang="en"><title>Rewritten</title><link rel="icon" href="data:,"><body>${body}`,
  });
  const page = await session.openPage(site.origin + path);
  return [page, await tabIdOf(session, page), await watchLabels(page, session)];
}

async function untilLabelled(tabId: number, id: string): Promise<void> {
  await waitUntil(
    `${id} is labelled`,
    async () => {
      const { images } = await session.ask('getPageReport', { tabId });
      return (
        images.length === 1 && images[0]?.selector === `#${id}` && images[0].state === 'labelled'
      );
    },
    20_000,
  );
}

async function write(page: Page, written: string, html: string): Promise<void> {
  const text = JSON.stringify(html);
  await page.evaluate(
    `{ const written = ${written}; written.open(); written.write(${text}); written.close(); }`,
  );
}

test('a page that is opened and written again, twice', async () => {
  const [page, tabId, labels] = await open('/opened.html', image('first'));
  await untilLabelled(tabId, 'first');
  for (const id of ['second', 'third']) {
    const html = `<!doctype html><title>Again</title><body>${image(id, `/slow.jpg?${id}`)}`;
    await write(page, 'document', html);
    await untilLabelled(tabId, id);
    const shown = await labels.until('its label is there', (all) => all.length === 1);
    expect(shown).toHaveLength(1);
  }
  // What the page does from then on is followed, too.
  await page.evaluate(() => {
    scrollTo(0, 0);
    document.querySelector('img')?.remove();
  });
  await untilProgress(session, tabId, (now) => now.found === 0);
  await page.close();
});

test('a frame that is opened and written by its page', async () => {
  const [page, tabId] = await open('/framed.html', '<iframe width="400" height="300"></iframe>');
  for (const id of ['one', 'two']) {
    const html = `<!doctype html><body>${image(id, `/slow.jpg?frame-${id}`)}`;
    await write(page, `document.querySelector('iframe').contentDocument`, html);
    await waitUntil(
      `${id} is labelled`,
      async () => {
        const found = imagesWith(await session.ask('getPageReport', { tabId }), `#${id}`);
        return found[0]?.state === 'labelled';
      },
      20_000,
    );
  }
  await page.close();
});

test('a page whose document element, body or whole content is replaced, again and again', async () => {
  const [page, tabId, labels] = await open('/replaced.html', image('start'));
  await untilLabelled(tabId, 'start');
  const ways = ['replaceWith', 'body', 'innerHTML', 'innerHTML', 'innerHTML', 'replaceWith'];
  for (const [turn, way] of ways.entries()) {
    await labels.until('the label is there', (all) => all.length === 1);
    const id = `turn-${turn}`;
    // A page that answers the labels is another matter (labelling-changes.test.ts).
    await new Promise((resolve) => setTimeout(resolve, 1100));
    await page.evaluate(
      (kind, html) => {
        const root = document.documentElement;
        if (kind === 'innerHTML') root.innerHTML = `<head></head><body>${html}</body>`;
        const made = document.createElement(kind === 'body' ? 'body' : 'html');
        made.innerHTML = html;
        if (kind === 'body') document.body = made;
        if (kind === 'replaceWith') root.replaceWith(made);
      },
      way,
      image(id, `/photos/${turn % 2}.jpg?${turn}`),
    );
    await untilLabelled(tabId, id);
  }
  await labels.until('the last label is there', (all) => all.length === 1);
  await page.close();
});
