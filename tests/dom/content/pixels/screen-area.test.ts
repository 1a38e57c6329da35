/** Where a picture is on the screen: told only where it is known, and where it is seen there. */
import { afterEach, describe, expect, test } from 'vitest';

import { topReachableWindow } from '../../../../src/content/find/frames';
import { screenArea } from '../../../../src/content/pixels/screen-area';
import { element, show } from '../../harness/page';

const frame = window.frameElement as HTMLElement;
const styleBefore = frame.getAttribute('style') ?? '';
const added: Element[] = [];

/** The frame of the tests at a place of its own in the page around. */
function placeFrame(style: string): void {
  frame.style.cssText = `position: fixed; left: 100px; top: 40px; width: 600px; height: 400px; border: 0; padding: 0; z-index: 9999; ${style}`;
}

function addAround(html: string): void {
  const { body } = topReachableWindow().document;
  body.insertAdjacentHTML('beforeend', html);
  const [last] = [...body.children].slice(-1);
  if (last !== undefined) added.push(last);
}

afterEach(() => {
  frame.setAttribute('style', styleBefore);
  for (const each of added.splice(0)) each.remove();
});

const PHOTO =
  '<canvas style="position: absolute; left: 50px; top: 30px; width: 100px; height: 80px"></canvas>';

function codeOf(look: () => unknown): string {
  try {
    look();
    return 'none';
  } catch (error) {
    return (error as { code: string }).code;
  }
}

describe('in a frame', () => {
  test.each([
    ['as it is', '', { x: 150, y: 70, width: 100, height: 80 }],
    [
      'at half its size',
      'transform: scale(.5); transform-origin: 0 0',
      { x: 125, y: 55, width: 50, height: 40 },
    ],
    [
      'mirrored, where it is then',
      'transform: scaleX(-1)',
      { x: 700 - 150, y: 70, width: 100, height: 80 },
    ],
  ])('%s', (_, style, rect) => {
    show(PHOTO);
    placeFrame(style);
    const told = screenArea(element('canvas')).rect;
    for (const side of ['x', 'y', 'width', 'height'] as const) {
      expect(told[side], side).toBeCloseTo(rect[side], 1);
    }
  });

  test.each([
    ['turned', 'transform: rotate(3deg)'],
    ['with depth', 'transform: perspective(400px) rotateY(20deg)'],
  ])('%s: no word', (_, style) => {
    show(PHOTO);
    placeFrame(style);
    expect(codeOf(() => screenArea(element('canvas')))).toBe('screen-not-available');
  });

  test('covered where it is shown, not where it would be without its scale', () => {
    show(PHOTO);
    placeFrame('transform: scale(.5); transform-origin: 0 0');
    const cover = (x: number, y: number) =>
      `<div style="position: fixed; left: ${x}px; top: ${y}px; width: 50px; height: 40px; background: #000; z-index: 99999"></div>`;
    addAround(cover(180, 110));
    expect(codeOf(() => screenArea(element('canvas')))).toBe('none');
    addAround(cover(125, 55));
    expect(codeOf(() => screenArea(element('canvas')))).toBe('image-not-on-screen');
  });
});
