/** Where a text is needed: every fixture element's need and rule, and axe-core's verdict in the same page. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';

import type Axe from 'axe-core';
import type { Page } from 'puppeteer';
import { build, type Rolldown } from 'vite';
import { beforeAll, describe, expect, test } from 'vitest';

import {
  asset,
  openSession,
  openSite,
  waitUntil,
  type ExtensionSession,
  type Site,
} from './harness';

const FIXTURES = ['techniques', 'axe-rules'] as const;
/** axe's rules for images, and the one for the areas of image maps. */
const AXE_RULES = ['image-alt', 'input-image-alt', 'svg-img-alt', 'role-img-alt', 'area-alt'];
const MIN_ELEMENTS = 150;

interface Verdict {
  html: string;
  expected: string;
  ours: string;
  /** Null where none of axe's rules is about the element. */
  axe: 'missing' | 'decorative' | 'named' | null;
}

let session: ExtensionSession;
let site: Site;
let readers = '';
let axe = '';

/** The content script's own modules, as one script that a page can run. */
async function bundle(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      minify: false,
      lib: {
        entry: resolve('tests/fixtures/alt-text/reader.ts'),
        formats: ['iife'],
        name: 'altNeed',
      },
    },
  });
  const [output] = Array.isArray(built) ? built : [built as Rolldown.RolldownOutput];
  const [chunk] = output?.output ?? [];
  if (chunk?.type !== 'chunk') throw new Error('Nothing was built.');
  return chunk.code;
}

beforeAll(async () => {
  readers = await bundle();
  axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  site = await openSite({ folder: 'tests/fixtures/alt-text' });
  session = await openSession();
});

async function judge(page: Page): Promise<Verdict[]> {
  await page.evaluate(readers);
  await page.evaluate(axe);
  return await page.evaluate(async (rules): Promise<Verdict[]> => {
    const world = window as unknown as {
      altNeed: { needsOf: (elements: Element[]) => { need: string; rule: string }[] };
      axe: typeof Axe;
    };
    const results = await world.axe.run(document, {
      runOnly: rules,
      elementRef: true,
      resultTypes: ['violations', 'passes', 'incomplete'],
    });
    if (results.incomplete.length > 0) throw new Error('axe is not sure.');
    const violations = new Set(
      results.violations.flatMap(({ nodes }) => nodes.map(({ element }) => element)),
    );
    const passed = new Map(
      results.passes.flatMap(({ nodes }) =>
        nodes.map(({ element, any }) => [element, any.map(({ id }) => id)]),
      ),
    );
    const elements = [...document.querySelectorAll<HTMLElement>('[data-expect]')];
    world.axe.setup(document.documentElement);
    const { isVisibleToScreenReaders } = (
      world.axe.commons as unknown as {
        dom: { isVisibleToScreenReaders: (node: Element) => boolean };
      }
    ).dom;
    const axeVerdicts = elements.map((element): Verdict['axe'] => {
      if (violations.has(element)) return 'missing';
      if (!isVisibleToScreenReaders(element)) return 'decorative';
      const checks = passed.get(element);
      if (checks === undefined) return null;
      // That `alt` is there is all that can be said for an empty one.
      const isEmpty = element.getAttribute('alt') === '' && checks.join(' ') === 'has-alt';
      return isEmpty || checks.includes('presentational-role') ? 'decorative' : 'named';
    });
    world.axe.teardown();
    const ours = world.altNeed.needsOf(elements);
    return elements.map((element, index) => ({
      html: element.outerHTML.slice(0, 160),
      expected: element.getAttribute('data-expect') ?? '',
      ours: `${ours[index]?.need ?? ''} ${ours[index]?.rule ?? ''}`,
      axe: axeVerdicts[index] ?? null,
    }));
  }, AXE_RULES);
}

