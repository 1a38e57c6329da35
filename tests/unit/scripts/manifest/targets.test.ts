import { expect, test } from 'vitest';

import base from '../../../../manifest.json' with { type: 'json' };
import { folderOf, manifestFor, TARGETS } from '../../../../scripts/manifest/targets';

test.each(TARGETS)('%s has all of the base', (target) => {
  const manifest = manifestFor(target, base);
  const { permissions, commands, ...same } = base;
  expect(manifest).toMatchObject(same);
  expect(manifest.permissions).toEqual(expect.arrayContaining(permissions));
  expect(Object.keys(manifest.commands)).toEqual(Object.keys(commands));
});

test('Chromium gets a service worker, cloned messages and offscreen documents', () => {
  const manifest = manifestFor('chromium', base);
  expect(manifest).toMatchObject({
    minimum_chrome_version: '148',
    message_serialization: 'structured_clone',
    background: { service_worker: 'service-worker.js' },
  });
  expect(manifest.permissions).toEqual([
    'activeTab',
    'contextMenus',
    'offscreen',
    'scripting',
    'storage',
  ]);
  expect(manifest).not.toHaveProperty('browser_specific_settings');
});

test('Firefox gets an event page, a name for good, and says that it collects nothing', () => {
  const manifest = manifestFor('firefox', base);
  expect(manifest).toMatchObject({
    background: { scripts: ['service-worker.js'] },
    browser_specific_settings: {
      gecko: {
        id: 'alt-lens@alt-lens',
        strict_min_version: '153.0',
        data_collection_permissions: { required: ['none'] },
      },
    },
  });
  expect(manifest.permissions).toEqual(['activeTab', 'menus', 'scripting', 'storage']);
  for (const field of ['minimum_chrome_version', 'message_serialization']) {
    expect(manifest).not.toHaveProperty(field);
  }
});

test("Firefox suggests no keys that a page's accesskeys beat", () => {
  const { commands } = manifestFor('firefox', base);
  const keys = Object.values(commands).map(({ suggested_key }) => suggested_key?.default);
  expect(new Set(keys).size).toBe(5);
  for (const each of keys) expect(each).not.toMatch(/Alt\+Shift/);
});

test('Chromium suggests keys for four commands, which is the most that it takes', () => {
  const { commands } = manifestFor('chromium', base);
  expect(Object.values(commands).filter((each) => each.suggested_key)).toHaveLength(4);
});

test('a command without keys is told', () => {
  const more = { ...base, commands: { ...base.commands, another: { description: 'x' } } };
  expect(() => manifestFor('firefox', more)).toThrow('another');
});

test('a target’s keys without a command are told', () => {
  expect(() => manifestFor('chromium', { ...base, commands: {} })).toThrow('describe-image');
});

test('the builds lie side by side', () => {
  expect(TARGETS.map((target) => folderOf(target, '/x/dist'))).toEqual([
    '/x/dist',
    '/x/dist-firefox',
  ]);
});
