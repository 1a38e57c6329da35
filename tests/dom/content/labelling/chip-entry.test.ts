/** Labels under the Tab key: those in view, after a scroll and where only the pointer shows them. */
import { afterEach, beforeEach, expect, test } from 'vitest';

import { createChipLayer, type ChipLayer } from '../../../../src/content/labelling/chip-layer';
import { trackedImage, type TrackedImage } from '../../../../src/content/labelling/tracked-image';
import { shadowRootOf } from '../../../../src/content/dom';
import type { Prediction } from '../../../../src/core/saying/prediction';
import { CAT } from '../../../fixtures/popup/report-image';
import { element, show } from '../../harness/page';

const VIEW = { width: 800, height: 600, scrollX: 0, scrollY: 0, zoom: 1 };
const SILENT: Prediction = { ...CAT, hint: null, draft: null, silence: 'not-a-photo' };

let ending: AbortController;
let layer: ChipLayer;
let images: TrackedImage[];

beforeEach(() => {
  ending = new AbortController();
  show([1, 2, 3].map((id) => `<img id="i${id}" width="200" height="150">`).join('<br>'));
  layer = createChipLayer(ending.signal);
  images = [1, 2, 3].map((id) => {
    const image = trackedImage(String(id), element(`#i${id}`));
    image.reading = {
      ...{ key: String(id), images: new Set([image]), state: 'labelled', prediction: CAT },
      ...{ failure: null, failedRungs: [], request: null, retries: 0 },
    };
    return image;
  });
});
afterEach(() => {
  ending.abort();
});

/** Puts labels where images are, or are out of view. */
function place(seen: readonly boolean[]): void {
  images.forEach((image, index) => {
    const box = new DOMRect(0, index * 160, 200, 150);
    layer.place(image, box, seen[index] === true ? box : new DOMRect(), VIEW);
  });
}

function root(): ShadowRoot {
  const found = shadowRootOf(element('[data-alt-lens-host=labels]'));
  if (found === null) throw new Error('No labels.');
  return found;
}
const stops = () =>
  [...root().querySelectorAll<HTMLElement>('button')].filter(
    (each) => each.tabIndex === 0 && each.checkVisibility(),
  );
const chips = () => [...root().querySelectorAll<HTMLElement>('.chip')];
const enter = () => {
  expect(stops()).toHaveLength(1);
  stops()[0]?.focus();
};

test.each(['chips', 'hover'] as const)('%s: the stop leads to the first label in view', (mode) => {
  layer.setMode({ displayMode: mode, shownPredictions: 5, silentSigns: false });
  place([false, true, true]);
  enter();
  expect(chips().indexOf(root().activeElement as HTMLElement)).toBe(1);
  expect(chips()[1]?.checkVisibility()).toBe(true);
  // One stop: backwards the way is out.
  expect(stops()).toEqual([chips()[1]]);
});

test('after a scroll, and where labels have gone', () => {
  layer.setMode({ displayMode: 'hover', shownPredictions: 5, silentSigns: false });
  place([true, false, false]);
  place([false, false, true]);
  enter();
  expect(chips().indexOf(root().activeElement as HTMLElement)).toBe(2);
  const [, , last] = images;
  if (last !== undefined) layer.remove(last);
  place([true, false, false]);
  enter();
  expect(chips().indexOf(root().activeElement as HTMLElement)).toBe(0);
});

test('where nothing is said of what is in view there is no stop', () => {
  layer.setMode({ displayMode: 'chips', shownPredictions: 5, silentSigns: false });
  for (const { reading } of images) if (reading !== null) reading.prediction = SILENT;
  place([true, true, true]);
  expect(chips()).toHaveLength(3);
  expect(stops()).toEqual([]);
  expect(chips().filter((chip) => chip.checkVisibility())).toEqual([]);
  // A person may want to see why.
  layer.setMode({ displayMode: 'chips', shownPredictions: 5, silentSigns: true });
  const shown = chips().filter((chip) => chip.checkVisibility());
  expect(shown.map(({ ariaLabel }) => ariaLabel)).toEqual(
    Array(3).fill('chip_silence_not_a_photo'),
  );
  enter();
});

test.each([
  [150, false],
  [200, true],
])('of an image %i px wide the share is drawn: %s', (width, isDrawn) => {
  layer.setMode({ displayMode: 'chips', shownPredictions: 5, silentSigns: false });
  const [image] = images;
  const box = new DOMRect(0, 0, width, 150);
  if (image !== undefined) layer.place(image, box, box, VIEW);
  expect(chips()[0]?.querySelector('.share')?.checkVisibility()).toBe(isDrawn);
  expect(chips()[0]?.firstElementChild?.checkVisibility()).toBe(true);
});
