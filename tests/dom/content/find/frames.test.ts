import { afterEach, describe, expect, test } from 'vitest';

import {
  boxInTop,
  isTopReachable,
  isUprightInTop,
  lieOfFrame,
  reachableFrames,
  topReachableWindow,
} from '../../../../src/content/find/frames';
import { element, show } from '../../harness/page';

/** The tests themselves run in a frame of their own. */
function ownFrame(): HTMLElement {
  const [frame] = reachableFrames();
  if (frame === undefined) throw new Error('No frame.');
  return frame as HTMLElement;
}

const styleBefore = ownFrame().getAttribute('style') ?? '';
afterEach(() => {
  ownFrame().setAttribute('style', styleBefore);
});

interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

function expectBox(measured: Box, told: Box, leeway = 0.6): void {
  for (const side of ['x', 'y', 'width', 'height'] as const) {
    expect(Math.abs(measured[side] - told[side]), side).toBeLessThan(leeway);
  }
}

const INNER = 'position: absolute; left: 30px; top: 50px; width: 60px; height: 40px; margin: 0';

/** The frame's matrix against a plain element of the same place and style with the same content. */
function lieBesideTruth(
  style: string,
  around: (html: string) => string = (html) => html,
): { isExact: boolean; told: Box; truth: Box } {
  const own = `position: absolute; left: 40px; top: 30px; width: 200px; height: 120px; border: 4px solid; padding: 6px 0 0 10px; ${style}`;
  show(
    around(
      `<div style="${own}"><div style="position: relative"><p style="${INNER}"></p></div></div>`,
    ),
  );
  const truth = element('p').getBoundingClientRect();
  show(around(`<iframe style="${own}"></iframe>`));
  const { matrix, isExact } = lieOfFrame(element('iframe'));
  const corners = [30, 90].flatMap((x) => [50, 90].map((y) => matrix.transformPoint({ x, y })));
  const [left, right] = [corners.map(({ x }) => x)].flatMap((xs) => [
    Math.min(...xs),
    Math.max(...xs),
  ]);
  const [top, bottom] = [corners.map(({ y }) => y)].flatMap((ys) => [
    Math.min(...ys),
    Math.max(...ys),
  ]);
  if (left === undefined || right === undefined || top === undefined || bottom === undefined)
    throw new Error('No corners.');
  return { isExact, truth, told: { x: left, y: top, width: right - left, height: bottom - top } };
}

