import { expect, test, vi } from 'vitest';

import { memoised } from '../../../src/core/memoised';

test('made once, for all who ask', async () => {
  const make = vi.fn(() => Promise.resolve({}));
  const value = memoised(make);
  expect(make).not.toHaveBeenCalled();
  const [first, second] = await Promise.all([value(), value()]);
  expect(first).toBe(second);
  expect(make).toHaveBeenCalledOnce();
});

test('a failure is told to those who asked, and the next one tries again', async () => {
  const make = vi.fn(() => Promise.resolve('good')).mockRejectedValueOnce(new Error('bad'));
  const value = memoised(make);
  const asked = [value(), value()];
  await expect(asked[0]).rejects.toThrow('bad');
  await expect(asked[1]).rejects.toThrow('bad');
  expect(await value()).toBe('good');
});

test('forgotten, it is made anew; a failure of what was forgotten takes nothing away', async () => {
  let fail: (reason: Error) => void = () => undefined;
  const make = vi
    .fn(() => Promise.resolve('second'))
    .mockReturnValueOnce(
      new Promise((_resolve, reject) => {
        fail = reject;
      }),
    );
  const value = memoised(make);
  const first = value();
  value.forget();
  expect(await value()).toBe('second');
  fail(new Error('late'));
  await expect(first).rejects.toThrow('late');
  expect(await value()).toBe('second');
  expect(make).toHaveBeenCalledTimes(2);
});

test('what is set is answered', async () => {
  const value = memoised(() => Promise.resolve('made'));
  value.set('set');
  expect(await value()).toBe('set');
});
