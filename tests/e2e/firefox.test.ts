/** What Firefox does in its own way: the event page's life, its workers, questions in a window of ours. */
import type { Page } from 'puppeteer';
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
  site.set('/spoken', {
    body: '<!doctype html><html lang="en"><title>Spoken</title><img width="300" height="220" src="/photos/0.jpg"><img width="300" height="220" alt=" " src="/photos/1.jpg">',
  });
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

/** A page with a photo without a text, labelled and with a text of ours. */
async function openSpoken(spoken: ExtensionSession): Promise<Page> {
  await spoken.ask('setSettings', { settings: { listenerMode: 'missing' } });
  const page = await spoken.openPage(`${site.origin}/spoken`);
  await spoken.grantActiveTab(page);
  const tabId = await tabIdOf(spoken, page);
  await spoken.ask('labelPage', { tabId });
  await page.waitForSelector('img[data-alt-lens]:not([alt=" "])');
  await page.waitForSelector('[data-alt-lens-host=labels]');
  expect(await isLabelHit(page)).toBe(true);
  return page;
}

/** Is a label where it was, for a pointer? */
function isLabelHit(page: Page): Promise<boolean> {
  return page.evaluate(() => {
    const host = document.querySelector('[data-alt-lens-host=labels]');
    const image = document.querySelector('img')?.getBoundingClientRect();
    if (host === null || image === undefined) return false;
    for (let { y } = image; y < image.bottom; y += 4) {
      for (let { x } = image; x < image.right; x += 4) {
        if (document.elementFromPoint(x, y) === host) return true;
      }
    }
    return false;
  });
}

const AS_THE_PAGE = '<img width="300" height="220" src="/photos/0.jpg">';
const imagesOf = (page: Page): Promise<string[]> =>
  page.$$eval('img', (all) => all.map(({ outerHTML }) => outerHTML));

test('labels go with an extension that is reloaded, and the next one takes its texts back', async () => {
  const reloaded = await openSession({ hostPermissions: ALL_HOSTS });
  const page = await openSpoken(reloaded);
  await reloaded.ask('setSettings', { settings: { listenerMode: 'off' } });
  await reloaded.reloadExtension();
  await page.bringToFront();
  await waitUntil('nothing is left', async () => (await imagesOf(page))[0] === AS_THE_PAGE, 15_000);
  expect((await imagesOf(page))[1]).toContain('alt=" "');
  expect(await page.$('[data-alt-lens-host=labels]')).toBeNull();
});

test('without access to the page labels are not seen any more once the extension is gone', async () => {
  const reloaded = await openSession();
  const page = await openSpoken(reloaded);
  await reloaded.reloadExtension();
  await page.bringToFront();
  await waitUntil('no label is seen', async () => !(await isLabelHit(page)), 15_000);
});

test('an update first puts every page back as it was', async () => {
  const updated = await openSession({ preferences: { 'xpinstall.signatures.required': false } });
  await updated.installVersion('1.0');
  const page = await openSpoken(updated);
  await updated.installVersion('1.1');
  await page.bringToFront();
  // The new version has no access here: the old one did it.
  expect((await imagesOf(page))[0]).toBe(AS_THE_PAGE);
  expect(await page.$('[data-alt-lens-host=labels]')).toBeNull();
});

test('from image to image by keys: each is said, and nothing of the page is touched', async () => {
  const walked = await openSession({ hostPermissions: ALL_HOSTS });
  const page = await walked.openPage(`${site.origin}/spoken`);
  const world = await walked.worldOf(page);
  const said = () =>
    world.main(
      `chrome.dom.openOrClosedShadowRoot(document.querySelector('[data-alt-lens-host=voice]'))?.querySelector('[data-text]')?.dataset.text ?? ''`,
    );
  const heard: unknown[] = [];
  for (let turn = 0; turn < 2; turn += 1) {
    await walked.command(page, 'next-image');
    heard.push(
      await waitUntil(
        'something else is said',
        async () => {
          const words = await said();
          return typeof words === 'string' && words !== '' && !heard.includes(words) && words;
        },
        20_000,
      ),
    );
  }
  expect(heard[0]).toMatch(/1/);
  expect((await imagesOf(page))[0]).toBe(AS_THE_PAGE);
});

test('the menu’s own element is described: in a closed root, with the event hidden by the page, at the first click', async () => {
  const clicked = await openSession();
  site.set('/closed', {
    body: `<!doctype html><html lang="en"><title>Closed</title><body style="margin:0">
<div id="host" style="position:absolute;left:0;top:0"></div>
<div id="other" style="position:absolute;left:400px;top:0;width:300px;height:300px;background:url(/photos/1.jpg) 0/cover"></div>
<script>
  const root = document.querySelector('#host').attachShadow({ mode: 'closed' });
  root.innerHTML = '<div style="width:300px;height:300px;background:url(/photos/0.jpg) 0/cover"></div>';
  // Before any script of an extension, in the same phase on the same target.
  const hide = (event) => {
    event.stopImmediatePropagation();
    // While the menu is open the page moves on.
    if (event.type === 'contextmenu') {
      setTimeout(() => {
        document.querySelector('#host').style.left = '400px';
        document.querySelector('#other').style.left = '0';
      });
    }
  };
  for (const type of ['pointerdown', 'mousedown', 'contextmenu']) addEventListener(type, hide, true);
</script>`,
  });
  const page = await clicked.openPage(`${site.origin}/closed`);
  const sources: (string | null)[] = [];
  for (const x of [150, 550]) {
    const { at } = await clicked.rightClick(page, { x, y: 150 });
    sources.push((await clicked.waitForOutcome(at)).source);
    await page.keyboard.press('Escape');
  }
  // The second time the picture is where it went.
  expect(sources).toEqual([`${site.origin}/photos/0.jpg`, `${site.origin}/photos/0.jpg`]);
});
