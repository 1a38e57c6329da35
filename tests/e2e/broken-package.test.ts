/** What a person sees when the extension itself is broken: no backend, or a model file missing or altered. */
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, test } from 'vitest';

import type { ErrorCode } from '../../src/core/errors';
import { createTemporaryFolder } from '../../scripts/node/temporary-folder';
import { builtExtension, type ExtensionSession, openSession, type Site } from './harness';
import { watchCard } from './support/card-view';
import { english } from '../fixtures/popup/english';
import { ALL_HOSTS, tabIdOf, untilProgress } from './support/labelled-pages';
import { openPopupFor } from './support/page-popup';
import { openPandaSite } from './support/panda-site';

const WEIGHTS = 'models/mobilenet-v1-1.0-224/weights.bin';

const folders: { remove: () => void }[] = [];
let site: Site;

beforeAll(async () => {
  site = await openPandaSite();
});

afterAll(() => {
  for (const { remove } of folders) remove();
});

/** A copy of the build that `damage` was done to. */
function damagedExtension(damage: (dir: string) => void): string {
  const folder = createTemporaryFolder('alt-lens-damaged-');
  folders.push(folder);
  const dir = join(folder.path, 'extension');
  cpSync(builtExtension(), dir, { recursive: true });
  damage(dir);
  return dir;
}

async function describedWith(session: ExtensionSession) {
  const page = await session.openPage(`${site.origin}/`);
  const card = await watchCard(page);
  const outcome = await session.describe(page, '#photo');
  return { outcome, card: await card.settled() };
}

test.each<{ name: string; code: ErrorCode; text: RegExp; damage: (dir: string) => void }>([
  {
    name: 'a model file that is missing',
    code: 'model-missing',
    text: /missing/i,
    damage: (dir) => {
      rmSync(join(dir, WEIGHTS));
    },
  },
  {
    name: 'a model file with one bit changed',
    code: 'model-altered',
    text: /not the ones/,
    damage: (dir) => {
      const weights = readFileSync(join(dir, WEIGHTS));
      weights[1_000_000] = (weights[1_000_000] ?? 0) ^ 1;
      writeFileSync(join(dir, WEIGHTS), weights);
    },
  },
])('$name is named in card and popup', async ({ code, text, damage }) => {
  const session = await openSession({ extensionDir: damagedExtension(damage) });
  const { outcome, card } = await describedWith(session);
  expect(outcome.result).toMatchObject({ ok: false, error: { code } });
  expect(card.headline + card.lines.join(' ')).toMatch(text);
  const status = await session.ask('getEngineStatus', {});
  expect(status).toMatchObject({ state: 'failed', failure: { code } });

  // The other model is whole: a person who switches to it gets answers at once.
  await session.ask('setSettings', { settings: { variant: 'fast' } });
  const again = await describedWith(session);
  expect(again.outcome.result).toMatchObject({ ok: true, prediction: { variant: 'fast' } });
  await session.close();
});

test('no backend: each one tells why, and another choice works at once', async () => {
  const session = await openSession();
  await session.ask('setSettings', { settings: { backend: 'webgpu' } }); // this browser has no adapter
  const { outcome, card } = await describedWith(session);
  expect(outcome.result).toMatchObject({ ok: false, error: { code: 'no-backend' } });
  expect(card.headline).not.toBe('');
  const status = await session.ask('getEngineStatus', {});
  expect(status.state).toBe('failed');
  expect(status.backends.find(({ backend }) => backend === 'webgpu')).toMatchObject({
    outcome: 'refused',
    reason: { code: 'no-adapter' },
  });

  await session.ask('setSettings', { settings: { backend: 'auto' } });
  const again = await describedWith(session);
  expect(again.outcome.result).toMatchObject({ ok: true, prediction: { backend: 'wasm' } });
  await session.close();
});

test('words that can not be read are told in popup and report; the labels are English', async () => {
  const session = await openSession({
    hostPermissions: ALL_HOSTS,
    extensionDir: damagedExtension((dir) => {
      writeFileSync(join(dir, 'words/de.txt'), '{}');
    }),
  });
  await session.ask('setSettings', { settings: { labelLanguage: 'de' } });
  const page = await session.openPage(`${site.origin}/`);
  const tabId = await tabIdOf(session, page);
  await session.ask('labelPage', { tabId });
  await untilProgress(session, tabId, ({ labelled }) => labelled > 0);
  const told = english('words_broken', 'German');

  const popup = await openPopupFor(session, page);
  await popup.waitForSelector('.broken-words');
  expect(await popup.$eval('.broken-words', (each) => each.textContent)).toContain(told);
  await popup.waitForSelector('.image-row');
  await popup.click('.page-report > .button');
  const target = await session.browser.waitForTarget((each) =>
    each.url().startsWith(`${session.origin}src/report/index.html`),
  );
  const report = await target.page();
  if (report === null) throw new Error('The report has no page.');
  await report.waitForSelector('.broken-words');
  expect(await report.$eval('.broken-words', (each) => each.textContent)).toContain(told);
  expect((await session.ask('getEngineStatus', {})).brokenWords).toEqual(['de']);
  await session.close();
});
