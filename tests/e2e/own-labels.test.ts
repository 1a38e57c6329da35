/** Names of a person's own: taught by one picture, said of its other sizes on every page, and taken along. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';

import sharp from 'sharp';
import { beforeAll, beforeEach, expect, test } from 'vitest';

import { createTemporaryFolder } from '../../scripts/node/temporary-folder';
import type { ReportImage } from '../../src/core/report/page-report';
import { english } from '../fixtures/popup/english';
import { openSession, openSite, type ExtensionSession, type Site, waitUntil } from './harness';
import { ALL_HOSTS, photoResources, tabIdOf, untilProgress } from './support/labelled-pages';
import { openPopupFor, press } from './support/page-popup';

const PHOTOS = 3;

let session: ExtensionSession;
let site: Site;

const pageOf = (pictures: readonly string[]): { body: string } => ({
  body: `<!doctype html><html lang="en"><title>Photos</title><link rel="icon" href="data:,">${pictures
    .map((src, place) => `<img id="photo-${place}" width="240" height="180" src="${src}">`)
    .join(' ')}`,
});

beforeAll(async () => {
  const resources = await photoResources(PHOTOS);
  site = await openSite({ resources });
  const photo = resources['/photos/0.jpg']?.body;
  if (!(photo instanceof Uint8Array)) throw new Error('No photo.');
  const small = await sharp(photo).resize({ width: 200 }).jpeg({ quality: 70 }).toBuffer();
  site.set('/small.jpg', { body: small, contentType: 'image/jpeg' });
  site.set('/photos.html', pageOf(['/photos/0.jpg', '/photos/1.jpg', '/photos/2.jpg']));
  site.set('/small.html', pageOf(['/small.jpg', '/photos/1.jpg']));
  session = await openSession({ hostPermissions: ALL_HOSTS });
});

beforeEach(async () => {
  const labels = await session.ask('getOwnLabels', {});
  await session.ask('forgetOwnLabels', { ids: labels.map(({ id }) => id) });
});

async function openLabelled(path: string, images: number) {
  const page = await session.openPage(`${site.origin}${path}`);
  const tabId = await tabIdOf(session, page);
  await session.ask('labelPage', { tabId });
  await untilProgress(session, tabId, ({ labelled }) => labelled === images);
  return { page, tabId };
}

async function imageOf(tabId: number, selector: string): Promise<ReportImage> {
  const { images } = await session.ask('getPageReport', { tabId });
  const found = images.find((image) => image.selector === selector);
  if (found === undefined) throw new Error(`No image ${selector}.`);
  return found;
}

async function pictureOf(tabId: number): Promise<string> {
  const { prediction } = await imageOf(tabId, '#photo-0');
  if (prediction === null) throw new Error('The first photo should be labelled.');
  return prediction.picture;
}

const inferences = async () => (await session.ask('getEngineStatus', {})).inferences;

test('taught in the list: said at once of another size in another tab, without another look; undone', async () => {
  const first = await openLabelled('/photos.html', PHOTOS);
  const other = await openLabelled('/small.html', 2);
  const ran = await inferences();
  const before = await imageOf(other.tabId, '#photo-0');
  expect(before.hint?.label).not.toBe('Mira');

  const popup = await openPopupFor(session, first.page);
  await popup.waitForSelector('.image-row');
  await popup.click('.image-row');
  await press(popup, english('teach_open'));
  await popup.waitForSelector('input[name="ownLabel"]');
  // The keyboard is in the field already.
  await popup.keyboard.type('Mira');
  await popup.keyboard.press('Enter');
  await popup.waitForSelector(`::-p-text(${english('teach_done', 'Mira')})`);

  const expected = { label: 'Mira', text: 'May be Mira' };
  expect((await imageOf(first.tabId, '#photo-0')).hint).toMatchObject(expected);
  expect((await imageOf(other.tabId, '#photo-0')).hint).toMatchObject(expected);
  expect((await imageOf(other.tabId, '#photo-1')).hint?.label).not.toBe('Mira');
  expect(await inferences()).toBe(ran);

  await press(popup, english('options_undo'));
  await popup.waitForSelector(`::-p-aria([name="${english('teach_open')}"][role="button"])`);
  expect((await imageOf(other.tabId, '#photo-0')).hint).toEqual(before.hint);
  expect(await session.ask('getOwnLabels', {})).toEqual([]);
  for (const page of [popup, first.page, other.page]) await page.close();
}, 120_000);

test('what was confirmed outlives the worker, and private windows teach nothing', async () => {
  const { page, tabId } = await openLabelled('/photos.html', PHOTOS);
  const picture = await pictureOf(tabId);
  const asked = { picture, name: 'Mira', page: page.url() };
  await expect(session.ask('teachLabel', { ...asked, isPrivate: true })).rejects.toThrow(
    /private/i,
  );
  expect(await session.ask('getOwnLabels', {})).toEqual([]);
  const { lesson } = await session.ask('teachLabel', { ...asked, isPrivate: false });
  await session.stopWorker();
  const [label] = await session.ask('getOwnLabels', {});
  expect(label).toMatchObject({
    id: lesson.label,
    name: 'Mira',
    examples: [{ id: lesson.example }],
  });
  await page.close();
}, 120_000);

test('exported, deleted, imported; a damaged file is refused and changes nothing', async () => {
  const { page, tabId } = await openLabelled('/photos.html', PHOTOS);
  await session.ask('teachLabel', {
    ...{ picture: await pictureOf(tabId), name: 'Mira', isPrivate: false, page: page.url() },
  });
  const file = await session.ask('exportOwnLabels', {});
  const labels = await session.ask('getOwnLabels', {});
  await session.ask('forgetOwnLabels', { ids: labels.map(({ id }) => id) });
  for (const damaged of [file.slice(0, 500), file.replace('"own-labels"', '"other"')]) {
    await expect(session.ask('adoptOwnLabels', { file: damaged })).rejects.toThrow();
    expect(await session.ask('getOwnLabels', {})).toEqual([]);
  }
  expect(await session.ask('adoptOwnLabels', { file })).toBe(1);
  expect((await imageOf(tabId, '#photo-0')).hint?.label).toBe('Mira');
  await page.close();
}, 120_000);

test('a label that is dismissed of one size is dismissed of the other', async () => {
  const first = await openLabelled('/photos.html', PHOTOS);
  const small = await openLabelled('/small.html', 2);
  const { hint } = await imageOf(first.tabId, '#photo-0');
  const { prediction } = await imageOf(small.tabId, '#photo-0');
  if (hint === null || !prediction?.hint) throw new Error('Both should be sure enough.');
  expect(prediction.picture).not.toBe(await pictureOf(first.tabId));
  // Of the small one less is said: what it is none of, the other is none of either.
  const dismissal = { picture: prediction.picture, synset: prediction.hint.synset };
  const asked = { ...dismissal, isPrivate: false, page: small.page.url() };
  await session.ask('setDismissal', { ...asked, isDismissed: true });
  expect(await imageOf(first.tabId, '#photo-0')).toMatchObject({
    ...{ hint: null, silence: 'dismissed' },
  });
  await session.ask('setDismissal', { ...asked, isDismissed: false });
  expect((await imageOf(first.tabId, '#photo-0')).hint).toEqual(hint);
  for (const page of [first.page, small.page]) await page.close();
}, 120_000);

test('the settings show what was taught: renamed, deleted, brought back', async () => {
  const { page, tabId } = await openLabelled('/photos.html', PHOTOS);
  await session.ask('teachLabel', {
    ...{ picture: await pictureOf(tabId), name: 'Mira', isPrivate: false, page: page.url() },
  });
  const options = await session.openPage(`${session.origin}src/options/index.html`);
  const name = await options.waitForSelector('.own-name');
  expect(await name?.evaluate((field) => (field as HTMLInputElement).value)).toBe('Mira');
  await name?.click({ count: 3 });
  await options.keyboard.type('Miro');
  await options.keyboard.press('Enter');
  await options.waitForFunction(
    () => document.querySelector<HTMLInputElement>('.own-name')?.value === 'Miro',
  );
  expect((await imageOf(tabId, '#photo-0')).hint?.label).toBe('Miro');
  await press(options, `${english('options_own_delete')}: Miro`);
  await options.waitForSelector(`::-p-text(${english('options_own_deleted', 'Miro')})`);
  expect((await imageOf(tabId, '#photo-0')).hint?.label).not.toBe('Miro');
  await press(options, english('options_undo'));
  await options.waitForSelector('.own-name');
  expect((await imageOf(tabId, '#photo-0')).hint?.label).toBe('Miro');
  for (const each of [options, page]) await each.close();
}, 120_000);

test('exported as a model, and taken back in as one: it calls the picture by the label that was taught', async () => {
  const folder = createTemporaryFolder('alt-lens-label-model-');
  const { page, tabId } = await openLabelled('/photos.html', PHOTOS);
  const asked = { isPrivate: false, page: page.url() };
  const options = await session.openPage(`${session.origin}src/options/index.html`);
  await press(options, english('options_own_export_model'));
  await options.waitForSelector(`::-p-text(${english('error_own_labels_none')})`);

  await session.ask('teachLabel', { ...asked, picture: await pictureOf(tabId), name: 'Mira' });
  await session.saveDownloadsTo(folder.path);
  await press(options, english('options_own_export_model'));
  const zip = join(folder.path, 'alt-lens-labels.zip');
  await waitUntil('the file is saved', () => existsSync(zip), 20_000);
  const field = await options.waitForSelector('input[name="modelFiles"]:not(:disabled)');
  await (field as unknown as { uploadFile: (path: string) => Promise<void> }).uploadFile(zip);
  await options.waitForSelector('.own-models .own-name');

  const { at } = await session.rightClick(page, '#photo-0');
  const own = await waitUntil(
    'the model has answered',
    async () => {
      const outcomes = await session.ask('getRecentOutcomes', {});
      const result = outcomes.find(({ requestedAt }) => requestedAt >= at)?.result;
      return result?.ok === true && result.prediction.own;
    },
    60_000,
  );
  expect(own).toMatchObject([{ label: 'Mira' }]);
  const [model] = await session.ask('getOwnModels', {});
  await session.ask('setOwnModelDeleted', { id: model?.id ?? '', isDeleted: true });
  for (const each of [options, page]) await each.close();
  folder.remove();
}, 180_000);
