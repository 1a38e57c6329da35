import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { bundleClassicScript } from '../../../../scripts/build/classic-script';
import { isClassicScript } from '../../../../scripts/build/check/worker-globals';

const OPTIONS = { target: 'chrome148', minify: 'oxc' } as const;

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'alt-lens-unit-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function write(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

test('a module and what it imports become one classic script', async () => {
  const words = write('words.ts', 'export const words: string[] = ["a", "b"];');
  const entry = write(
    'entry.ts',
    'import { words } from "./words"; Object.assign(globalThis, { joined: words.join() });',
  );
  const { code, sources } = await bundleClassicScript(entry, OPTIONS);
  expect(isClassicScript(code)).toBe(true);
  expect(sources.sort()).toEqual([entry, words]);
  const context: Record<string, unknown> = {};
  runInNewContext(code, context);
  expect(Object.keys(context)).toEqual(['joined']);
  expect(context.joined).toBe('a,b');
});
