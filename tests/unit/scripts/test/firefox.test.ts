import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { PROJECT_ROOT } from '../../../../scripts/node/project-root';
import { MAIN_PATHS, NOT_IN_FIREFOX, whyNotInFirefox } from '../../../../scripts/test/firefox';

const text = (name: string): string =>
  readFileSync(join(PROJECT_ROOT, `tests/e2e/${name}.test.ts`), 'utf8');

test('at most ten rows say what cannot run in Firefox, each with a reason', () => {
  expect(NOT_IN_FIREFOX.length).toBeLessThanOrEqual(10);
  for (const { why } of NOT_IN_FIREFOX) expect(why.length).toBeGreaterThan(20);
});

test('the files of the main paths are there', () => {
  expect(MAIN_PATHS.filter((file) => !existsSync(join(PROJECT_ROOT, file)))).toEqual([]);
});

test('what is left out is in its file', () => {
  for (const { tests = {} } of NOT_IN_FIREFOX) {
    for (const [file, names] of Object.entries(tests)) {
      for (const name of names) {
        // A name may be made of a table's words.
        const word = name.replace(/^on '(\w+)'$/, '$1');
        expect(text(file), `${file}: ${name}`).toContain(word);
      }
    }
  }
});

test('a test is told by its file and a part of its name', () => {
  expect(whyNotInFirefox('tests/e2e/torture.test.ts', 'anything')).toMatch(/DevTools/);
  expect(whyNotInFirefox('tests/e2e/card.test.ts', 'the card')).toBeNull();
  expect(whyNotInFirefox('tests/e2e/right-click.test.ts', "on 'webgl' > x")).toMatch(/GPU/);
});
