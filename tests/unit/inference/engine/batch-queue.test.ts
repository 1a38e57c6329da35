import { expect, test } from 'vitest';

import { createBatchQueue } from '../../../../src/inference/engine/batch-queue';

/** A queue of numbers that are answered with themselves, and the batches that it ran. */
function queueOf(size: number, fits: (input: number) => boolean = () => true) {
  const batches: number[][] = [];
  const queue = createBatchQueue<number, number>(async (first, takeMore) => {
    await Promise.resolve();
    const batch = [first, ...takeMore(size - 1, fits)];
    batches.push(batch.map(({ input }) => input));
    await Promise.resolve();
    for (const { input, resolve } of batch) resolve(input);
  });
  return { queue, batches };
}

test('calls that wait are run together, in their order, up to the size', async () => {
  const { queue, batches } = queueOf(3);
  const answers = [1, 2, 3, 4, 5].map((input) => queue.add(input));
  expect(await Promise.all(answers)).toEqual([1, 2, 3, 4, 5]);
  expect(batches).toEqual([
    [1, 2, 3],
    [4, 5],
  ]);
});

test('a call that does not fit ends the batch: nobody overtakes it', async () => {
  const { queue, batches } = queueOf(3, (input) => input < 10);
  await Promise.all([1, 2, 10, 3].map((input) => queue.add(input)));
  expect(batches).toEqual([
    [1, 2],
    [10, 3],
  ]);
});

test('a cancelled call leaves before its batch starts; one whose batch has started is finished', async () => {
  const { queue, batches } = queueOf(2);
  const controllers = [1, 2, 3].map(() => new AbortController());
  const answers = controllers.map(({ signal }, index) => queue.add(index + 1, signal));
  controllers[1]?.abort();
  await expect(answers[1]).rejects.toMatchObject({ code: 'cancelled' });
  await answers[0];
  controllers[0]?.abort();
  expect(await answers[2]).toBe(3);
  expect(batches).toEqual([[1, 3]]);
  const late = new AbortController();
  late.abort();
  await expect(queue.add(4, late.signal)).rejects.toMatchObject({ code: 'cancelled' });
});

test('what a run throws goes to all that it took, and the next are run', async () => {
  const queue = createBatchQueue<number, number>(async (first, takeMore) => {
    await Promise.resolve();
    const batch = [first, ...takeMore(1, () => true)];
    if (first.input === 1) throw new Error('Broken.');
    for (const { input, resolve } of batch) resolve(input);
  });
  const [first, second, third] = [1, 2, 3].map((input) => queue.add(input));
  await expect(first).rejects.toThrow('Broken.');
  await expect(second).rejects.toThrow('Broken.');
  expect(await third).toBe(3);
});

test('clear cancels what waits', async () => {
  const { queue, batches } = queueOf(1);
  const running = queue.add(1);
  const waiting = queue.add(2);
  queue.clear();
  await expect(waiting).rejects.toMatchObject({ code: 'cancelled' });
  expect(await running).toBe(1);
  expect(batches).toEqual([[1]]);
});
