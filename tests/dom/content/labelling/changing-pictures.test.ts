import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

import { createLooks } from '../../../../src/content/labelling/looks';
import { differ, printOf, settledPrint } from '../../../../src/content/labelling/picture-print';
import { createRestlessness } from '../../../../src/content/labelling/restlessness';
import { trackedImage } from '../../../../src/content/labelling/tracked-image';
import { element, show } from '../../harness/page';

let controller: AbortController;
beforeEach(() => {
  controller = new AbortController();
});
afterEach(() => {
  controller.abort();
  vi.useRealTimers();
  vi.restoreAllMocks();
});

function canvas(): { canvas: HTMLCanvasElement; fill: (colour: string, ...box: number[]) => void } {
  show('<canvas width="160" height="160"></canvas>');
  const drawn = element('canvas') as HTMLCanvasElement;
  const context = drawn.getContext('2d');
  if (context === null) throw new Error('No canvas.');
  return {
    canvas: drawn,
    fill: (colour, x = 0, y = 0, width = 160, height = 160) => {
      context.fillStyle = colour;
      context.fillRect(x, y, width, height);
    },
  };
}

describe('how a picture looks', () => {
  test('is blank before it is drawn, and another after', () => {
    const { canvas: drawn, fill } = canvas();
    const blank = printOf(drawn);
    expect(blank).toBe('blank');
    fill('#888');
    expect(differ(printOf(drawn), blank)).toBe(true);
  });

  test.each([
    ['is the same with a cursor that blinks', '#000', [10, 10, 2, 20], false],
    ['is the same with noise', '#8c8c8c', [0, 0, 160, 160], false],
    ['is another where a part is drawn', '#f00', [0, 0, 50, 50], true],
    ['is another where all is', '#fff', [0, 0, 160, 160], true],
  ] as const)('%s', (_, colour, box, isAnother) => {
    const { canvas: drawn, fill } = canvas();
    fill('#888');
    const before = printOf(drawn);
    fill(colour, ...box);
    expect(differ(printOf(drawn), before)).toBe(isAnother);
  });

  test('has settled when it is the same twice; what moves all the time has not', async () => {
    const { canvas: drawn, fill } = canvas();
    fill('#888');
    expect((await settledPrint(drawn, controller.signal)).isSettled).toBe(true);
    let turn = 0;
    const timer = setInterval(() => {
      turn += 1;
      fill(turn % 2 === 0 ? '#000' : '#fff');
    }, 290);
    setTimeout(() => {
      controller.abort();
    }, 1200);
    expect((await settledPrint(drawn, controller.signal)).isSettled).toBe(false);
    clearInterval(timer);
  });
});

test('a change now and then is followed; one after the other is a display until it rests', () => {
  vi.useFakeTimers();
  const { noteChange, isRestless } = createRestlessness<object>();
  const [slides, film] = [{}, {}];
  for (let turn = 0; turn < 20; turn += 1) {
    vi.advanceTimersByTime(2000);
    noteChange(slides);
    expect(isRestless(slides)).toBe(false);
  }
  for (let turn = 0; turn < 8; turn += 1) {
    expect(isRestless(film)).toBe(false);
    vi.advanceTimersByTime(1000);
    noteChange(film);
  }
  expect(isRestless(film)).toBe(true);
  vi.advanceTimersByTime(1001);
  expect(isRestless(film)).toBe(false);
});

describe('looks', () => {
  test('run while something is in view, and no timer while nothing is', () => {
    vi.useFakeTimers();
    show('<canvas></canvas>');
    const image = trackedImage('image-1', element('canvas'));
    image.isVisible = true;
    const lookAt = vi.fn(() => true);
    const watch = createLooks(lookAt, controller.signal);
    expect(vi.getTimerCount()).toBe(0);
    watch(image);
    vi.advanceTimersByTime(1600);
    expect(lookAt).toHaveBeenCalledTimes(1);
    image.isVisible = false;
    vi.advanceTimersByTime(30_000);
    expect(lookAt).toHaveBeenCalledTimes(1);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('are seldom where they cost much', () => {
    vi.useFakeTimers();
    show('<canvas></canvas>');
    const image = trackedImage('image-1', element('canvas'));
    image.isVisible = true;
    const lookAt = vi.fn(() => {
      vi.setSystemTime(Date.now());
      vi.advanceTimersByTime(100);
      return true;
    });
    const watch = createLooks(lookAt, controller.signal);
    watch(image);
    vi.advanceTimersByTime(1600);
    vi.advanceTimersByTime(9000);
    expect(lookAt).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(2000);
    expect(lookAt).toHaveBeenCalledTimes(2);
  });

  test('are seldom where nothing stirs, and soon again where somebody does or something moved', () => {
    vi.useFakeTimers();
    show('<img width="10" height="10">');
    const image = trackedImage('image-1', element('img'));
    image.isVisible = true;
    const lookAt = vi.fn(() => false);
    createLooks(lookAt, controller.signal)(image);
    const looksWithin = (milliseconds: number): number => {
      lookAt.mockClear();
      vi.advanceTimersByTime(milliseconds);
      return lookAt.mock.calls.length;
    };
    expect(looksWithin(12_000)).toBe(4); // at 1.5, 3, 6 and 12 s
    expect(looksWithin(60_000)).toBe(5);
    document.body.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }));
    expect(looksWithin(1600)).toBe(1);
    expect(looksWithin(60_000)).toBe(6);
    element('img').style.marginLeft = '50px';
    expect(looksWithin(10_500)).toBe(2); // the next one sees that it moved
  });

  test('end with the signal', () => {
    vi.useFakeTimers();
    show('<canvas></canvas>');
    const image = trackedImage('image-1', element('canvas'));
    image.isVisible = true;
    createLooks(() => false, controller.signal)(image);
    controller.abort();
    expect(vi.getTimerCount()).toBe(0);
  });
});
