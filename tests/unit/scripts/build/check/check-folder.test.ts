import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { checkFolder } from '../../../../../scripts/build/check/check-folder';
import type { Target } from '../../../../../scripts/manifest/targets';

let folder: string;

const MANIFEST = {
  manifest_version: 3,
  default_locale: 'en',
  name: '__MSG_name__',
  message_serialization: 'structured_clone',
  minimum_chrome_version: '148',
  permissions: ['activeTab', 'contextMenus', 'offscreen', 'scripting', 'storage'],
  optional_host_permissions: ['http://*/*', 'https://*/*'],
  background: { service_worker: 'worker.js' },
  action: { default_popup: 'popup/index.html' },
  icons: { 16: 'icon.png' },
  content_security_policy: { extension_pages: "script-src 'self' 'wasm-unsafe-eval'" },
};

/** A build in which nothing is wrong. */
const GOOD: Record<string, string> = {
  'manifest.json': JSON.stringify(MANIFEST),
  '_locales/en/messages.json': '{"name": {"message": "x"}}',
  'worker.js':
    '(() => { inject("content/index.js"); const later = () => importScripts("/later.js") })()',
  'later.js': '(() => { globalThis.later = 1 })()',
  'assets/shared-1.js': 'export const x = 1',
  'assets/popup-1.js':
    'import "./shared-1.js"; document.title = "x"; new Worker(new URL("/assets/pool-1.js", import.meta.url), { type: "module" })',
  'assets/pool-1.js': 'import "./shared-1.js"; postMessage(1)',
  'content/index.js': '(() => { document.title })()',
  'popup/index.html':
    '<link rel="stylesheet" href="../p.css"><script type="module" src="/assets/popup-1.js"></script><a href="https://example.org/">more</a>',
  'p.css': '',
  'icon.png': '',
};

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'alt-lens-unit-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function check(changes: Record<string, string | null>, target: Target = 'chromium'): string[] {
  for (const [name, text] of Object.entries({ ...GOOD, ...changes })) {
    if (text === null) continue;
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return checkFolder(folder, target);
}

function withManifest(changes: object): Record<string, string> {
  return { 'manifest.json': JSON.stringify({ ...MANIFEST, ...changes }) };
}

test('a good build has no problems', () => {
  expect(check({})).toEqual([]);
});

test.each([
  ['no manifest', { 'manifest.json': null }, 'manifest.json is missing'],
  ['a new permission', withManifest({ permissions: [...MANIFEST.permissions, 'tabs'] }), 'tabs'],
  ['a host permission', withManifest({ host_permissions: [] }), 'host_permissions'],
  [
    'something web-accessible',
    withManifest({ web_accessible_resources: [] }),
    'web_accessible_resources',
  ],
  [
    'unsafe-eval',
    withManifest({
      content_security_policy: {
        extension_pages: "script-src 'self' 'unsafe-eval' 'wasm-unsafe-eval'",
      },
    }),
    'script-src',
  ],
  ['a text that is not there', { '_locales/en/messages.json': '{}' }, 'the text name'],
  [
    'no texts at all',
    { '_locales/en/messages.json': null },
    '_locales/en/messages.json is missing',
  ],
  ['a missing icon', { 'icon.png': null }, 'icon.png'],
  [
    'a worker that is a module',
    withManifest({ background: { service_worker: 'worker.js', type: 'module' } }),
    'the service worker is a module',
  ],
  [
    'a module in the worker',
    { 'later.js': 'import "./assets/shared-1.js"' },
    'later.js runs in the background, but is no classic script',
  ],
  [
    'import() in the worker',
    { 'later.js': '(() => { const f = () => import("./assets/popup-1.js") })()' },
    'import()',
  ],
  ['document in the worker', { 'later.js': '(() => { document.title })()' }, 'document'],
  [
    'document in a worker of a page',
    { 'assets/pool-1.js': 'document.title; import "./shared-1.js"' },
    'document',
  ],
  ['a missing script of the worker', { 'later.js': null }, 'later.js, which is not there'],
  ['eval in a page', { 'assets/popup-1.js': 'eval("1")' }, 'eval'],
  ['a missing chunk', { 'assets/shared-1.js': null }, 'shared-1.js, which is not there'],
  [
    'an unused script',
    { 'assets/content-1.js': 'export {}' },
    'assets/content-1.js is used by nothing',
  ],
  [
    'a content script that is a module',
    { 'content/index.js': 'export {}' },
    'content/index.js is injected, but is no classic script',
  ],
  [
    'a remote script',
    { 'popup/index.html': '<script src="https://example.org/a.js"></script>' },
    'https://example.org/a.js',
  ],
  [
    'a remote script of the worker',
    { 'worker.js': 'importScripts("https://example.org/a.js")' },
    'https://example.org/a.js',
  ],
  ['a remote import', { 'assets/popup-1.js': 'import "https://example.org/a.js"' }, 'example.org'],
  ['an inline script', { 'popup/index.html': '<script>1</script>' }, 'script inside'],
  ['a source map', { 'assets/popup-1.js.map': '{}' }, 'source map'],
])('%s is found', (_what, changes, expected) => {
  const problems = check(changes);
  expect(problems.join('\n')).toContain(expected);
});

const { minimum_chrome_version, message_serialization, ...COMMON } = MANIFEST;
const GECKO = {
  id: 'alt-lens@alt-lens',
  strict_min_version: '153.0',
  data_collection_permissions: { required: ['none'] },
};
const FIREFOX = {
  ...COMMON,
  permissions: ['activeTab', 'menus', 'scripting', 'storage'],
  background: { scripts: ['worker.js'] },
  browser_specific_settings: { gecko: GECKO },
};

function checkFirefox(changes: object): string[] {
  return check({ 'manifest.json': JSON.stringify({ ...FIREFOX, ...changes }) }, 'firefox');
}

test('a good build for Firefox has no problems', () => {
  expect(checkFirefox({})).toEqual([]);
});

test.each([
  ['a service worker', { background: { service_worker: 'worker.js' } }, 'service worker'],
  ['no name', { browser_specific_settings: { gecko: { ...GECKO, id: undefined } } }, 'gecko.id'],
  [
    'no least version',
    { browser_specific_settings: { gecko: { ...GECKO, strict_min_version: undefined } } },
    'strict_min_version',
  ],
  [
    'data that is collected',
    {
      browser_specific_settings: {
        gecko: { ...GECKO, data_collection_permissions: { required: ['websiteContent'] } },
      },
    },
    'data_collection_permissions',
  ],
  ['offscreen documents', { permissions: MANIFEST.permissions }, 'offscreen'],
  ['a field of Chromium', { minimum_chrome_version }, 'minimum_chrome_version'],
  ['another field of Chromium', { message_serialization }, 'message_serialization'],
])('in Firefox, %s is found', (_what, changes, expected) => {
  expect(checkFirefox(changes).join('\n')).toContain(expected);
});

test('a worker that the background starts by its address must be there', () => {
  const script = '(() => { inject("content/index.js"); new Worker("/assets/gone.js") })()';
  expect(check({ 'worker.js': script }).join('\n')).toContain('assets/gone.js');
});
