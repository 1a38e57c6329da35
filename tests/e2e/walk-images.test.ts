/** From image to image of a page by the keys, through frames and roots: heard, with the focus where it was. */
import type { Page } from 'puppeteer';
import { afterEach, beforeAll, expect, test } from 'vitest';

import {
  asset,
  openSession,
  openSite,
  waitUntil,
  type ExtensionSession,
  type Site,
} from './harness';
import { ALL_HOSTS } from './support/labelled-pages';

let session: ExtensionSession;
let site: Site;
let other: Site;
let page: Page;

beforeAll(async () => {
  const photo = { file: await asset('photos/52d8515abbfaa8ac.png') };
  const drawing = {
    body: '<svg xmlns="http://www.w3.org/2000/svg" width="200" height="200"><rect width="90" height="90"/></svg>',
    headers: { 'content-type': 'image/svg+xml' },
  };
  site = await openSite({ resources: { '/dog.png': photo, '/box.svg': drawing } });
  other = await openSite({ resources: { '/dog.png': photo } });
  session = await openSession({ hostPermissions: ALL_HOSTS });
});

afterEach(async () => {
  await page.close();
});

/** What the live regions of all frames say now, as assistive technology reads them. */
async function regions(): Promise<string> {
  const client = await page.createCDPSession();
  try {
    const { frameTree } = await client.send('Page.getFrameTree');
    const frames = [frameTree.frame, ...(frameTree.childFrames ?? []).map(({ frame }) => frame)];
    const said: string[] = [];
    for (const { id: frameId } of frames) {
      const { nodes } = await client.send('Accessibility.getFullAXTree', { frameId });
      const byId = new Map(nodes.map((each) => [each.nodeId, each]));
      const isInRegion = (id: string | undefined): boolean => {
        const ancestor = id === undefined ? undefined : byId.get(id);
        return ancestor?.role?.value === 'status' || (!!ancestor && isInRegion(ancestor.parentId));
      };
      for (const { parentId, role, name } of nodes) {
        if (role?.value === 'StaticText' && isInRegion(parentId)) said.push(String(name?.value));
      }
    }
    return said.join(' ');
  } finally {
    await client.detach();
  }
}

/** Presses a key, as the browser delivers it. @returns what is heard then */
async function press(command: string, before: string): Promise<string> {
  const worker = await session.worker();
  const tab = await session.tabOf(page);
  await worker.evaluate(
    (name, pressed) => {
      const event = chrome.commands.onCommand as unknown as {
        dispatch: (name: string, tab: chrome.tabs.Tab) => void;
      };
      event.dispatch(name, pressed);
    },
    command,
    tab,
  );
  return await waitUntil(
    'something else is said',
    async () => {
      const heard = await regions();
      return heard !== '' && heard !== before && !heard.includes('Looking at') && heard;
    },
    30_000,
  );
}

async function open(body: string): Promise<void> {
  site.set('/page.html', { body: `<!doctype html><html lang="en"><title>Page</title>${body}` });
  page = await session.openPage(`${site.origin}/page.html`);
}

const IMAGE = 'width="200" height="200"';

test('in reading order, through a frame of another origin, open and closed roots, and around', async () => {
  other.set('/frame.html', {
    body: `<!doctype html><html lang="en"><title>Frame</title><img src="/dog.png" alt="IMG_2040.jpg" ${IMAGE}>`,
  });
  await open(`<a id="link" href="#x">Link</a><img src="/dog.png" ${IMAGE}>
    <div><template shadowrootmode="open"><slot></slot><img src="/box.svg" alt="" ${IMAGE}></template><img src="/dog.png" alt="Two friends on a meadow" ${IMAGE}></div>
    <iframe src="${other.origin}/frame.html" width="300" height="300"></iframe>
    <div><template shadowrootmode="closed"><img src="/dog.png" ${IMAGE}></template></div>
    <img src="/dog.png" ${IMAGE} style="display:none"><img src="/dog.png" width="20" height="20">`);
  await page.focus('#link');
  const heard: string[] = [];
  for (let count = 0; count < 6; count += 1) {
    heard.push(await press('next-image', heard.at(-1) ?? ''));
  }
  expect(heard.slice(0, 5)).toEqual([
    expect.stringMatching(/^Image 1 of 5, no alt text: may be a /),
    expect.stringMatching(/^Image 2 of 5, alt text “Two friends on a meadow”: may be a /),
    expect.stringMatching(/^Image 3 of 5, marked as decorative: .*(photo|small)/),
    expect.stringMatching(/^Image 4 of 5, alt text that says little, “IMG_2040.jpg”: may be a /),
    expect.stringMatching(/^Image 5 of 5, no alt text: may be a /),
  ]);
  expect(heard[5]).toBe(heard[0]);
  expect(await press('previous-image', heard[5] ?? '')).toBe(heard[4]);
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('link');
  await waitUntil(
    'nothing is left in the page',
    async () => await page.evaluate(() => document.querySelector('[data-alt-lens-host]') === null),
    10_000,
  );
});

test('a page without images says so', async () => {
  await open('<p>Words.</p>');
  expect(await press('next-image', '')).toBe('This page shows no images.');
});

test('a link with two images names both', async () => {
  await open(
    `<a id="link" href="#x"><img src="/dog.png" ${IMAGE}><img src="/box.svg" ${IMAGE}></a>`,
  );
  await page.focus('#link');
  const heard = await press('speak-image', '');
  expect(heard).toMatch(/^May be a .+\. .*drawing, a chart or text/);
});
