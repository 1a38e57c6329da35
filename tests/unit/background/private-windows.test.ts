/** What a person decided in a private window: in memory alone, until the last private window is closed. */
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, expect, test, vi } from 'vitest';

import { DEFAULT_SETTINGS } from '../../../src/core/settings/settings';
import type * as FakeBrowser from '../support/fake-browser';
import { ENGLISH_ONLY } from '../support/english-only';
import { NOTHING_TAUGHT, SOME_LOOK } from '../support/nothing-taught';

vi.mock('webextension-polyfill', () => import('../support/fake-browser'));

const DOG = 'n02084071';
const BEAGLE = 'n02088364';
const PICTURE = `${'a'.repeat(64)}-10x10`;
const PRIVATE = { isPrivate: true };
const USUAL = { isPrivate: false };

// The one that stays the same, whatever modules are loaded anew.
const { fake } = (await import('webextension-polyfill')) as unknown as typeof FakeBrowser;

/** The background as it is when a worker has just started: only the browser's stores are left of the one before. */
async function started() {
  vi.resetModules();
  fake.onWindowRemoved.clear();
  const { createVoices } = await import('../../../src/background/voices');
  const { followPrivateWindows } = await import('../../../src/background/private-windows');
  followPrivateWindows();
  const voices = createVoices('1.0.0', ENGLISH_ONLY, NOTHING_TAUGHT);
  const dismissed = async (window: { isPrivate: boolean }) =>
    (await voices.of(PICTURE, SOME_LOOK, DEFAULT_SETTINGS, { ...window, language: null }))
      .dismissed;
  return { voices, dismissed };
}

/** A window closes; these are left. */
async function close(left: { incognito: boolean }[]): Promise<void> {
  fake.windows = left;
  fake.onWindowRemoved.dispatch(1);
  // Until it has been looked at.
  await new Promise((resolve) => setTimeout(resolve));
}

beforeEach(() => {
  fake.reset();
  indexedDB = new IDBFactory();
});

test('holds in private windows alone, also in the next worker, and is in memory only', async () => {
  const { voices, dismissed } = await started();
  await voices.judge({ picture: PICTURE, synset: DOG }, null, true, PRIVATE);
  expect(await dismissed(PRIVATE)).toEqual([DOG]);
  expect(await dismissed(USUAL)).toEqual([]);
  const next = await started();
  expect(await next.dismissed(PRIVATE)).toEqual([DOG]);
  expect(await next.dismissed(USUAL)).toEqual([]);
  for (const { values } of [fake.local, fake.sync]) expect(values.size).toBe(0);
  expect(await (await import('../../../src/platform/dismissal-store')).countDismissals()).toBe(0);
});

test('dies with the last private window, and not with another', async () => {
  const { voices } = await started();
  await voices.judge({ picture: PICTURE, synset: DOG }, null, true, PRIVATE);
  // The worker may have stopped: the event starts the next one.
  const { dismissed } = await started();
  await close([{ incognito: false }, { incognito: true }]);
  expect(await dismissed(PRIVATE)).toEqual([DOG]);
  await close([{ incognito: false }]);
  expect(await dismissed(PRIVATE)).toEqual([]);
  expect(fake.session.values.size).toBe(0);
  expect(await (await started()).dismissed(PRIVATE)).toEqual([]);
});

test('begins with what is dismissed everywhere, and takes back nothing of that elsewhere', async () => {
  const { voices, dismissed } = await started();
  await voices.judge({ picture: PICTURE, synset: BEAGLE }, null, true, USUAL);
  expect(await dismissed(PRIVATE)).toEqual([BEAGLE]);
  await voices.judge({ picture: PICTURE, synset: BEAGLE }, null, false, PRIVATE);
  const next = await started();
  expect(await next.dismissed(PRIVATE)).toEqual([]);
  expect(await next.dismissed(USUAL)).toEqual([BEAGLE]);
});

test('what the store holds of another shape is left out, and a broken one costs no answer', async () => {
  fake.session.values.set('privateDismissals', [[PICTURE, ['dog']], ['', [DOG]], 3]);
  expect(await (await started()).dismissed(PRIVATE)).toEqual([]);
  fake.session.refusal = new Error('broken');
  expect(await (await started()).dismissed(PRIVATE)).toEqual([]);
});
