/** Pages that change under the labels: feeds, virtualised lists, routes, recycled elements, hidden tabs. */
import type { Page } from 'puppeteer';
import { beforeAll, expect, test } from 'vitest';

import { openSession, openSite, waitUntil, type ExtensionSession, type Site } from './harness';
import { type Label, READ_LABELS, watchLabels } from './support/label-view';
import {
  ALL_HOSTS,
  imagesWith,
  labelAllSites,
  photoResources,
  progressOf,
  tabIdOf,
  untilProgress,
} from './support/labelled-pages';

let session: ExtensionSession;
let site: Site;

const PHOTOS = 60;

beforeAll(async () => {
  site = await openSite({ resources: await photoResources(PHOTOS) });
  session = await openSession({ hostPermissions: ALL_HOSTS });
  await labelAllSites(session);
});

function put(path: string, body: string): string {
  site.set(path, {
    body: `<!doctype html><html lang="en"><title>Changes</title><link rel="icon" href="data:,"><body style="margin:0">${body}`,
  });
  return site.origin + path;
}

/** The order in which pictures were classified, as the page's requests to the worker came. */
async function recordRequests(): Promise<() => Promise<string[]>> {
  const worker = await session.worker();
  await worker.evaluate(() => {
    const order: string[] = [];
    Object.assign(globalThis, { order });
    chrome.runtime.onMessage.addListener((message: { type?: string; priority?: string }) => {
      if (message.type === 'classifyPixels') order.push(message.priority ?? '');
    });
  });
  return async () =>
    (await session.worker()).evaluate(() => [
      ...((globalThis as { order?: string[] }).order ?? []),
    ]);
}

test('an endless feed: what is on screen is finished before anything off screen starts; 30 of 30', async () => {
  const address = put(
    '/feed.html',
    `<main></main><script>
      const main = document.querySelector('main');
      let next = 0;
      const more = () => { for (let i = 0; i < 10 && next < 30; i += 1, next += 1) {
        const image = Object.assign(new Image(), { src: '/photos/' + next + '.jpg', alt: 'Post ' + next, width: 400, height: 300 });
        image.style.display = 'block'; main.append(image);
      } };
      more();
      onscroll = () => { if (innerHeight + scrollY > document.body.scrollHeight - 600) more(); };
    </script>`,
  );
  const order = await recordRequests();
  const page = await session.openPage(address);
  const tabId = await tabIdOf(session, page);
  await untilProgress(session, tabId, (now) => now.labelled >= 3 && now.pending === 0);
  const asked = await order();
  const visible = asked.filter((priority) => priority === 'visible').length;
  // 900 px of viewport hold three posts of 300 px; the fourth touches its edge.
  expect(visible).toBeGreaterThanOrEqual(3);
  expect(asked.slice(0, visible).every((priority) => priority === 'visible')).toBe(true);
  expect(asked).toContain('near');
  await waitUntil(
    'the feed has ended',
    async () => {
      const { labelled, pending } = await progressOf(session, tabId);
      // A reader goes on when what is on screen has its label; what is hurried past gets none.
      if (pending === 0) {
        await page.evaluate(() => {
          scrollBy(0, 500);
        });
      }
      return labelled === 30;
    },
    40_000,
  );
  expect(await progressOf(session, tabId)).toEqual({
    ...{ found: 30, pending: 0, labelled: 30, skipped: 0, failed: 0, far: 0, wanted: 0 },
  });
  expect((await session.ask('getPageReport', { tabId })).counts.inferences).toBe(30);
  await page.close();
});

