/**
 * React 19, as it is developed with, takes over whole documents that are labelled and spoken for; and
 * islands of pages that are at rest are taken over when they come into view.
 */
import { join, resolve } from 'node:path';

import { build } from 'vite';
import { beforeAll, expect, test } from 'vitest';

import { openSession, openSite, waitUntil, type ExtensionSession, type Site } from './harness';
import { watchLabels } from './support/label-view';
import { ALL_HOSTS, photoResources, tabIdOf } from './support/labelled-pages';

let session: ExtensionSession;
let site: Site;

/** What React's server renders of tests/fixtures/hydration. */
const RENDERED =
  '<!DOCTYPE html><html lang="en"><head><title>Hydrated</title></head><body><img id="target" src="/photos/0.jpg" width="300" height="200"/><button>0</button></body></html>';
/** Beside what React knows, as bundlers put theirs: React lets scripts in the head be. */
const PAGE = RENDERED.replace('</head>', '<script async src="/take-over.js"></script></head>');

/** The page's script with React's development build, which compares and logs. */
async function bundle(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    define: { 'process.env.NODE_ENV': '"development"' },
    build: {
      write: false,
      minify: false,
      rolldownOptions: {
        input: resolve(join('tests', 'fixtures', 'hydration', 'take-over.mjs')),
        output: { format: 'iife' },
      },
    },
  });
  const [made] = Array.isArray(built) ? built : [built];
  if (!('output' in made)) throw new Error('Nothing was built.');
  return made.output[0].code;
}

beforeAll(async () => {
  const resources = await photoResources(1);
  site = await openSite({
    resources: {
      ...resources,
      '/favicon.ico': { body: '' },
      '/take-over.js': { body: await bundle() },
      '/': { body: PAGE },
    },
  });
  session = await openSession({ hostPermissions: ALL_HOSTS });
  await session.ask('setSettings', { settings: { listenerMode: 'missing' } });
});

/** Opens the page, labels it, and has React take it over. @returns what was logged */
async function takenOver(spoil = '') {
  const page = await session.openPage();
  const logged: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warn'].includes(message.type())) logged.push(message.text());
  });
  page.on('pageerror', (error) => logged.push(String(error)));
  const labels = await watchLabels(page, session);
  await page.goto(`${site.origin}/`);
  await session.ask('labelPage', { tabId: await tabIdOf(session, page) });
  await labels.until('the label is there', ({ length }) => length === 1);
  const alt = () => page.$eval('#target', (image) => image.getAttribute('alt'));
  expect(await alt()).toBeNull();
  await page.evaluate(`${spoil}; takeOver()`);
  await waitUntil(
    'the page answers',
    async () => {
      await page.click('button');
      return (await page.$eval('button', ({ textContent }) => textContent)) !== '0';
    },
    10_000,
  );
  await waitUntil('the text is there', async () => (await alt()) !== null, 20_000);
  await labels.until('the label is there again', ({ length }) => length === 1);
  const recovered = (await page.evaluate('recovered')) as string[];
  await page.close();
  return [...logged, ...recovered];
}

test('a labelled page: no error of hydration, and the text after', async () => {
  expect(await takenOver()).toEqual([]);
});

test('the test sees what a foreign attribute does', async () => {
  const spoil = `document.querySelector('#target').setAttribute('data-foreign', '')`;
  expect((await takenOver(spoil)).join(' ')).toMatch(/hydrat/i);
});

/** As Astro's `client:visible`: what compares attributes comes a moment after the island says that it is taken over. */
const ISLAND = `<p>Words</p><div style="height:2500px"></div>
  <astro-island ssr client="visible" style="display:block"><div><img id="target" width="300" height="200" src="/photos/0.jpg"><button>Buy</button></div></astro-island>
  <div style="height:1500px"></div>
  <script>
    var mismatch = null;
    const island = document.querySelector('astro-island');
    const server = island.innerHTML;
    new IntersectionObserver(async ([entry], observer) => {
      if (!entry.isIntersecting) return;
      observer.disconnect();
      await new Promise((resolve) => setTimeout(resolve, 300));
      island.removeAttribute('ssr');
      await new Promise((resolve) => setTimeout(resolve, 200));
      mismatch = island.innerHTML === server ? '' : island.innerHTML;
    }).observe(island);
  </script>`;

test.each([
  ['an island', ISLAND],
  ['the test sees what is written elsewhere', ISLAND.replaceAll('astro-island', 'other-island')],
])('%s that is taken over long after the load', async (what, body) => {
  site.set('/island.html', {
    body: `<!doctype html><html lang="en"><title>Island</title><body>${body}`,
  });
  const page = await session.openPage(`${site.origin}/island.html`);
  const tabId = await tabIdOf(session, page);
  await session.ask('labelPage', { tabId });
  await session.ask('lookAtAll', { tabId, isWanted: true });
  await waitUntil(
    'the image far below is labelled',
    async () => {
      const { images } = await session.ask('getPageReport', { tabId });
      return images[0]?.state === 'labelled' ? true : undefined;
    },
    20_000,
  );
  // Longer than the page's rest is waited for: see calm.ts.
  await new Promise((resolve) => setTimeout(resolve, 5000));
  await page.evaluate('scrollTo(0, 2400)');
  await page.waitForFunction('mismatch !== null', { timeout: 15_000 });
  const mismatch = (await page.evaluate('mismatch')) as string;
  if (what === 'an island') expect(mismatch).toBe('');
  else expect(mismatch).toContain('alt=');
  await page.waitForFunction('document.querySelector("#target").alt !== ""', { timeout: 15_000 });
  await page.close();
});
