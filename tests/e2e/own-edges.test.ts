/** The extension's own edges: what is stored, who may touch it, and pages of ours that go on whatever is there. */
import { beforeAll, expect, test } from 'vitest';

import { type ExtensionSession, openSession, openSite, type Site } from './harness';
import { ALL_HOSTS, tabIdOf } from './support/labelled-pages';

let session: ExtensionSession;
let site: Site;

beforeAll(async () => {
  site = await openSite({
    resources: {
      '/': { body: '<!doctype html><title>Page</title><link rel="icon" href="data:,">' },
    },
  });
  session = await openSession({ hostPermissions: ALL_HOSTS });
});

test('a content script of ours, whoever has taken it over, neither reads nor writes what is stored', async () => {
  const page = await session.openPage(`${site.origin}/`);
  const tabId = await tabIdOf(session, page);
  await session.ask('setSettings', { settings: { views: 1 } });
  // The worker that is there now has just been started; content scripts have the browser's interface only so far.
  await session.stopWorker();
  await session.ask('getSettings', {});
  const worker = await session.worker();
  const results = await worker.evaluate(async (id) => {
    const [injected] = await chrome.scripting.executeScript({
      target: { tabId: id },
      func: async () => {
        const tries: string[] = [];
        for (const area of ['local', 'sync', 'session'] as const) {
          for (const does of ['get', 'set'] as const) {
            const storage = chrome.storage[area];
            const fake = { settings: { version: -1e9, settings: {} } };
            await (does === 'get' ? storage.get(null) : storage.set(fake)).then(
              () => tries.push(`${area} ${does}`),
              () => undefined,
            );
          }
        }
        return tries;
      },
    });
    return injected?.result;
  }, tabId);
  expect(results).toEqual([]);
  expect(await session.ask('getSettings', {})).toMatchObject({ views: 1 });
  await page.close();
});

test('impossible numbers in storage cost no page and no worker', async () => {
  const worker = await session.worker();
  await worker.evaluate(async () => {
    const junk = { version: -1e9, savedAt: Infinity, settings: { views: 1, minimumSizePx: -1e9 } };
    await chrome.storage.local.set({ settings: junk, pausedUntil: 1e300 });
    await chrome.storage.sync.set({ settings: junk });
    await chrome.storage.session.set({ recentOutcomes: [5, { result: null }], pages: [[1, null]] });
  });
  await session.stopWorker();
  expect(await session.ask('getSettings', {})).toMatchObject({ views: 1, minimumSizePx: 64 });
  for (const path of ['popup', 'options'] as const) {
    const page = await session.openPage();
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(String(error)));
    await page.goto(`${session.origin}src/${path}/index.html`);
    await page.waitForSelector(path === 'popup' ? '#popup *' : 'main *');
    expect(errors).toEqual([]);
    await page.close();
  }
  expect(await session.ask('getRecentOutcomes', {})).toEqual([]);
});

test('no text becomes markup or a script in a page of ours', async () => {
  const page = await session.openPage();
  for (const path of ['popup', 'options', 'report', 'welcome'] as const) {
    await page.goto(`${session.origin}src/${path}/index.html`);
    const tries = await page.evaluate(() => {
      const names: string[] = [];
      const attempt = (name: string, does: () => unknown) => {
        try {
          does();
          names.push(name);
        } catch {
          // refused, as it should be
        }
      };
      attempt('markup', () => (document.body.innerHTML = '<p>no</p>'));
      attempt('script', () => (document.createElement('script').src = '/tensorflow.js'));
      attempt('worker', () => new Worker('https://example.org/worker.js'));
      attempt('base', () => {
        const base = document.createElement('base');
        base.href = 'https://example.org/';
        document.head.append(base);
        if (document.baseURI === location.href) throw new Error('refused');
      });
      return names;
    });
    expect(tries).toEqual([]);
  }
  await page.close();
});