test('a virtualised list of recycled elements never shows an old label', async () => {
  const address = put(
    '/list.html',
    `<style>li{position:absolute;list-style:none}img{display:block}</style>
    <div id="box" style="height:600px;overflow:auto;position:relative"><div style="height:${200 * 160}px"></div></div>
    <script>
      const box = document.querySelector('#box');
      const rows = Array.from({ length: 7 }, () => { const li = document.createElement('li');
        const image = new Image(200, 150); image.alt = 'Row'; li.append(image); box.append(li); return li; });
      const draw = () => { const first = Math.floor(box.scrollTop / 160);
        rows.forEach((row, k) => { const i = first + ((k - first % 7) + 7) % 7; row.style.top = i * 160 + 'px';
          const src = '/photos/' + (30 + i % 20) + '.jpg'; if (!row.firstChild.src.endsWith(src)) row.firstChild.src = src; }); };
      box.onscroll = draw; draw();
    </script>`,
  );
  const page = await session.openPage(address);
  const tabId = await tabIdOf(session, page);
  const labels = await watchLabels(page, session);
  await untilProgress(session, tabId, (now) => now.labelled === 7 && now.pending === 0);
  /** Pictures and labels of one and the same moment: what is read one after the other may lie a scroll apart. */
  const look = async (): Promise<{
    shown: Label[];
    images: (Label['box'] & { src: string })[];
  }> => {
    const { labels: all, images } = (await labels.evaluate(`({
      labels: ${READ_LABELS},
      images: [...document.images].map((image) => {
        const { x, y, width, height } = image.getBoundingClientRect();
        return { src: image.src, x, y, width, height };
      }),
    })`)) as { labels: Label[]; images: (Label['box'] & { src: string })[] };
    return { shown: all.filter(({ isShown }) => isShown), images };
  };
  const said = new Map<string, string>();
  const learn = async (): Promise<void> => {
    const { images } = await session.ask('getPageReport', { tabId });
    for (const { address, prediction } of images) {
      const label = prediction?.hint?.label;
      if (address !== null && label !== undefined) said.set(address, label);
    }
  };
  /** Is every label that is drawn, at any moment, one of a picture that is on the page? */
  const check = async (): Promise<number> => {
    const { shown, images } = await look();
    await learn();
    const present = images.map(({ src }) => said.get(src));
    for (const { text } of shown) expect(present).toContain(text.replace(/\?$/, ''));
    // Labels follow a scroll within a few frames; then each lies on its own picture.
    await waitUntil(
      'every label lies on its picture',
      async () => {
        const now = await look();
        // The progress that was waited for may have been of before the scroll.
        if (now.images.some(({ src }) => !said.has(src))) await learn();
        return now.shown.every(({ text, box }) => {
          const under = now.images.find(
            ({ x, y, width, height }) =>
              box.x >= x && box.x < x + width && box.y >= y && box.y < y + height,
          );
          return under !== undefined && said.get(under.src) === text.replace(/\?$/, '');
        });
      },
      5_000,
    );
    return shown.length;
  };
  let checked = 0;
  for (let step = 0; step < 12; step += 1) {
    await page.$eval('#box', async (box) => {
      const drawn = new Promise((resolve) => {
        box.addEventListener('scroll', resolve, { once: true });
      });
      box.scrollTop += 480;
      await drawn;
    });
    // All chips of what was recycled are gone with the very change of the source.
    const stale = await labels.evaluate(`(() => {
      const host = document.querySelector('[data-alt-lens-host=labels]');
      return host === null ? 0 : chrome.dom.openOrClosedShadowRoot(host).querySelectorAll('.chip').length;
    })()`);
    expect(Number(stale)).toBeLessThanOrEqual(7);
    await untilProgress(session, tabId, (now) => now.labelled === 7 && now.pending === 0);
    checked += await check();
  }
  expect(checked).toBeGreaterThan(10);
  const { counts } = await session.ask('getPageReport', { tabId });
  expect(counts.inferences).toBeLessThanOrEqual(20);
  await page.close();
});

test('an application with three routes: 4, 3 and 5 images, each route its own', async () => {
  const address = put(
    '/app.html',
    `<main></main><script>
      const routes = { a: [50, 51, 52, 53], b: [54, 55, 56], c: [50, 51, 57, 58, 59] };
      const go = (name) => { history.pushState(null, '', '#' + name);
        document.querySelector('main').innerHTML = routes[name].map((i) => '<img width="200" height="150" alt="One" id="' + name + i + '" src="/photos/' + i + '.jpg">').join(''); };
      go('a');
    </script>`,
  );
  const page = await session.openPage(address);
  const tabId = await tabIdOf(session, page);
  const routes = { a: 4, b: 3, c: 5 };
  for (const [name, count] of Object.entries(routes)) {
    await page.evaluate(`go('${name}')`);
    await untilProgress(session, tabId, (now) => now.labelled === count && now.found === count);
    const report = await session.ask('getPageReport', { tabId });
    expect(imagesWith(report, `#${name}5`)).toHaveLength(count);
    expect(report.images).toHaveLength(count);
  }
  expect((await session.ask('getPageReport', { tabId })).counts.inferences).toBe(10);
  await page.close();
});

