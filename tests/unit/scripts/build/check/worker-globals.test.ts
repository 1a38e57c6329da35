import { expect, test } from 'vitest';

import {
  findCodeFromText,
  findPageOnlyCode,
  importedAddresses,
  isClassicScript,
} from '../../../../../scripts/build/check/worker-globals';

test.each([
  ['import() in a function', 'function f() { return import("./a.js") }'],
  ['document outside functions', 'document.title = "x"'],
  ['window in a function, unasked', 'function f() { return window.innerWidth }'],
  ['document asked for only afterwards', 'function f() { document.x; typeof document }'],
  ['the other one asked for', 'function f() { if (typeof window > "u") return; document.x }'],
  ['a shorthand property', 'f({ document })'],
  ['document at the start of a script', '(function () { document.title })()'],
  [
    'document asked for elsewhere in a script',
    '(function () { typeof document; function f() { document.title } })()',
  ],
])('%s would break in a service worker', (_what, code) => {
  expect(findPageOnlyCode(code)).toHaveLength(1);
});

test.each([
  ['text', 'const help = "import(x) document.y window.z" // document.title'],
  ['property names', 'self.document; const a = { window: 1 }; a.window'],
  ['asking', 'const isPage = typeof document !== "undefined"'],
  ['use after asking', 'function f() { if (typeof document > "u") throw 1; document.title }'],
  [
    'use in a function inside one that asks',
    'function f() { return typeof window < "u" && (() => window.x) }',
  ],
  ['static imports', 'import "./a.js"'],
])('%s is no harm', (_what, code) => {
  expect(findPageOnlyCode(code)).toEqual([]);
});

test.each([
  'eval("1")',
  'new Function("return 1")',
  'Function("return 1")()',
  'setTimeout("f()", 1)',
  'importScripts(address)',
])('%s is code from text', (code) => {
  expect(findCodeFromText(code)).toHaveLength(1);
});

test('calls that only look like it are not', () => {
  expect(findCodeFromText('a.eval("1"); setTimeout(f, 1); x instanceof Function')).toEqual([]);
});

test('finds what a script imports and exports from', () => {
  const code = 'import a from "./a.js"; export * from "./b.js"; f(() => import("./c.js"))';
  expect(importedAddresses(code)).toEqual(['./a.js', './b.js', './c.js']);
  expect(importedAddresses('importScripts("/d.js", "/e.js")')).toEqual(['/d.js', '/e.js']);
});

test('tells classic scripts from modules', () => {
  expect(isClassicScript('(() => { const x = "import a" })()')).toBe(true);
  expect(isClassicScript('const x = 1; export { x }')).toBe(false);
  expect(isClassicScript('import "./a.js"')).toBe(false);
});
