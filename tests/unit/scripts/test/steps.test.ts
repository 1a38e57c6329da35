import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';

import { runSideBySide, type Step } from '../../../../scripts/test/steps';

const PASSED = { passed: 1, failed: 0, skipped: 0, failures: [], unsteady: [] };
const FAILED = { passed: 0, failed: 1, skipped: 0, failures: [], unsteady: [] };

function step(name: string, over: Partial<Step> = {}): Step {
  return {
    name,
    run: (output) => {
      output.write(`${name} speaks\n`);
      return Promise.resolve(PASSED);
    },
    ...over,
  };
}

async function run(rows: Step[][]) {
  const output = new PassThrough();
  const printed = text(output);
  const results = await runSideBySide(rows, [], output);
  output.end();
  return { printed: await printed, results };
}

test('rows run side by side, and each result is in its place', async () => {
  let release: () => void = () => undefined;
  const first = step('first', {
    run: () =>
      new Promise((resolve) => {
        release = () => {
          resolve(PASSED);
        };
      }),
  });
  const second = step('second', {
    run: () => {
      release();
      return Promise.resolve(PASSED);
    },
  });
  const { results } = await run([[first], [second]]);
  expect(results.map(({ name }) => name)).toEqual(['first', 'second']);
});

test('what a step prints stands below its own title', async () => {
  const { printed } = await run([[step('a'), step('b')], [step('c')]]);
  for (const name of ['a', 'b', 'c']) expect(printed).toContain(`=== ${name}\n${name} speaks\n`);
});

test('a step whose need failed is not run, and fails', async () => {
  const build = step('build', { run: () => Promise.resolve(FAILED) });
  const { printed, results } = await run([[build, step('e2e', { needs: ['build'] })]]);
  expect(results.map(({ counts }) => counts.failed)).toEqual([1, 1]);
  expect(printed).toContain('not run: build failed');
});
