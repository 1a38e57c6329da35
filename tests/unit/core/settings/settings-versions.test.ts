import { expect, test } from 'vitest';

import { DEFAULT_SETTINGS } from '../../../../src/core/settings/settings';
import {
  readStoredSettings,
  SETTINGS_VERSION,
  storedSettings,
} from '../../../../src/core/settings/settings-versions';

test('version 1: bare fields, with sites as they were given', () => {
  const stored = {
    backend: 'wasm',
    views: 1,
    alwaysSites: ['https://Example.org/gallery?page=2', 'https://example.org', 'nonsense'],
    neverSites: ['http://bank.example:80/', 7],
  };
  expect(readStoredSettings(stored)).toEqual({
    settings: {
      ...DEFAULT_SETTINGS,
      backend: 'wasm',
      views: 1,
      alwaysSites: ['https://example.org'],
      neverSites: ['http://bank.example'],
    },
    repaired: [],
    savedAt: 0,
  });
});

test('version 1 with a list that is none: named, and empty', () => {
  const { settings, repaired } = readStoredSettings({ alwaysSites: 'https://example.org' });
  expect(repaired).toEqual(['alwaysSites']);
  expect(settings.alwaysSites).toEqual([]);
});

test('version 2, the present one: what was stored comes back', () => {
  expect(SETTINGS_VERSION).toBe(2);
  const settings = { ...DEFAULT_SETTINGS, views: 2 as const, neverSites: ['https://a.example'] };
  const stored: unknown = JSON.parse(JSON.stringify(storedSettings(settings, 1234)));
  expect(readStoredSettings(stored)).toEqual({ settings, repaired: [], savedAt: 1234 });
});

test('version 2 is not migrated again: a bad site is named', () => {
  const stored = { version: 2, savedAt: 5, settings: { alwaysSites: ['https://a.example/path'] } };
  expect(readStoredSettings(stored)).toMatchObject({ repaired: ['alwaysSites'], savedAt: 5 });
});

test('a newer version: what is known of it is kept', () => {
  const stored = {
    version: 99,
    savedAt: 5,
    settings: { views: 2, variant: 'huge', colour: 'red' },
  };
  expect(readStoredSettings(stored)).toEqual({
    settings: { ...DEFAULT_SETTINGS, views: 2 },
    repaired: ['variant'],
    savedAt: 5,
  });
});

test.each([undefined, null, 'settings', [], { version: 2 }])(
  '%j becomes the defaults',
  (stored) => {
    expect(readStoredSettings(stored).settings).toEqual(DEFAULT_SETTINGS);
  },
);

const IMPOSSIBLE = [-1e9, 0, 1.5, 1e300, NaN, Infinity, -Infinity, '2', null, [], {}];

test.each(IMPOSSIBLE)('a version of %j ends at once, and what fits is kept', (version) => {
  const stored = { version, savedAt: 5, settings: { views: 2, alwaysSites: ['no origin'] } };
  expect(readStoredSettings(stored)).toEqual({
    settings: { ...DEFAULT_SETTINGS, views: 2 },
    repaired: ['alwaysSites'],
    savedAt: 5,
  });
});

test.each([-1, 0.5, 1e300, NaN, Infinity, '5', 8.64e15])('nothing was saved at %j', (savedAt) => {
  expect(readStoredSettings({ version: 2, savedAt, settings: {} }).savedAt).toBe(0);
});

test.each([-1e9, NaN, Infinity, -Infinity, 1e300, 0.5, '1', null, [], {}])(
  'a number that is %j falls back to its default, and leaves the others',
  (wrong) => {
    const numbers = {
      ...{ views: wrong, minimumSizePx: wrong, minimumConfidence: wrong },
      ...{ shownPredictions: wrong },
    };
    const { settings, repaired } = readStoredSettings({
      ...{ version: 2, savedAt: 5, settings: { ...numbers, variant: 'fast' } },
    });
    const isConfidence = typeof wrong === 'number' && wrong >= 0 && wrong <= 0.99;
    const minimumConfidence = isConfidence ? wrong : DEFAULT_SETTINGS.minimumConfidence;
    expect(settings).toEqual({ ...DEFAULT_SETTINGS, variant: 'fast', minimumConfidence });
    expect(repaired).toHaveLength(isConfidence ? 3 : 4);
  },
);

test('a list without end is cut', () => {
  const alwaysSites = Array.from({ length: 6000 }, (_, index) => `https://s${index}.example`);
  const deniedSynsets = Array<string>(3000).fill('n02084071');
  const { settings, repaired } = readStoredSettings({
    ...{ version: 2, savedAt: 5, settings: { alwaysSites, deniedSynsets } },
  });
  expect(repaired).toEqual(['alwaysSites', 'deniedSynsets']);
  expect(settings.alwaysSites).toEqual(alwaysSites.slice(0, 5000));
  expect(settings.deniedSynsets).toHaveLength(2000);
});
