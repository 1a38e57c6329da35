import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, expect, test } from 'vitest';

import { builtIn, compareRounds } from '../../../bench/against';
import { createTemporaryFolder } from '../../../scripts/node/temporary-folder';

const folder = createTemporaryFolder('alt-lens-against-');
afterAll(folder.remove);

test('ratios are of each round’s medians, so that a slow while slows both', () => {
  const [compared] = compareRounds(
    [{ label: [10, 30, 20] }, { label: [200] }],
    [{ label: [10] }, { label: [100] }],
  );
  expect(compared).toMatchObject({ figure: 'label', ratio: { samples: [2, 2], median: 2 } });
  expect(compared?.own.samples).toEqual([10, 30, 20, 200]);
});

test('a figure that one side lacks in a round is left out', () => {
  expect(
    compareRounds([{ a: [1], b: [1] }], [{ a: [1], b: [] }]).map(({ figure }) => figure),
  ).toEqual(['a']);
});

test('a checkout is taken by its dist, never by its own manifest', () => {
  const checkout = join(folder.path, 'checkout');
  mkdirSync(join(checkout, 'dist'), { recursive: true });
  for (const name of ['package.json', 'manifest.json']) writeFileSync(join(checkout, name), '{}');
  expect(() => builtIn(checkout)).toThrow(/dist: no manifest\.json/);
  writeFileSync(join(checkout, 'dist/manifest.json'), '{}');
  expect(builtIn(checkout)).toBe(join(checkout, 'dist'));
  expect(builtIn(join(checkout, 'dist'))).toBe(join(checkout, 'dist'));
});
