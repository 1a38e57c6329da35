import { beforeEach, expect, test, vi } from 'vitest';

import { DEFAULT_SETTINGS } from '../../../src/core/settings/settings';
import { storedSettings } from '../../../src/core/settings/settings-versions';
import { fake } from '../support/fake-browser';

vi.mock('webextension-polyfill', () => import('../support/fake-browser'));

const { adoptSyncedSettings, changeSettings, loadSettings } =
  await import('../../../src/platform/settings-store');

/** As another part of the extension, or a former version, left it. */
function storeElsewhere(settings: unknown): void {
  fake.local.values.set('settings', settings);
  fake.onStorageChanged.dispatch({ settings: {} }, 'local');
}

beforeEach(() => {
  storeElsewhere(undefined);
  fake.reset();
});

test('a change is stored here and sent on, with its version', async () => {
  const before = Date.now();
  const result = await changeSettings({ views: 1 });
  expect(result).toEqual({ settings: { ...DEFAULT_SETTINGS, views: 1 }, repaired: [] });
  expect(await loadSettings()).toEqual(result.settings);
  const stored = fake.local.values.get('settings') as { version: number; savedAt: number };
  expect(stored).toMatchObject({ version: 2, settings: { views: 1 } });
  expect(stored.savedAt).toBeGreaterThanOrEqual(before);
  expect(fake.sync.values.get('settings')).toEqual(stored);
});

test('where synchronised storage refuses, the settings hold here all the same', async () => {
  fake.sync.refusal = new Error('QUOTA_BYTES_PER_ITEM');
  await changeSettings({ variant: 'fast' });
  expect((await loadSettings()).variant).toBe('fast');
  expect(await adoptSyncedSettings()).toBe(false);
});

test('settings of version 1 are read, and stored anew with the next change', async () => {
  storeElsewhere({ views: 2, alwaysSites: ['https://a.example/path'] });
  expect(await loadSettings()).toEqual({
    ...DEFAULT_SETTINGS,
    views: 2,
    alwaysSites: ['https://a.example'],
  });
  await changeSettings({ variant: 'fast' });
  expect(fake.local.values.get('settings')).toMatchObject({
    version: 2,
    settings: { views: 2, variant: 'fast', alwaysSites: ['https://a.example'] },
  });
});

test('a newer change of another browser is taken over, an older one is not', async () => {
  await changeSettings({ views: 1 });
  const settings = { ...DEFAULT_SETTINGS, views: 2 as const };
  fake.sync.values.set('settings', storedSettings(settings, 1));
  expect(await adoptSyncedSettings()).toBe(false);
  expect((await loadSettings()).views).toBe(1);

  fake.sync.values.set('settings', storedSettings(settings, Date.now() + 1000));
  expect(await adoptSyncedSettings()).toBe(true);
  expect((await loadSettings()).views).toBe(2);
  expect(await adoptSyncedSettings()).toBe(false);
});

test('a clock that was set back does not make a change look old', async () => {
  const future = Date.now() + 60_000;
  storeElsewhere(storedSettings(DEFAULT_SETTINGS, future));
  fake.sync.values.set('settings', storedSettings(DEFAULT_SETTINGS, future));
  await changeSettings({ views: 1 });
  expect(await adoptSyncedSettings()).toBe(false);
  expect((fake.sync.values.get('settings') as { savedAt: number }).savedAt).toBe(future + 1);
});

test('what is stored elsewhere meanwhile counts', async () => {
  expect((await loadSettings()).views).toBe(2);
  storeElsewhere(storedSettings({ ...DEFAULT_SETTINGS, views: 1 }, 1));
  expect((await loadSettings()).views).toBe(1);
});

test('changes at the same time do not undo each other', async () => {
  await Promise.all([
    changeSettings({ views: 1 }),
    changeSettings({ variant: 'fast' }),
    changeSettings({ minimumSizePx: 100 }),
  ]);
  expect(await loadSettings()).toEqual({
    ...DEFAULT_SETTINGS,
    views: 1,
    variant: 'fast',
    minimumSizePx: 100,
  });
});
