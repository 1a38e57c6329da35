import { expect, test } from 'vitest';

import { createCallQueue } from '../../../../src/inference/engine/call-queue';

function deferred(): { promise: Promise<void>; resolve: () => void } {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}

test('calls run one at a time, in order', async () => {
  const queue = createCallQueue();
  const gate = deferred();
  const log: string[] = [];
  const first = queue.add(async () => {
    log.push('first starts');
    await gate.promise;
    log.push('first ends');
    return 1;
  });
  const second = queue.add(() => {
    log.push('second');
    return Promise.resolve(2);
  });
  expect(log).toEqual(['first starts']);
  gate.resolve();
  expect(await Promise.all([first, second])).toEqual([1, 2]);
  expect(log).toEqual(['first starts', 'first ends', 'second']);
});

test('a rejection reaches its caller and does not stop the next call', async () => {
  const queue = createCallQueue();
  const bad = queue.add(() => Promise.reject(new Error('bad')));
  const good = queue.add(() => Promise.resolve('good'));
  await expect(bad).rejects.toThrow('bad');
  expect(await good).toBe('good');
  expect(await queue.add(() => Promise.resolve('later'))).toBe('later');
});

test('a signal takes out what waits, at once, and leaves what has started', async () => {
  const queue = createCallQueue();
  const gate = deferred();
  const started = new AbortController();
  const waiting = new AbortController();
  let ran = false;
  const first = queue.add(async () => {
    await gate.promise;
    return 'done';
  }, started.signal);
  const second = queue.add(() => {
    ran = true;
    return Promise.resolve();
  }, waiting.signal);
  started.abort();
  waiting.abort();
  await expect(second).rejects.toMatchObject({ code: 'cancelled' });
  gate.resolve();
  expect(await first).toBe('done');
  expect(ran).toBe(false);
});

test('a call whose signal is already aborted never starts', async () => {
  const queue = createCallQueue();
  const call = queue.add(() => Promise.reject(new Error('ran')), AbortSignal.abort());
  await expect(call).rejects.toMatchObject({ code: 'cancelled' });
});

test('clear cancels what waits', async () => {
  const queue = createCallQueue();
  const gate = deferred();
  const first = queue.add(() => gate.promise);
  const second = queue.add(() => Promise.resolve());
  queue.clear();
  await expect(second).rejects.toMatchObject({ code: 'cancelled' });
  gate.resolve();
  await first;
});
