import { expect, test } from 'vitest';

import { DEFAULT_SETTINGS, repairSettings } from '../../../../src/core/settings/settings';

test.each([undefined, null, 'settings', 7, []])('%j becomes the defaults', (stored) => {
  expect(repairSettings(stored)).toEqual({ settings: DEFAULT_SETTINGS, repaired: [] });
});

test('one bad field costs only itself and is named', () => {
  expect(repairSettings({ backend: 'quantum', variant: 'fast', views: 2 })).toEqual({
    settings: { ...DEFAULT_SETTINGS, backend: 'auto', variant: 'fast', views: 2 },
    repaired: ['backend'],
  });
});

test.each([
  ['minimumSizePx', 15],
  ['minimumSizePx', 64.5],
  ['minimumConfidence', 1],
  ['minimumConfidence', '0.9'],
  ['views', 4],
  ['shownPredictions', 0],
  ['shownPredictions', 6],
  ['labelAllSites', 'yes'],
  ['alwaysSites', 'https://example.org'],
] as const)('%s cannot be %j', (name, value) => {
  const { settings, repaired } = repairSettings({ [name]: value });
  expect(repaired).toEqual([name]);
  expect(settings).toEqual(DEFAULT_SETTINGS);
});

test.each([
  ['alwaysSites', 'https://example.org', 'https://example.org/path'],
  ['neverSites', 'http://localhost:8080', 'example.org'],
  ['allowedSynsets', 'n02837789', 'bikini'],
  ['deniedSynsets', 'n02084071', 7],
] as const)('%s loses only its bad entries, and is named', (name, good, bad) => {
  const { settings, repaired } = repairSettings({ [name]: [good, bad] });
  expect(repaired).toEqual([name]);
  expect(settings[name]).toEqual([good]);
});

test('fields of other versions are dropped', () => {
  expect(repairSettings({ ...DEFAULT_SETTINGS, colour: 'red' }).settings).toEqual(DEFAULT_SETTINGS);
});
