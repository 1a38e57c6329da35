import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { TimeBoxError, withinTime } from '../../../../src/inference/engine/time-box';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('what is in time keeps its outcome and leaves no timer', async () => {
  expect(await withinTime(Promise.resolve(3), 1000, 'It')).toBe(3);
  await expect(withinTime(Promise.reject(new Error('no')), 1000, 'It')).rejects.toThrow('no');
  expect(vi.getTimerCount()).toBe(0);
});

test('what is late is refused, and handed over when it comes', async () => {
  let resolve: (value: string) => void = () => undefined;
  const slow = new Promise<string>((settle) => {
    resolve = settle;
  });
  const discarded: string[] = [];
  const boxed = withinTime(slow, 1000, 'Opening it', (late) => discarded.push(late));
  const refusal = expect(boxed).rejects.toThrow(
    new TimeBoxError('Opening it took more than 1000 ms.'),
  );
  await vi.advanceTimersByTimeAsync(1000);
  await refusal;
  expect(discarded).toEqual([]);
  resolve('late');
  await vi.waitFor(() => {
    expect(discarded).toEqual(['late']);
  });
});
