import { expect, test } from 'vitest';

import {
  boxInTop,
  frameOrigin,
  isTopReachable,
  reachableFrames,
  topReachableWindow,
} from '../../../../src/content/find/frames';
import { element, show } from '../../harness/page';

test('a viewport begins inside the border and the padding of its frame', () => {
  show(
    `<iframe style="position: absolute; left: 30px; top: 40px; border: 5px solid; padding: 7px 0 0 9px"></iframe>`,
  );
  expect(frameOrigin(element('iframe'))).toEqual({ x: 30 + 5 + 9, y: 40 + 5 + 7 });
});

test('the frames around are found up to the page of the tab', () => {
  // The tests themselves run in a frame of their own.
  expect(reachableFrames()).toEqual([window.frameElement]);
  expect(topReachableWindow()).toBe(window.top);
  expect(isTopReachable()).toBe(true);
});

test('a box in this frame is told in the viewport of the page around it', () => {
  show(
    '<p style="position: absolute; left: 11px; top: 22px; width: 33px; height: 44px; margin: 0"></p>',
  );
  const [frame] = reachableFrames();
  if (frame === undefined) throw new Error('No frame.');
  const { x, y } = frameOrigin(frame);
  expect(boxInTop(element('p'))).toEqual({ x: x + 11, y: y + 22, width: 33, height: 44 });
});

test('a box of the page around is told as it is', () => {
  const [frame] = reachableFrames();
  if (frame === undefined) throw new Error('No frame.');
  const { x, y, width, height } = frame.getBoundingClientRect();
  expect(boxInTop(frame)).toEqual({ x, y, width, height });
});
