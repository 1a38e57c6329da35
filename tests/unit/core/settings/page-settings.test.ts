import { expect, test } from 'vitest';

import { PAGE_SETTINGS, pageSettingsOf } from '../../../../src/core/settings/page-settings';
import { DEFAULT_SETTINGS, SETTING_NAMES } from '../../../../src/core/settings/settings';

const names = Object.keys(PAGE_SETTINGS);

test('pages are told the settings of the table and no others', () => {
  expect(Object.keys(pageSettingsOf(DEFAULT_SETTINGS))).toEqual(names);
  expect(DEFAULT_SETTINGS).toMatchObject(pageSettingsOf(DEFAULT_SETTINGS));
});

test('each is a setting whose default fits', () => {
  expect(SETTING_NAMES).toEqual(expect.arrayContaining(names));
  for (const { isValid, byDefault } of Object.values(PAGE_SETTINGS)) {
    expect(isValid(byDefault)).toBe(true);
  }
});
