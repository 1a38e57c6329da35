/** What Firefox does in its own way: the event page's life, its workers, questions in a window of ours. */
import { beforeAll, expect, test } from 'vitest';

import {
  asset,
  openSession,
  openSite,
  type ExtensionSession,
  type Site,
  waitUntil,
} from './harness';
import { answerAccess } from './support/access-window';
import { watchCard } from './support/card-view';
import {
  ALL_HOSTS,
  labelAllSites,
  photoResources,
  tabIdOf,
  untilProgress,
} from './support/labelled-pages';

/** Firefox's own is 30 s; beats come every 5. */
const IDLE_MS = 8000;
const PICTURES = 40;

let session: ExtensionSession;
let site: Site;

beforeAll(async () => {
  site = await openSite({ resources: await photoResources(PICTURES + 1) });
  session = await openSession({
    hostPermissions: ALL_HOSTS,
    preferences: { 'extensions.background.idle.timeout': IDLE_MS },
  });
});

/** When this run of the background began. */
async function runOfBackground(): Promise<number> {
  const background = await session.worker();
  return await background.evaluate(() => performance.timeOrigin);
}

test('the event page sleeps when there is nothing to do', async () => {
  const page = await session.openPage(`${site.origin}/photos/0.jpg`);
  await session.describe(page, 'img');
  await waitUntil('it has been stopped', async () => !(await session.isRunning()), 5 * IDLE_MS);
});

test('an answer that takes longer than its sleep keeps it awake', async () => {
  const before = await runOfBackground();
  // Nothing in this wait reaches the browser: a heart beats, or the answer is lost.
  const slow = await openSite({
    resources: {
      '/slow.png': { file: await asset('photos/000b7d55b6184b08.png'), delayMs: 2 * IDLE_MS },
    },
  });
  await session.ask('fetchFile', { address: `${slow.origin}/slow.png` });
  expect(await runOfBackground()).toBe(before);
});

test('labels run on workers of its own, and the thread that all extensions share is free', async () => {
  const images = Array.from(
    { length: PICTURES },
    (_, index) => `<img width="100" height="75" alt="Photo" src="/photos/${index + 1}.jpg">`,
  );
  site.set('/many', { body: `<!doctype html><title>Photos</title>${images.join('')}` });
  await labelAllSites(session);
  const background = await session.worker();
  // In the page's own scope: what is evaluated has one of its own.
  await background.evaluate(`(() => {
    window.pulse = { longest: 0, last: performance.now() };
    setInterval(() => {
      const now = performance.now();
      window.pulse.longest = Math.max(window.pulse.longest, now - window.pulse.last);
      window.pulse.last = now;
    }, 5);
  })()`);
  const page = await session.openPage(`${site.origin}/many`);
  const tabId = await tabIdOf(session, page);
  await untilProgress(session, tabId, ({ labelled }) => labelled === PICTURES, 60_000);
  const status = await session.ask('getEngineStatus', {});
  expect(status).toMatchObject({ backend: 'wasm', inferences: PICTURES });
  expect(status.workers).toBeGreaterThanOrEqual(1);
  const longest = Number(await background.evaluate('window.pulse.longest'));
  console.log(
    `longest hold of the shared thread: ${Math.round(longest)} ms for ${PICTURES} pictures`,
  );
  await page.close();
});

test('a card asks for access in a window of ours, by a button, and by the browser’s own question', async () => {
  const fresh = await openSession();
  const other = await openSite({
    resources: {
      '/photo.png': { file: await asset('photos/000b7d55b6184b08.png') },
      '/frame': { body: '<!doctype html><img id="target" src="/photo.png">' },
    },
  });
  site.set('/foreign', {
    body: `<!doctype html><title>Foreign</title><iframe width="400" height="400" src="${other.origin}/frame"></iframe>`,
  });
  const page = await fresh.openPage(`${site.origin}/foreign`);
  const card = await watchCard(page);
  const [, frame] = page.frames();
  if (frame === undefined) throw new Error('The page has no frame.');
  await frame.waitForSelector('#target');
  await fresh.describe(page, '#target', { frame });
  expect((await card.settled()).buttons).toContain('Give access to this site');
  await card.press('Give access to this site');
  expect(await answerAccess(fresh, true)).toContain(`http://${new URL(other.origin).hostname}/*`);
  const { headline } = await card.until(
    'it is described',
    ({ predictions }) => predictions.length > 0,
  );
  expect(headline).toMatch(/panda/);
});
