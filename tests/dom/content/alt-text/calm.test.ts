import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { quietSince } from '../../../../src/content/alt-text/calm';
import { createLayer } from '../../../../src/content/layer';
import { element, show } from '../../harness/page';

const TIMES = { quietMs: 200, limitMs: 900 };

let controller: AbortController;
let ticker: ReturnType<typeof setInterval> | undefined;
beforeEach(() => {
  controller = new AbortController();
  show('<p>Words</p>');
});
afterEach(() => {
  controller.abort();
  clearInterval(ticker);
});

/** How long a page that was loaded just now is waited for, milliseconds. */
async function waited(): Promise<number> {
  const start = performance.now();
  await quietSince(start, controller.signal, TIMES);
  return performance.now() - start;
}

/** Does this every 50 ms, so many times. */
function every(times: number, change: (turn: number) => unknown): void {
  let turn = 0;
  ticker = setInterval(() => {
    change(turn);
    turn += 1;
    if (turn === times) clearInterval(ticker);
  }, 50);
}

describe('a page is calm', () => {
  test('when nothing happens for a while', async () => {
    expect(await waited()).toBeGreaterThanOrEqual(199);
  });

  test.each<[string, (turn: number) => unknown]>([
    ['its elements', (turn) => (element('p').innerHTML = `<b>${turn}</b>`)],
    ['its attributes', (turn) => (element('p').title = String(turn))],
    ['its words', (turn) => ((element('p').firstChild as Text).data = String(turn))],
  ])('when it has stopped to change %s', async (_, change) => {
    every(6, change);
    expect(await waited()).toBeGreaterThanOrEqual(490);
  });

  test('when it goes on and on: after the limit', async () => {
    every(100, (turn) => {
      element('p').title = String(turn);
    });
    expect(await waited()).toBeGreaterThanOrEqual(899);
  });

  test('when a script that it added has come, or has failed to', async () => {
    const script = Object.assign(document.createElement('script'), { src: 'data:text/plain,' });
    // Added and taken out: no word of it will come, so the limit counts.
    const lost = Object.assign(document.createElement('script'), { src: 'about:blank#never' });
    setTimeout(() => {
      document.body.append(script);
    }, 50);
    const withScript = await waited();
    expect(withScript).toBeGreaterThanOrEqual(240);
    expect(withScript).toBeLessThan(899);
    setTimeout(() => {
      document.body.append(lost);
      lost.remove();
    }, 50);
    expect(await waited()).toBeGreaterThanOrEqual(899);
  });

  test('whatever we do ourselves', async () => {
    const layer = createLayer('ring', '');
    every(10, () => {
      layer.attach();
    });
    expect(await waited()).toBeLessThan(450);
    layer.remove();
  });

  test('at once where it was loaded long ago', async () => {
    const start = performance.now();
    await quietSince(start - 10_000, controller.signal, TIMES);
    expect(performance.now() - start).toBeLessThan(100);
  });
});
