import { afterEach, expect, test } from 'vitest';

import { walkDown } from '../../../../scripts/audit/walk-down';
import { loaded, show, squarePng } from '../../harness/page';

const PAUSE_MS = 120;
const MOST_MS = 60_000;
const MOST = 60;
const screens = (count: number) => `<div style="height: ${count * innerHeight}px"></div>`;

afterEach(() => {
  scrollTo(0, 0);
});

test('a page on which nothing is on its way is gone through without a pause, to its end and back', async () => {
  const seen: number[] = [];
  addEventListener('scroll', () => seen.push(scrollY));
  show(`<img src="${squarePng(20)}">${screens(6)}`);
  await loaded('img');
  const { steps, pauses } = await walkDown(MOST, PAUSE_MS, MOST_MS);
  expect(steps).toBeGreaterThanOrEqual(6);
  expect(pauses).toBe(0);
  expect(Math.max(...seen)).toBeGreaterThan(4 * innerHeight);
  expect(scrollY).toBe(0);
});

test('what an observer of the page brings is waited for, and gone on to', async () => {
  show(`${screens(3)}<p id="end">The end, for now</p>`);
  const end = document.querySelector('#end');
  let brought = 0;
  const observer = new IntersectionObserver(([entry]) => {
    if (entry?.isIntersecting !== true || brought >= 3) return;
    brought += 1;
    end?.insertAdjacentHTML('beforebegin', screens(2));
  });
  if (end !== null) observer.observe(end);
  const { pauses } = await walkDown(MOST, PAUSE_MS, MOST_MS);
  expect(brought).toBe(3);
  expect(pauses).toBeGreaterThanOrEqual(3);
  observer.disconnect();
});

test('images that a script of the page loads in its own time have it', async () => {
  show(`${screens(3)}<img id="late" data-src="${squarePng(20)}" width="100" height="100">`);
  const image = document.querySelector<HTMLImageElement>('#late');
  let timer = 0;
  const load = () => {
    clearTimeout(timer);
    timer = window.setTimeout(() => {
      if (image !== null && image.getBoundingClientRect().top < innerHeight) {
        image.src = image.dataset.src ?? '';
        delete image.dataset.src;
      }
    }, 60);
  };
  addEventListener('scroll', load);
  await walkDown(MOST, PAUSE_MS, MOST_MS);
  expect(image?.src).toMatch(/^data:/);
  removeEventListener('scroll', load);
});

test('a page without end has one', async () => {
  const grow = () => {
    document.body.insertAdjacentHTML('beforeend', screens(1));
  };
  show(screens(2));
  addEventListener('scroll', grow);
  expect((await walkDown(8, PAUSE_MS, MOST_MS)).steps).toBe(8);
  removeEventListener('scroll', grow);
});

test('where its time is over the way ends, and leads back', async () => {
  show(screens(30));
  const { steps } = await walkDown(MOST, PAUSE_MS, 60);
  expect(steps).toBeGreaterThan(0);
  expect(steps).toBeLessThan(20);
  expect(scrollY).toBe(0);
});
