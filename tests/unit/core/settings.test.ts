import { expect, test } from 'vitest';

import { DEFAULT_SETTINGS, repairSettings } from '../../../src/core/settings';

test.each([undefined, null, 'settings', 7, []])('%j becomes the defaults', (stored) => {
  expect(repairSettings(stored)).toEqual({ settings: DEFAULT_SETTINGS, repaired: [] });
});

test('one bad field costs only itself and is named', () => {
  expect(repairSettings({ backend: 'quantum', variant: 'fast', views: 2 })).toEqual({
    settings: { ...DEFAULT_SETTINGS, backend: 'auto', variant: 'fast', views: 2 },
    repaired: ['backend'],
  });
});

test('fields of other versions are dropped', () => {
  expect(repairSettings({ ...DEFAULT_SETTINGS, colour: 'red' }).settings).toEqual(DEFAULT_SETTINGS);
});
