import { afterEach, beforeEach, expect, test, vi } from 'vitest';

vi.mock('webextension-polyfill', () => import('../../support/fake-browser'));

const { createHeartbeat } = await import('../../../../src/background/host/heartbeat');

/** Firefox's own limit. */
const IDLE_MS = 30_000;

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

function started(): { end: () => void; work: Promise<string> } {
  let end = (): void => undefined;
  const work = new Promise<string>((resolve) => {
    end = () => {
      resolve('done');
    };
  });
  return { end, work };
}

test('beats more often than the browser waits, while work is under way, and never after', async () => {
  const beat = vi.fn(() => Promise.resolve());
  const keepAwake = createHeartbeat(beat);
  await vi.advanceTimersByTimeAsync(IDLE_MS);
  expect(beat).not.toHaveBeenCalled();

  const [first, second] = [started(), started()];
  void keepAwake(first.work);
  void keepAwake(second.work);
  await vi.advanceTimersByTimeAsync(IDLE_MS);
  const beats = beat.mock.calls.length;
  expect(beats).toBeGreaterThan(1);

  first.end();
  await vi.advanceTimersByTimeAsync(IDLE_MS);
  expect(beat.mock.calls.length).toBeGreaterThan(beats);

  second.end();
  await vi.advanceTimersByTimeAsync(1);
  const all = beat.mock.calls.length;
  await vi.advanceTimersByTimeAsync(2 * IDLE_MS);
  expect(beat).toHaveBeenCalledTimes(all);
});

test('gives back what it was given; failing work and failing beats do no harm', async () => {
  const keepAwake = createHeartbeat(() => Promise.reject(new Error('no browser')));
  const { end, work } = started();
  const kept = keepAwake(work);
  await vi.advanceTimersByTimeAsync(IDLE_MS);
  end();
  await expect(kept).resolves.toBe('done');
  await expect(keepAwake(Promise.reject(new Error('x')))).rejects.toThrow('x');
  expect(vi.getTimerCount()).toBe(0);
});
