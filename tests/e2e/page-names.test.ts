/** Whatever a page names, defines, patches or dispatches: its images have their labels, and it reads and does nothing of ours. */
import type { Page } from 'puppeteer';
import { beforeAll, beforeEach, expect, test } from 'vitest';

import { english } from '../fixtures/popup/english';
import { openSession, openSite, waitUntil, type ExtensionSession, type Site } from './harness';
import { watchCard } from './support/card-view';
import { watchLabels } from './support/label-view';
import { ALL_HOSTS, photoResources, tabIdOf, untilProgress } from './support/labelled-pages';

let session: ExtensionSession;
let site: Site;
let pages = 0;

beforeAll(async () => {
  site = await openSite({ resources: await photoResources(1) });
  session = await openSession({ hostPermissions: ALL_HOSTS });
});

beforeEach(async () => {
  await session.ask('setSettings', { settings: { listenerMode: 'missing' } });
  await session.ask('forgetDismissals', {});
});

const IMAGE = '<img id="target" width="300" height="200" src="/photos/0.jpg">';

async function open(body: string, head = '') {
  pages += 1;
  const path = `/names-${pages}.html`;
  site.set(path, {
    body: `<!doctype html><html lang="en"><title>Names</title><link rel="icon" href="data:,">${head}<body style="margin:20px">${body}`,
  });
  const page = await session.openPage(site.origin + path);
  const card = await watchCard(page);
  const labels = await watchLabels(page, session);
  return { page, card, labels, tabId: await tabIdOf(session, page) };
}

type Opened = Awaited<ReturnType<typeof open>>;

const altOf = (page: Page) => page.$eval('#target', (image) => image.getAttribute('alt'));

/** The label is there, and the alt text. @returns the label */
async function expectLabelled({ page, labels, tabId }: Opened): Promise<string> {
  await session.ask('labelPage', { tabId });
  await untilProgress(session, tabId, ({ labelled, pending }) => labelled === 1 && pending === 0);
  const [label] = await labels.until('the label is there', ({ length }) => length === 1);
  const { images } = await session.ask('getPageReport', { tabId });
  expect(images).toMatchObject([{ need: 'missing', state: 'labelled' }]);
  await waitUntil('the alt text is there', async () => (await altOf(page)) !== null, 10_000);
  expect(await altOf(page)).toBe(images[0]?.hint?.text);
  expect(label?.text).toBe(images[0]?.hint?.label);
  return label?.text ?? '';
}

/** The card answers a right-click. */
async function expectDescribed({ page, card }: Opened): Promise<void> {
  await session.describe(page, '#target');
  const { headline, draft } = await card.settled();
  expect(headline).not.toBe('');
  expect(draft).not.toBeNull();
}

/** The page is as it was, and alive. */
async function expectGivenBack({ page, card, labels, tabId }: Opened): Promise<void> {
  await page.keyboard.press('Escape');
  await card.gone();
  await session.ask('unlabelPage', { tabId });
  await labels.until('the labels are gone', ({ length }) => length === 0);
  await waitUntil('the alt text is gone', async () => (await altOf(page)) === null, 5000);
  expect(await page.evaluate(() => 1 + 1)).toBe(2);
  await page.close();
}

/** Controls named after every member of a form, made without asking the form for anything. */
const NAME_CONTROLS = `const nameControls = (form, attribute) => {
  for (const { prototype } of [EventTarget, Node, Element, HTMLElement, HTMLFormElement]) {
    for (const name of Object.getOwnPropertyNames(prototype)) {
      const control = document.createElement('input');
      control.type = 'hidden';
      control.setAttribute(attribute, name);
      Node.prototype.appendChild.call(form, control);
    }
  }
};`;

test.each(['name', 'id'])(
  'controls with the %s of every member of a form',
  async (attribute) => {
    const opened = await open(
      `<form>${IMAGE}</form><script>${NAME_CONTROLS}nameControls(document.querySelector('form'), '${attribute}')</script>`,
    );
    const shadowed = await opened.page.evaluate(() => {
      const form: unknown = document.querySelector('form');
      return Reflect.get(form as object, 'parentNode') instanceof HTMLInputElement;
    });
    expect(shadowed).toBe(true);
    await expectLabelled(opened);
    await expectDescribed(opened);
    await expectGivenBack(opened);
  },
  90_000,
);

