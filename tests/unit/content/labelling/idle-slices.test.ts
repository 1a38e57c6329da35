import { expect, test } from 'vitest';

import { runFor } from '../../../../src/content/labelling/idle-slices';

function* steps(name: string, count: number, log: string[]): Generator<undefined, undefined> {
  for (let step = 1; step <= count; step += 1) {
    log.push(`${name}${step}`);
    yield;
  }
}

test('all steps in order, one piece of work after the other', () => {
  const log: string[] = [];
  const waiting = [steps('a', 2, log), steps('b', 1, log)];
  runFor(1000, waiting);
  expect(log).toEqual(['a1', 'a2', 'b1']);
  expect(waiting).toEqual([]);
});

test('without time one step is taken, and the rest waits', () => {
  const log: string[] = [];
  const waiting = [steps('a', 2, log), steps('b', 1, log)];
  runFor(0, waiting);
  expect(log).toEqual(['a1']);
  expect(waiting).toHaveLength(2);
  runFor(1000, waiting);
  expect(log).toEqual(['a1', 'a2', 'b1']);
});
