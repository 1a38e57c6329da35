/** Models of a person's own, trained here, brought by the settings page, and asked in card and popup. */
import { writeFileSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { zipSync } from 'fflate';
import type { Page } from 'puppeteer';
import sharp from 'sharp';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import { createTemporaryFolder } from '../../scripts/node/temporary-folder';
import type { BroughtFile } from '../../src/core/own-models/model-parts';
import type { OwnAnswer } from '../../src/core/own-models/own-answer';
import { english } from '../fixtures/popup/english';
import {
  graphFiles,
  type Kind,
  layersFiles,
  pictureOf,
  train,
} from '../fixtures/own-models/trained';
import { type ExtensionSession, openSession, openSite, type Site, waitUntil } from './harness';
import { runAxe } from './support/axe';
import { watchCard } from './support/card-view';
import { watchLabels } from './support/label-view';
import { ALL_HOSTS, photoResources, tabIdOf, untilProgress } from './support/labelled-pages';
import { openPopupFor, press, REPORT, untilText, watchDownloads } from './support/page-popup';

/** The end of the shape of a graph's picture. */
const INPUT = '{"size":"16"},{"size":"3"}]';
const KINDS: Kind[] = ['across', 'upright', 'disc'];
const folder = createTemporaryFolder('alt-lens-own-models-');

let layers: BroughtFile[];
let graph: BroughtFile[];
let site: Site;
let session: ExtensionSession;

beforeAll(async () => {
  layers = await layersFiles(await train({ kinds: KINDS, range: 'teachable' }));
  graph = graphFiles(await train({ kinds: ['disc', 'plain'] }));
  const images = KINDS.map((kind) => `<img id="${kind}" src="/${kind}.png" width="240">`);
  site = await openSite({
    resources: { '/': { body: `<!doctype html><title>Kinds</title>${images.join(' ')}` } },
  });
  for (const kind of KINDS) {
    const { width, height, data } = pictureOf(kind, 400, 240, 240);
    const raw = sharp(data, { raw: { width, height, channels: 4 } });
    site.set(`/${kind}.png`, { body: await raw.png().toBuffer(), contentType: 'image/png' });
  }
  session = await openSession();
}, 180_000);

afterAll(() => {
  folder.remove();
});

beforeEach(async () => {
  await session.ask('forgetEverything', {});
});

/** The files on disk, for a file field. */
function onDisk(name: string, files: readonly BroughtFile[]): string[] {
  return files.map(({ path, bytes }) => {
    const file = join(folder.path, name, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, bytes);
    return file;
  });
}

const openOptions = (of = session) => of.openPage(`${of.origin}src/options/index.html`);

async function upload(options: Page, files: readonly string[]): Promise<void> {
  const field = await options.waitForSelector('input[name="modelFiles"]:not(:disabled)');
  await (field as unknown as { uploadFile: (...paths: string[]) => Promise<void> }).uploadFile(
    ...files,
  );
}

/** What models of the person's own say in the list of results, once it is there. */
function ownInList(of: ExtensionSession, at: number): Promise<OwnAnswer[]> {
  return waitUntil(
    'the model of the person has answered',
    async () => {
      const outcomes = await of.ask('getRecentOutcomes', {});
      const result = outcomes.find(({ requestedAt }) => requestedAt >= at)?.result;
      return result?.ok === true && result.prediction.own;
    },
    60_000,
  );
}

async function askAbout(kind: Kind, of = session): Promise<OwnAnswer[]> {
  const page = await of.openPage(site.origin);
  const { at } = await of.rightClick(page, `#${kind}`);
  const answers = await ownInList(of, at);
  await page.close();
  return answers;
}

test('three files in the settings: the label in card and popup, marked as that model’s, no alt text', async () => {
  const options = await openOptions();
  await upload(options, onDisk('teachable', layers));
  await options.waitForSelector('.own-models .own-name');
  const [model] = await session.ask('getOwnModels', {});
  expect(model).toMatchObject({ labels: KINDS, backend: 'wasm', isOn: true, sites: [] });
  const name = model?.name ?? '';
  expect(name).toBe(KINDS.join(', '));
  for (const { violations } of Object.values(await runAxe(options))) expect(violations).toEqual([]);

  const page = await session.openPage(site.origin);
  const card = await watchCard(page);
  const { at } = await session.rightClick(page, '#upright');
  const said = english('own_model_says', name, 'upright');
  const shown = await card.until('the model says it', ({ lines }) => lines.includes(said));
  expect(shown.spoken).not.toContain('upright');
  const [answer] = await ownInList(session, at);
  expect(answer).toMatchObject({ model: name, label: 'upright' });
  expect(answer?.probability).toBeGreaterThan(0.5);
  expect(await page.$eval('#upright', (image) => image.getAttribute('alt'))).toBeNull();

  const popup = await openPopupFor(session, page);
  const row = await popup.waitForSelector('.own-answers li');
  expect(await row?.evaluate((each) => each.textContent)).toContain(said);
  for (const { violations } of Object.values(await runAxe(popup))) expect(violations).toEqual([]);
  for (const each of [options, page, popup]) await each.close();
}, 180_000);

test('a folder with a graph and a list of labels, and a zip file; both answer, after a stop of the worker too', async () => {
  const options = await openOptions();
  await upload(options, onDisk('graph', graph));
  await options.waitForSelector('.own-models .own-name');
  const zip = join(folder.path, 'my stripes.zip');
  writeFileSync(zip, zipSync(Object.fromEntries(layers.map((each) => [each.path, each.bytes]))));
  await upload(options, [zip]);
  await waitUntil(
    'both are there',
    async () => (await session.ask('getOwnModels', {})).length === 2,
    60_000,
  );
  const both = (answers: OwnAnswer[]) => answers.map(({ label }) => label);
  expect(both(await askAbout('disc'))).toEqual(['disc', 'disc']);
  await session.stopWorker();
  expect(both(await askAbout('disc'))).toEqual(['disc', 'disc']);
  await options.close();
}, 180_000);

describe('wrong files: which one, what is wrong, nothing changed', () => {
  const changed = (name: string, change: (bytes: Uint8Array) => string | Uint8Array) =>
    layers.map(({ path, bytes }) => {
      const now = path === name ? change(bytes) : bytes;
      return { path, bytes: typeof now === 'string' ? bytesOf(now) : new Uint8Array(now) };
    });
  const bytesOf = (content: string) => new TextEncoder().encode(content);
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  const cases: [string, string, string, () => BroughtFile[]][] = [
    ['no-json', 'model.json', 'no model.json', () => layers.slice(1)],
    ['json', 'model.json', 'cut off', () => changed('model.json', (b) => b.slice(0, 100))],
    [
      ...(['op', 'model.json', 'code'] as const),
      () => changed('model.json', (b) => text(b).replace('"Conv2D"', '"Lambda"')),
    ],
    [
      ...(['weights-missing', 'weights.bin', 'no weights'] as const),
      () => layers.filter(({ path }) => path !== 'weights.bin'),
    ],
    ['weights', 'weights.bin', 'cut weights', () => changed('weights.bin', (b) => b.slice(4))],
    [
      ...(['labels', 'metadata.json', 'no labels'] as const),
      () => layers.filter(({ path }) => path !== 'metadata.json'),
    ],
    [
      ...(['labels-count', 'metadata.json', 'other labels'] as const),
      () => changed('metadata.json', () => '{"labels":["a","b"]}'),
    ],
    [
      ...(['input', 'model.json', 'another input'] as const),
      () =>
        graph.map((each) =>
          each.path.endsWith('model.json')
            ? { ...each, bytes: bytesOf(text(each.bytes).replace(INPUT, INPUT.replace('3', '5'))) }
            : each,
        ),
    ],
    [
      ...(['run', 'model.json', 'no numbers'] as const),
      () => changed('weights.bin', (b) => b.map(() => 0xff)),
    ],
    [
      ...(['zip', 'a.zip', 'half a zip file'] as const),
      () => [{ path: 'a.zip', bytes: bytesOf('PK\u0003\u0004 no more') }],
    ],
  ];

  test('each with its code, in words', async () => {
    const options = await openOptions();
    for (const [code, file, name, files] of cases) {
      await upload(options, onDisk(`wrong ${name}`, files()));
      const alert = await options.waitForSelector(`#models [data-code="own-model-${code}"]`);
      const said = await alert?.evaluate((each) => each.textContent);
      const what = english(`error_own_model_${code.replaceAll('-', '_')}` as never);
      expect(said, name).toContain(what);
      expect(said, name).toContain(file);
      expect(await session.ask('getOwnModels', {}), name).toEqual([]);
    }
    await options.close();
  }, 180_000);
});

test('renamed, deleted, brought back, for one site, and all forgotten', async () => {
  const options = await openOptions();
  await upload(options, onDisk('teachable', layers));
  const name = await options.waitForSelector('.own-models .own-name');
  await name?.click({ count: 3 });
  await options.keyboard.type('Stripes');
  await options.keyboard.press('Enter');
  await waitUntil(
    'the name is kept',
    async () => (await session.ask('getOwnModels', {}))[0]?.name === 'Stripes',
    20_000,
  );
  await press(options, `${english('options_own_delete')}: Stripes`);
  await options.waitForSelector(`::-p-text(${english('options_own_deleted', 'Stripes')})`);
  expect(await session.ask('getOwnModels', {})).toEqual([]);
  await session.stopWorker();
  await press(options, english('options_undo'));
  await options.waitForSelector('.own-models .own-name');
  expect(await askAbout('across')).toMatchObject([{ model: 'Stripes', label: 'across' }]);

  await options.bringToFront();
  await options.locator('.model-sites').fill('elsewhere.example');
  await options.keyboard.press('Tab');
  await waitUntil(
    'the site is kept',
    async () =>
      (await session.ask('getOwnModels', {}))[0]?.sites[0] === 'https://elsewhere.example',
    20_000,
  );
  const page = await session.openPage(site.origin);
  const outcome = await session.describe(page, '#across');
  expect(outcome.result).toMatchObject({ ok: true });
  expect(outcome.result.ok && outcome.result.prediction.own).toBeFalsy();
  await page.close();

  await options.bringToFront();
  await press(options, english('options_forget'));
  await options.waitForSelector(`::-p-text(${english('options_forget_question')})`);
  await press(options, english('options_forget'));
  await options.waitForSelector(`::-p-text(${english('options_models_none')})`);
  expect(await session.ask('getOwnModels', {})).toEqual([]);
  expect(await session.ask('getRecentOutcomes', {})).toEqual([]);
  await options.close();
}, 180_000);

test('with the GPU lost the next backend answers; after a restart of the browser all is there', async () => {
  const profile = createTemporaryFolder('alt-lens-own-profile-');
  try {
    const first = await openSession({ userDataDir: profile.path });
    await first.ask('setSettings', { settings: { backend: 'webgl' } });
    const options = await openOptions(first);
    await upload(options, onDisk('teachable', layers));
    await options.waitForSelector('.own-models .own-name');
    expect(await first.ask('getOwnModels', {})).toMatchObject([{ backend: 'webgl' }]);
    const devtools = await first.browser.target().createCDPSession();
    await devtools.send('Browser.crashGpuProcess');
    expect(await askAbout('across', first)).toMatchObject([{ label: 'across' }]);
    expect((await first.ask('getOwnModels', {}))[0]?.backend).not.toBe('webgpu');
    await first.ask('setSettings', { settings: { backend: 'auto' } });
    await first.close();

    const second = await openSession({ userDataDir: profile.path });
    expect(await second.ask('getOwnModels', {})).toMatchObject([{ labels: KINDS, backend: null }]);
    expect(await askAbout('upright', second)).toMatchObject([{ label: 'upright' }]);
    await second.close();
  } finally {
    profile.remove();
  }
}, 240_000);

test('on a site that it was chosen for it speaks beside labels: in the report, its exports, and in no alt text', async () => {
  const own = await openSession({ hostPermissions: ALL_HOSTS });
  await own.ask('setSettings', { settings: { listenerMode: 'missing-and-weak' } });
  const options = await openOptions(own);
  await upload(options, onDisk('teachable', layers));
  await options.waitForSelector('.own-models .own-name');
  await options.locator('.model-sites').fill(new URL(site.origin).origin);
  await options.keyboard.press('Tab');
  await waitUntil(
    'the site is kept',
    async () => (await own.ask('getOwnModels', {}))[0]?.sites[0] === site.origin,
    20_000,
  );
  const [model] = await own.ask('getOwnModels', {});
  const page = await own.openPage(site.origin);
  const tabId = await tabIdOf(own, page);
  await own.ask('labelPage', { tabId });
  await untilProgress(own, tabId, ({ labelled }) => labelled === KINDS.length);
  const { images } = await own.ask('getPageReport', { tabId });
  expect(images.map(({ prediction }) => prediction?.own?.[0]?.label)).toEqual(KINDS);
  const texts = await page.$$eval('img', (all) => all.map((image) => image.getAttribute('alt')));
  for (const text of texts) expect(KINDS.some((kind) => text?.includes(kind))).toBe(false);

  const popup = await openPopupFor(own, page);
  await popup.waitForSelector('.image-row');
  await press(popup, english('popup_open_report'));
  const report = await own.openedPage(REPORT);
  await report.bringToFront();
  const said = english('own_model_says', model?.name ?? '', 'across');
  await untilText(report, '.triage-row', (text) => text.includes(said));
  await report.click('.triage-words');
  await report.waitForSelector('.image-details .own-answers');
  for (const { violations } of Object.values(await runAxe(report))) expect(violations).toEqual([]);
  const saved = await watchDownloads(own);
  await press(report, english('report_save_csv'));
  expect(await saved('.csv')).toContain(`${model?.name ?? ''}: across `);
  await press(report, english('report_save_html'));
  expect(await saved('.html')).toContain(said);
}, 180_000);

test('instead of the built-in model on its site, in its open page at once: label, card, popup and report show its answer alone; and back', async () => {
  const photos = await photoResources(3);
  for (const [path, photo] of Object.entries(photos)) site.set(path, photo);
  const images = Object.keys(photos).map(
    (path, at) => `<img id="p${at}" src="${path}" width="220">`,
  );
  site.set('/photos', { body: `<!doctype html><title>Photos</title>${images.join(' ')}` });
  const own = await openSession({ hostPermissions: ALL_HOSTS });
  await own.ask('setSettings', { settings: { listenerMode: 'missing-and-weak' } });
  const options = await openOptions(own);
  await upload(options, onDisk('teachable', layers));
  await options.waitForSelector('.own-models .own-name');
  const [{ name } = { name: '' }] = await own.ask('getOwnModels', {});
  const way = `${english('options_models_way')} (${name})`;
  expect(await options.$(`::-p-aria([name="${way}"])`)).toBeNull();
  await options.locator('.model-sites').fill(site.origin);
  await options.keyboard.press('Tab');
  await options.waitForSelector(`::-p-aria([name="${way}"])`);
  const isInstead = async () => (await own.ask('getOwnModels', {}))[0]?.isInstead;
  expect(await isInstead()).toBe(false);

  const page = await own.openPage(`${site.origin}/photos`);
  const tabId = await tabIdOf(own, page);
  const reader = await watchLabels(page, own);
  await own.ask('labelPage', { tabId });
  /** What the open page shows when all its images are labelled in this way: it is not loaded anew. */
  const labelled = async (isInsteadThere: boolean) => {
    await page.bringToFront();
    const report = await waitUntil(
      `labels by the model ${isInsteadThere ? 'instead' : 'beside'}`,
      async () => {
        const now = await own.ask('getPageReport', { tabId });
        const isEach = now.images.every(
          ({ state, silence }) =>
            state === 'labelled' && (silence === 'own-model') === isInsteadThere,
        );
        return now.images.length === images.length && isEach && now;
      },
      30_000,
    );
    const drawn = isInsteadThere ? images.length : 1;
    const labels = await reader.until('labels are drawn', (all) => all.length >= drawn);
    return { ...report, texts: labels.map(({ text }) => text), labels };
  };
  const listenerTexts = () =>
    page.$$eval('img', (all) => all.filter((image) => image.hasAttribute('alt')).length);
  const beside = await labelled(false);
  const hints = beside.images.map(({ hint }) => hint?.label);
  const hinted = hints.filter((hint) => hint !== undefined).length;
  expect(hinted).toBeGreaterThan(0);
  const untilHeard = () =>
    waitUntil('listeners hear the hints', async () => (await listenerTexts()) === hinted, 20_000);
  await untilHeard();

  await options.bringToFront();
  await options.focus('input[type=radio][value=false]');
  await options.keyboard.press('ArrowDown');
  await waitUntil('it is instead', isInstead, 20_000);
  for (const { violations } of Object.values(await runAxe(options))) expect(violations).toEqual([]);
  const instead = await labelled(true);
  const said = instead.images.map(({ prediction }) =>
    english('own_model_says', name, prediction?.own?.[0]?.label ?? ''),
  );
  expect(instead.texts.toSorted()).toEqual(said.toSorted());
  for (const { share } of instead.labels) expect(share).toMatch(/%$/);
  for (const { hint, draft, silence, need } of instead.images) {
    expect({ hint, draft, silence }).toEqual({ hint: null, draft: null, silence: 'own-model' });
    expect(need).toBe('missing');
  }

  const card = await watchCard(page);
  await own.rightClick(page, '#p0');
  const shown = await card.settled();
  expect(shown).toMatchObject({ headline: said[0], draft: null });
  expect(shown.lines.join()).not.toContain(hints.find((hint) => hint !== undefined));
  const popup = await openPopupFor(own, page);
  await untilText(popup, '.image-row .image-headline', (text) => text.startsWith(said[0] ?? '-'));
  await press(popup, english('popup_open_report'));
  const report = await own.openedPage(REPORT);
  await report.bringToFront();
  const row = await untilText(report, '.triage-row', (text) => text.includes(said[0] ?? '-'));
  expect(row.split(said[0] ?? '-')).toHaveLength(2);
  expect(row).toContain(english('report_no_suggestion'));
  for (const { violations } of Object.values(await runAxe(report))) expect(violations).toEqual([]);

  expect(await listenerTexts()).toBe(0);
  await options.bringToFront();
  await options.focus('input[type=radio][value=true]');
  await options.keyboard.press('ArrowUp');
  await waitUntil('it is beside', async () => (await isInstead()) === false, 20_000);
  const back = await labelled(false);
  expect(back.images.map(({ hint }) => hint?.label)).toEqual(hints);
  await untilHeard();
  // Nothing was looked at anew.
  expect(back.counts.inferences).toBe(beside.counts.inferences);
}, 240_000);
