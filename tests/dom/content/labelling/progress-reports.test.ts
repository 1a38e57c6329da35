import { afterEach, beforeEach, expect, test } from 'vitest';

import { createProgressReports } from '../../../../src/content/labelling/progress-reports';
import { answerMessages, setExtensionAlive } from '../../harness/fake-extension';
import { until } from '../../harness/page';

let controller: AbortController;
let labelled: number;
/** The counts that the worker was told, in their order. */
let told: number[];
/** What becomes of a word; the worker that was stopped answers nothing. */
let answer: () => Promise<unknown>;
let changed: () => void;

const DONE = { ok: true, value: null };

beforeEach(() => {
  controller = new AbortController();
  labelled = 0;
  told = [];
  answer = () => Promise.resolve(DONE);
  answerMessages(async ({ progress }) => {
    told.push((progress as { labelled: number }).labelled);
    return await answer();
  });
  changed = createProgressReports(
    () => ({ found: 9, pending: 0, labelled, skipped: 0, failed: 0, far: 0, wanted: 0 }),
    controller.signal,
  );
});
afterEach(() => {
  controller.abort();
  setExtensionAlive(true);
});

function settle(count: number): void {
  labelled = count;
  changed();
}

test('the last word is told again until the worker has noted it', async () => {
  let stops = 3; // asked twice each: the first is asked anew at once
  answer = () => Promise.resolve(stops-- > 0 ? undefined : DONE);
  settle(9);
  await until('it is told a fourth time', () => told.length >= 4);
  expect(told).toEqual([9, 9, 9, 9]);
  await new Promise((resolve) => setTimeout(resolve, 1500));
  // Noted: no word of it any more.
  expect(told).toHaveLength(4);
});

test('words do not pass each other', async () => {
  const waiting: ((answer: unknown) => void)[] = [];
  answer = () => new Promise((resolve) => waiting.push(resolve));
  settle(1);
  settle(2);
  await new Promise((resolve) => setTimeout(resolve, 700));
  expect(told).toEqual([1]);
  waiting.shift()?.(DONE);
  await until('the next word', () => told.length === 2);
  expect(told).toEqual([1, 2]);
});

test('at most two words a second', async () => {
  const begin = performance.now();
  for (let count = 1; count <= 20; count += 1) {
    settle(count);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  await until('the last word', () => told.at(-1) === 20);
  expect(told.length).toBeLessThanOrEqual(2 + (performance.now() - begin) / 500);
});

test('no word after the end, or after the extension is gone', async () => {
  answer = () => Promise.resolve(undefined);
  settle(1);
  await until('it is told', () => told.length >= 2);
  setExtensionAlive(false);
  await new Promise((resolve) => setTimeout(resolve, 1200));
  const before = told.length;
  expect(before).toBeLessThanOrEqual(4);
  setExtensionAlive(true);
  controller.abort();
  settle(2);
  await new Promise((resolve) => setTimeout(resolve, 1200));
  expect(told).toHaveLength(before);
});
