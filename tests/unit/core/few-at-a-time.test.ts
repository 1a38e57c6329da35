import { expect, test } from 'vitest';

import { createFewAtATime } from '../../../src/core/few-at-a-time';

test('no more than so many run at a time, in their order, whatever becomes of them', async () => {
  const inTurn = createFewAtATime(2);
  const began: number[] = [];
  let running = 0;
  let most = 0;
  const tasks = Array.from({ length: 9 }, (_, index) =>
    inTurn(async () => {
      began.push(index);
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setTimeout(resolve, index % 3));
      running -= 1;
      if (index % 4 === 1) throw new Error(`${index}`);
      return index;
    }),
  );
  const ends = await Promise.allSettled(tasks);
  expect(most).toBe(2);
  expect(began).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
  expect(ends.map(({ status }) => status === 'rejected')).toEqual(
    began.map((index) => index % 4 === 1),
  );
  expect(await inTurn(() => Promise.resolve('still'))).toBe('still');
});
