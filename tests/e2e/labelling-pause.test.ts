/** Labelling that ends by itself, and begins again by itself. */
import { beforeAll, expect, test } from 'vitest';

import { openSession, openSite, type Site } from './harness';
import { ALL_HOSTS, photoResources, tabIdOf, untilProgress } from './support/labelled-pages';

const PAUSE_MS = 3000;

let site: Site;

beforeAll(async () => {
  site = await openSite({ resources: await photoResources(3) });
  const images = [0, 1, 2].map((i) => `<img width="200" alt="One ${i}" src="/photos/${i}.jpg">`);
  for (const path of ['/first.html', '/second.html']) {
    site.set(path, {
      body: `<!doctype html><html lang="en"><title>Few</title><link rel="icon" href="data:,"><body>${images.join('')}`,
    });
  }
});

test('after a pause an open page goes on by itself, though the worker has stopped', async () => {
  const session = await openSession({ hostPermissions: ALL_HOSTS });
  const page = await session.openPage(`${site.origin}/first.html`);
  const tabId = await tabIdOf(session, page);
  await session.ask('setSiteRule', { origin: site.origin, rule: 'always' });
  await untilProgress(session, tabId, ({ labelled }) => labelled === 3);
  await page.waitForSelector('[data-alt-lens-host=labels]');

  await session.ask('pauseLabelling', { until: Date.now() + PAUSE_MS });
  await page.waitForFunction(() => document.querySelector('[data-alt-lens-host=labels]') === null);
  await session.stopWorker();
  await page.bringToFront();
  await page.waitForSelector('[data-alt-lens-host=labels]', { timeout: PAUSE_MS + 10_000 });
  await untilProgress(session, tabId, ({ labelled }) => labelled === 3);
  await session.close();
});

test('"this page" ends with the page: what the tab shows next is not labelled', async () => {
  const session = await openSession({ hostPermissions: ALL_HOSTS });
  const page = await session.openPage(`${site.origin}/first.html`);
  const tabId = await tabIdOf(session, page);
  expect((await session.ask('labelPage', { tabId })).labelling).toBe('on');
  await untilProgress(session, tabId, ({ labelled }) => labelled === 3);

  await page.goto(`${site.origin}/second.html`);
  const state = await session.ask('getPageState', { tabId });
  expect(state).toMatchObject({ labelling: 'off', progress: { found: 0, labelled: 0 } });
  // Whatever changes, the page is left alone.
  await session.ask('setSettings', { settings: { displayMode: 'hover' } });
  expect(await page.$('[data-alt-lens-host=labels]')).toBeNull();
  expect((await session.ask('getPageState', { tabId })).labelling).toBe('off');
  await session.close();
});