describe('on the fixture pages', () => {
  const verdicts: Verdict[] = [];

  test.each(FIXTURES)('%s: each element has its need and rule', async (name) => {
    const page = await session.openPage(`${site.origin}/${name}.html`);
    const found = await judge(page);
    await page.close();
    expect(found.length).toBeGreaterThan(50);
    verdicts.push(...found);
    expect(found.filter(({ expected, ours }) => expected !== ours)).toEqual([]);
  });

  test('axe-core agrees on every element', () => {
    expect(verdicts.length).toBeGreaterThanOrEqual(MIN_ELEMENTS);
    const judged = verdicts.filter((verdict) => verdict.axe !== null);
    const disagreements = verdicts.filter(({ ours, axe: theirs }) => {
      const [need] = ours.split(' ');
      // Where no rule of axe's looks, it does not miss anything.
      if (theirs === null) return need === 'missing';
      return (need === 'weak' ? 'named' : need) !== theirs;
    });
    console.log(
      `${verdicts.length} elements, ${disagreements.length} disagreements ` +
        `(axe-core judges ${judged.length} of them)`,
    );
    expect(judged.length).toBeGreaterThanOrEqual(MIN_ELEMENTS);
    expect(disagreements).toEqual([]);
  });
});

test('behind a modal dialog nothing needs a text', async () => {
  site.set('/modal.html', {
    body: `<!doctype html><title>Modal</title><img src="a.png" data-expect="decorative hidden">
      <dialog><p>Words <img src="b.png" data-expect="missing no-alt"></p></dialog>
      <script>document.querySelector('dialog').showModal()</script>`,
  });
  const page = await session.openPage(`${site.origin}/modal.html`);
  const found = await judge(page);
  expect(found).toHaveLength(2);
  expect(found.map(({ ours }) => ours)).toEqual(found.map(({ expected }) => expected));
  expect(found.map((verdict) => verdict.axe)).toEqual(['decorative', 'missing']);
  await page.close();
});

test('the page report tells need, rule and name of every image', async () => {
  const page = await session.openPage(`${site.origin}/techniques.html`);
  await session.grantActiveTab(page);
  const { id: tabId } = await session.tabOf(page);
  if (tabId === undefined) throw new Error('The tab has no id.');
  await session.ask('labelPage', { tabId });
  const images = await waitUntil(
    'the images are found',
    async () => {
      const report = await session.ask('getPageReport', { tabId });
      return report.images.length > 100 && report.images;
    },
    20_000,
  );
  const expected = await page.evaluate(
    (selectors) =>
      selectors.map((selector) => document.querySelector(selector)?.getAttribute('data-expect')),
    images.map(({ selector }) => selector),
  );
  const compared = images
    .map(({ need, rule, selector }, index) => ({
      selector,
      ours: `${need ?? ''} ${rule ?? ''}`,
      expected: expected[index] ?? null,
    }))
    .filter((image) => image.expected !== null);
  expect(compared.length).toBeGreaterThan(100);
  expect(compared.filter((image) => image.ours !== image.expected)).toEqual([]);
  expect(images.find(({ name }) => name === 'A tabby cat on a red sofa')?.need).toBe('named');
  await page.close();
});

test('a text that names something else than a clear picture shows is asked about', async () => {
  site.set('/dog.png', { file: await asset('photos/52d8515abbfaa8ac.png') });
  const texts = ['A red car', 'A dog', 'Best friends'];
  site.set('/mismatch.html', {
    body: `<!doctype html><html lang="en"><title>Pictures</title>${texts
      .map((text) => `<img src="/dog.png" width="200" height="200" alt="${text}">`)
      .join('')}`,
  });
  const page = await session.openPage(`${site.origin}/mismatch.html`);
  await session.grantActiveTab(page);
  const { id: tabId } = await session.tabOf(page);
  if (tabId === undefined) throw new Error('The tab has no id.');
  await session.ask('labelPage', { tabId });
  const images = await waitUntil(
    'the images are labelled',
    async () => {
      const report = await session.ask('getPageReport', { tabId });
      const labelled = report.images.filter(({ state }) => state === 'labelled');
      return labelled.length === texts.length && labelled;
    },
    30_000,
  );
  expect(images.map(({ name }) => name)).toEqual(texts);
  expect(images.map(({ mismatch }) => mismatch?.term ?? null)).toEqual(['car', null, null]);
  await page.close();
});