test('a page that renders itself anew every 100 ms: 6 labels, no picture asked for twice', async () => {
  const address = put(
    '/again.html',
    `<main></main><script>
      const draw = () => { document.querySelector('main').innerHTML = Array.from({ length: 6 }, (_, i) =>
        '<img width="200" height="150" alt="One" src="/photos/' + (10 + i) + '.jpg">').join(''); };
      draw(); setInterval(draw, 100);
    </script>`,
  );
  const order = await recordRequests();
  const page = await session.openPage(address);
  const tabId = await tabIdOf(session, page);
  await untilProgress(session, tabId, (now) => now.labelled === 6);
  const asked = (await order()).length;
  const labels = await watchLabels(page, session);
  await labels.until('labels are drawn', (shown) => shown.length >= 2);
  await page.evaluate(
    () =>
      new Promise((resolve) => {
        let changes = 0;
        new MutationObserver((_, observer) => {
          changes += 1;
          if (changes < 10) return;
          observer.disconnect();
          resolve(null);
        }).observe(document.body, { childList: true, subtree: true });
      }),
  );
  expect((await order()).length).toBe(asked);
  await labels.until('labels are still drawn', (shown) => shown.length >= 2);
  await page.close();
});

test('a page that takes the labels away has them back three times, not more', async () => {
  const address = put(
    '/hostile.html',
    `<img width="400" height="300" alt="One" src="/photos/0.jpg">`,
  );
  const page = await session.openPage(address);
  const labels = await watchLabels(page, session);
  for (let turn = 0; turn < 4; turn += 1) {
    await labels.until('the label is there', (shown) => shown.length === 1);
    const isLast = turn === 3;
    if (isLast) {
      await page.evaluate(() => {
        new MutationObserver(() => {
          document.querySelector('[data-alt-lens-host=labels]')?.remove();
        }).observe(document.documentElement, { childList: true });
      });
    }
    await page.$eval('[data-alt-lens-host=labels]', (host) => {
      host.remove();
    });
  }
  await page.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve)));
  expect(await page.$('[data-alt-lens-host=labels]')).toBeNull();
  await page.close();
});

test('a tab in the background waits; in front it is labelled', async () => {
  const address = put(
    '/background.html',
    [20, 21, 22]
      .map((i) => `<img width="200" height="150" alt="One" src="/photos/${i}.jpg">`)
      .join(''),
  );
  const front = await session.openPage(put('/front.html', 'In front'));
  const before = (await session.ask('getEngineStatus', {})).inferences;
  const page = await session.browser.newPage({ background: true });
  await page.goto(address);
  expect(await page.evaluate(() => document.visibilityState)).toBe('hidden');
  await front.bringToFront();
  expect((await session.ask('getEngineStatus', {})).inferences).toBe(before);
  const tabId = await tabIdOf(session, page);
  await untilProgress(session, tabId, (now) => now.labelled === 3);
  await page.close();
  await front.close();
});

test('back from another page, the labels are there again', async () => {
  const address = put(
    '/cached.html',
    `<img width="400" height="300" alt="One" src="/photos/23.jpg">`,
  );
  const page = await session.openPage(address);
  const labels = await watchLabels(page, session);
  await labels.until('the label is there', (shown) => shown.length === 1);
  await page.goto(put('/next.html', 'Next'));
  await page.goBack();
  await labels.until('the label is there again', (shown) => shown.length === 1);
  await page.close();
});

test('an added, a re-sourced and a removed image', async () => {
  const address = put(
    '/changes.html',
    `<img id="a" width="300" height="200" alt="One" src="/photos/24.jpg">`,
  );
  const page: Page = await session.openPage(address);
  const tabId = await tabIdOf(session, page);
  const addressOf = async (id: string) =>
    imagesWith(await session.ask('getPageReport', { tabId }), `#${id}`)[0];
  await untilProgress(session, tabId, (now) => now.labelled === 1);
  await page.evaluate(() => {
    document.body.insertAdjacentHTML(
      'beforeend',
      '<div id="b" class="plain" style="width:300px;height:200px"></div><style>.photo{background:url(/photos/25.jpg)center/cover}</style>',
    );
    document.querySelector('#b')?.classList.add('photo');
  });
  await untilProgress(session, tabId, (now) => now.labelled === 2);
  expect((await addressOf('b'))?.address).toMatch(/25\.jpg$/);
  await page.$eval('#a', (image) => {
    image.setAttribute('srcset', '/photos/26.jpg');
  });
  await waitUntil(
    'the new picture is labelled',
    async () => {
      const image = await addressOf('a');
      return image?.address?.endsWith('26.jpg') === true && image.state === 'labelled';
    },
    20_000,
  );
  await page.$eval('#a', (image) => {
    image.remove();
  });
  await untilProgress(session, tabId, (now) => now.found === 1 && now.labelled === 1);
  await page.close();
});