describe('where the viewport of a frame lies', () => {
  const inside = (style: string) => (html: string) => `<div style="${style}">${html}</div>`;

  test.each([
    ['as it is', ''],
    ['scaled', 'transform: scale(.5)'],
    ['scaled apart, from a corner', 'transform: scale(.5, 1.25); transform-origin: 0 100%'],
    ['by the property scale', 'scale: .5 .8'],
    ['mirrored', 'transform: scaleX(-1)'],
    ['upside down', 'rotate: 180deg'],
    ['turned and turned back', 'rotate: 30deg; transform: rotate(-30deg) scale(.7)'],
    ['zoomed', 'zoom: .6'],
    ['zoomed and scaled', 'zoom: 1.5; transform: scale(.5)'],
    ['in a plane of its own', 'transform: translateZ(0) translate(7px)'],
    ['of fractions', 'width: 200.5px; height: 99.25px; transform: scale(.37)'],
    ['with its border in its size', 'box-sizing: border-box; transform: scale(.5)'],
  ])('%s', (_, style) => {
    const { isExact, told, truth } = lieBesideTruth(style);
    expectBox(told, truth);
    expect(isExact).toBe(true);
  });

  test.each([
    ['scaled around', 'transform: scale(.5)', ''],
    ['zoomed around', 'zoom: .7', 'transform: scale(1.5)'],
    ['turned around and turned back', 'transform: rotate(90deg)', 'transform: rotate(-90deg)'],
    ['with perspective that nothing makes use of', 'perspective: 300px', 'transform: scale(.5)'],
    ['scrolled', 'height: 100px; overflow: auto; position: relative', 'top: -40px'],
    ['in a line that only says so', 'display: inline; transform: scaleX(-1)', ''],
    ['without a box around', 'display: contents; transform: rotate(20deg)', ''],
  ])('%s', (_, around, style) => {
    const { isExact, told, truth } = lieBesideTruth(style, inside(around));
    expectBox(told, truth);
    expect(isExact).toBe(true);
  });

  test.each([
    ['turned', 'transform: rotate(20deg)'],
    ['a quarter', 'rotate: 90deg'],
    ['skewed', 'transform: skewX(20deg)'],
  ])('%s: where it is, but not upright', (_, style) => {
    const { isExact, told, truth } = lieBesideTruth(style);
    expectBox(told, truth, 1);
    expect(isExact).toBe(false);
  });

  test.each([
    ['in depth', 'transform: rotateY(40deg)', ''],
    ['by the property rotate', 'rotate: x 40deg', ''],
    ['nearer', 'transform: translateZ(90px)', 'perspective: 300px'],
    ['by a perspective of its own', 'transform: perspective(300px) rotateX(40deg)', ''],
    [
      'in the depth of what is around',
      '',
      'transform: rotateY(40deg); transform-style: preserve-3d',
    ],
    ['along a path', "offset-path: path('M0 0L90 90')", ''],
  ])('%s: not known', (_, style, around) => {
    expect(lieBesideTruth(style, inside(around)).isExact).toBe(false);
  });

  test('in an SVG that is stretched', () => {
    show(
      `<svg viewBox="0 0 100 100" style="position: absolute; left: 0; top: 0; width: 300px; height: 300px">
        <foreignObject x="10" y="10" width="80" height="80">
          <iframe style="width: 50px; height: 40px; border: 0; display: block"></iframe>
        </foreignObject></svg>`,
    );
    const { matrix, isExact } = lieOfFrame(element('iframe'));
    const { x, y } = matrix.transformPoint({ x: 10, y: 20 });
    expect(Math.hypot(x - 60, y - 90)).toBeLessThan(0.6);
    expect(isExact).toBe(true);
  });

  test('inside a shadow root', () => {
    show(
      `<div style="transform: scale(.5); transform-origin: 0 0; width: 400px"><template shadowrootmode="open">
        <iframe style="border: 0; display: block"></iframe></template></div>`,
    );
    const host = element('div');
    const frame = host.shadowRoot?.querySelector('iframe');
    if (!frame) throw new Error('No frame.');
    const { x, y } = host.getBoundingClientRect();
    const at = lieOfFrame(frame).matrix.transformPoint({ x: 30, y: 10 });
    expect([at.x - x, at.y - y]).toEqual([15, 5]);
  });
});

test('the frames around are found up to the page of the tab', () => {
  expect(reachableFrames()).toEqual([window.frameElement]);
  expect(topReachableWindow()).toBe(window.top);
  expect(isTopReachable()).toBe(true);
});

describe('in the page around', () => {
  test('a box is told in its viewport', () => {
    show(`<p style="${INNER}"></p>`);
    ownFrame().style.cssText += '; transform: none; border: 0; padding: 0';
    const { x, y } = ownFrame().getBoundingClientRect();
    expect(boxInTop(element('p'))).toEqual({ x: x + 30, y: y + 50, width: 60, height: 40 });
    expect(isUprightInTop()).toBe(true);
  });

  test('at the scale of the frame', () => {
    show(`<p style="${INNER}"></p>`);
    ownFrame().style.cssText += '; transform: scale(.5); border: 0; padding: 0';
    const { x, y } = ownFrame().getBoundingClientRect();
    expectBox(boxInTop(element('p')), { x: x + 15, y: y + 25, width: 30, height: 20 });
    expect(isUprightInTop()).toBe(true);
    ownFrame().style.transform = 'rotate(8deg)';
    expect(isUprightInTop()).toBe(false);
  });

  test('its own boxes are as they are', () => {
    const frame = ownFrame();
    const { x, y, width, height } = frame.getBoundingClientRect();
    expect(boxInTop(frame)).toEqual({ x, y, width, height });
  });
});
