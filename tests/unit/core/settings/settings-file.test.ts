import { expect, test } from 'vitest';

import { DEFAULT_SETTINGS } from '../../../../src/core/settings/settings';
import {
  readSettingsFile,
  settingsFileText,
  SITE_SETTINGS,
} from '../../../../src/core/settings/settings-file';

const settings = {
  ...DEFAULT_SETTINGS,
  views: 1 as const,
  alwaysSites: ['https://a.example'],
  deniedSynsets: ['n02084071'],
};

test('an exported file gives the same settings', () => {
  expect(readSettingsFile(settingsFileText(settings))).toEqual({ ok: true, changes: settings });
});

test('a file with the sites alone changes nothing else', () => {
  const sites = { alwaysSites: ['https://a.example'], neverSites: [] };
  expect(readSettingsFile(settingsFileText(settings, SITE_SETTINGS))).toEqual({
    ok: true,
    changes: sites,
  });
  expect(readSettingsFile(settingsFileText(settings), SITE_SETTINGS)).toEqual({
    ok: true,
    changes: sites,
  });
});

test('a file of version 1 is migrated, and has no fields that it did not have', () => {
  const file = {
    altLens: 'settings',
    version: 1,
    settings: { alwaysSites: ['https://A.example/x'] },
  };
  expect(readSettingsFile(JSON.stringify(file))).toEqual({
    ok: true,
    changes: { alwaysSites: ['https://a.example'] },
  });
});

test('bad values pass, to be named by whoever checks them; unknown fields do not', () => {
  const file = { altLens: 'settings', version: 2, settings: { views: 9, colour: 'red' } };
  expect(readSettingsFile(JSON.stringify(file))).toEqual({ ok: true, changes: { views: 9 } });
});

test.each([
  ['', 'not-json'],
  ['{', 'not-json'],
  ['null', 'not-settings'],
  ['[]', 'not-settings'],
  ['{"views":1}', 'not-settings'],
  ['{"altLens":"settings","version":2,"settings":[]}', 'not-settings'],
  ['{"altLens":"settings","version":-1e9,"settings":{}}', 'not-settings'],
  ['{"altLens":"settings","version":0,"settings":{}}', 'not-settings'],
  ['{"altLens":"settings","version":1.5,"settings":{}}', 'not-settings'],
  ['{"altLens":"settings","version":1e999,"settings":{}}', 'not-settings'],
  ['{"altLens":"settings","version":"2","settings":{}}', 'not-settings'],
  ['{"altLens":"report","version":2,"settings":{}}', 'not-settings'],
])('%s is refused as %s', (content, problem) => {
  expect(readSettingsFile(content)).toEqual({ ok: false, problem });
});
