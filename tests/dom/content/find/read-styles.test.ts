/** Styles with whole pictures inside: each value is read once a look. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { picturesOf } from '../../../../src/content/find/picture';
import { forgetStyles, lookAtStylesAnew } from '../../../../src/content/find/read-styles';
import { discover } from '../../../../src/content/labelling/discovery';
import { createIdleSlices } from '../../../../src/content/labelling/idle-slices';
import { shownPicture } from '../../../../src/content/labelling/tracked-image';
import { element, show, until } from '../../harness/page';

/** The background of every element whose style was asked, in order. */
let reads: Element[];
let controller: AbortController;

beforeEach(() => {
  reads = [];
  controller = new AbortController();
  const original = getComputedStyle;
  vi.stubGlobal('getComputedStyle', (of: Element, pseudo?: string) => {
    const style = original(of, pseudo);
    return new Proxy(style, {
      get: (target, name) => {
        if (name === 'backgroundImage') reads.push(of);
        return Reflect.get(target, name) as unknown;
      },
    });
  });
});
afterEach(() => {
  controller.abort();
  vi.unstubAllGlobals();
});

/** A `data:` address of so many characters, of a picture that is none: what is read is the style. */
const address = (letter: string, length: number) =>
  `data:image/png;base64,${letter.repeat(length)}`;
const styleSheet = (length: number) =>
  ['a', 'b'].map((name) => `.${name}{background-image:url(${address(name, length)})}`).join('');
const readsOf = (selector: string) => reads.filter((of) => of === element(selector)).length;

test('a long value is read once, whoever asks, until the next look', () => {
  show(`<style>${styleSheet(200_000)}</style><p id="x" class="a"></p>`);
  for (let time = 0; time < 5; time += 1) {
    expect(picturesOf(element('#x'))[0]?.address).toBe(address('a', 200_000));
    expect(shownPicture(element('#x'))?.address).toBe(address('a', 200_000));
  }
  expect(readsOf('#x')).toBe(1);
  lookAtStylesAnew();
  element('#x').className = 'b';
  expect(picturesOf(element('#x'))[0]?.address).toBe(address('b', 200_000));
  expect(readsOf('#x')).toBe(2);
  forgetStyles(element('#x'));
  element('#x').className = '';
  expect(picturesOf(element('#x'))).toEqual([]);
  expect(readsOf('#x')).toBe(3);
});

test('a short value is read whenever it is asked for', () => {
  show(`<style>${styleSheet(100)}</style><p id="x" class="a"></p>`);
  expect(picturesOf(element('#x'))[0]?.address).toBe(address('a', 100));
  element('#x').className = 'b';
  expect(picturesOf(element('#x'))[0]?.address).toBe(address('b', 100));
});

test.each([
  ['a class', (of: HTMLElement, name: string) => (of.className = name)],
  [
    'a style of its own',
    (of: HTMLElement, name: string) =>
      (of.style.backgroundImage = `url(${address(name, 2_000_000)})`),
  ],
])('%s that changes ten times: read once a look, and the last one is seen', async (_, change) => {
  show(`<style>${styleSheet(2_000_000)}</style><p id="x" class="a"></p>`);
  let shown = '';
  discover(
    createIdleSlices(controller.signal),
    {
      onFound: (found) => {
        shown = shownPicture(found)?.address ?? '';
      },
      onSourceChanged: () => undefined,
      onLoaded: () => undefined,
      onRedrawn: () => undefined,
      onRemoved: () => undefined,
      // As a session does: what is on screen is looked at after each change.
      onMoved: () => shownPicture(element('#x')),
      onMoving: () => undefined,
      onTopLayer: () => undefined,
      onTranslated: () => undefined,
    },
    controller.signal,
  );
  await until('the first look', () => shown === address('a', 2_000_000));
  const before = readsOf('#x');
  for (let time = 1; time <= 10; time += 1) {
    change(element('#x'), 'ab'.charAt(time % 2));
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
  change(element('#x'), 'b');
  await vi.waitFor(
    () => {
      expect(shown).toBe(address('b', 2_000_000));
    },
    { timeout: 4000 },
  );
  expect(readsOf('#x') - before).toBeLessThan(8);
});