/** What a page does that wants our roots: collected in `seen`, read as texts. */
const SPY = `<script>
  const roots = new Set();
  const hosts = new Set();
  globalThis.seen = { roots, hosts, made: 0 };
  for (const name of ['card', 'labels', 'voice', 'ring']) {
    customElements.define('alt-lens-' + name, class extends HTMLElement {
      constructor() {
        super();
        seen.made += 1;
        const { shadowRoot } = this.attachInternals();
        if (shadowRoot) roots.add(shadowRoot);
      }
    });
  }
  for (const name of ['attachShadow', 'attachInternals']) {
    const original = Element.prototype[name] ?? HTMLElement.prototype[name];
    const home = name in Element.prototype ? Element.prototype : HTMLElement.prototype;
    home[name] = function (...values) {
      const made = original.apply(this, values);
      const root = made.shadowRoot ?? made;
      if (root instanceof ShadowRoot) roots.add(root);
      return made;
    };
  }
  new MutationObserver((changes) => {
    for (const { addedNodes } of changes) {
      for (const added of addedNodes) if (added.nodeType === 1) hosts.add(added);
    }
  }).observe(document.documentElement, { childList: true });
</script>`;

interface Seen {
  roots: Set<ShadowRoot>;
  hosts: Set<HTMLElement>;
  made: number;
}

/** What the page's own script has of ours. */
function readByPage(page: Page) {
  return page.evaluate(() => {
    const { roots, hosts, made } = (globalThis as unknown as { seen: Seen }).seen;
    const errors = [...hosts].map((host) => {
      try {
        const root = host.attachInternals().shadowRoot;
        return root === null ? 'none' : 'root';
      } catch (error) {
        return (error as Error).name;
      }
    });
    return {
      made,
      roots: roots.size,
      ours: [...hosts].filter((host) => host.hasAttribute('data-alt-lens-host')).length,
      openRoots: [...hosts].filter(({ shadowRoot }) => shadowRoot !== null).length,
      internals: [...new Set(errors)].filter((name) => name !== 'NotSupportedError'),
      texts: [...hosts].map(({ innerText }) => innerText).join(''),
    };
  });
}

test('a page that defines our former elements and patches the makers of roots gets none', async () => {
  const opened = await open(`<main>${IMAGE}</main>`, SPY);
  await expectLabelled(opened);
  await expectDescribed(opened);
  const read = await readByPage(opened.page);
  expect(read.ours).toBeGreaterThanOrEqual(2);
  expect(read).toMatchObject({ made: 0, roots: 0, openRoots: 0, internals: [], texts: '' });
  await expectGivenBack(opened);
}, 90_000);

test('what a page dispatches presses nothing of ours; a person’s press does', async () => {
  const opened = await open(`<main>${IMAGE}</main>`, SPY);
  const { page, card, labels } = opened;
  await expectLabelled(opened);
  await expectDescribed(opened);
  const dismissals = async () => {
    const { images } = await session.ask('getPageReport', { tabId: opened.tabId });
    return images.filter(({ silence }) => silence === 'dismissed').length;
  };
  const wrong = english('dismissal_button');
  const before = await card.settled();
  expect(before.buttons).toContain(wrong);
  await page.evaluate(() => {
    const { hosts } = (globalThis as unknown as { seen: Seen }).seen;
    const box = document.querySelector('#target')?.getBoundingClientRect();
    const at = { clientX: (box?.x ?? 0) + 9, clientY: (box?.y ?? 0) + 9 };
    const rest = { bubbles: true, cancelable: true, composed: true };
    for (const target of [...hosts, document.querySelector('#target'), document, window]) {
      if (target instanceof HTMLElement) target.click();
      for (const type of ['pointerdown', 'pointermove', 'pointerup', 'mousedown', 'click']) {
        target?.dispatchEvent(new PointerEvent(type, { ...at, ...rest }));
      }
      for (const key of ['Tab', 'Enter', ' ', 'Escape']) {
        for (const type of ['keydown', 'keypress', 'keyup']) {
          target?.dispatchEvent(new KeyboardEvent(type, { key, code: key, ...rest }));
        }
      }
    }
  });
  // As long as a press of a person takes to be everywhere, and more.
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect(await dismissals()).toBe(0);
  expect((await card.settled()).buttons).toEqual(before.buttons);
  expect((await labels.shown()).map(({ text }) => text)).toHaveLength(1);

  await card.press(wrong);
  await waitUntil('a person’s press is obeyed', async () => (await dismissals()) === 1, 10_000);
  await page.close();
}, 90_000);
