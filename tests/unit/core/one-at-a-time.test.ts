import { expect, test } from 'vitest';

import { createOneAtATime } from '../../../src/core/one-at-a-time';

function deferred(): { promise: Promise<void>; resolve: () => void } {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}

test('tasks run one at a time, in order, the first at once', async () => {
  const inTurn = createOneAtATime();
  const gate = deferred();
  const log: string[] = [];
  const first = inTurn(async () => {
    log.push('first starts');
    await gate.promise;
    log.push('first ends');
    return 1;
  });
  const second = inTurn(() => {
    log.push('second');
    return Promise.resolve(2);
  });
  expect(log).toEqual(['first starts']);
  gate.resolve();
  expect(await Promise.all([first, second])).toEqual([1, 2]);
  expect(log).toEqual(['first starts', 'first ends', 'second']);
});

test('a rejection reaches its caller and does not stop the next task', async () => {
  const inTurn = createOneAtATime();
  const bad = inTurn(() => Promise.reject(new Error('bad')));
  const good = inTurn(() => Promise.resolve('good'));
  await expect(bad).rejects.toThrow('bad');
  expect(await good).toBe('good');
  expect(await inTurn(() => Promise.resolve('later'))).toBe('later');
});

test('what throws at once is a rejection too', async () => {
  const inTurn = createOneAtATime();
  const bad = inTurn(() => {
    throw new Error('bad');
  });
  await expect(bad).rejects.toThrow('bad');
  expect(await inTurn(() => Promise.resolve('good'))).toBe('good');
});
