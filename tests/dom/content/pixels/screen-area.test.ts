/** Where a picture is on the screen: told only where it is known, and where it is seen there. */
import { afterEach, describe, expect, test } from 'vitest';

import { topReachableWindow } from '../../../../src/content/find/frames';
import { screenArea } from '../../../../src/content/pixels/screen-area';
import { loaded, ownPicture, show, squarePng } from '../../harness/page';

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
  document.body.removeAttribute('style');
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
    const told = screenArea(ownPicture('canvas')).rect;
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
    expect(codeOf(() => screenArea(ownPicture('canvas')))).toBe('screen-not-available');
  });

  test('covered where it is shown, not where it would be without its scale', () => {
    show(PHOTO);
    placeFrame('transform: scale(.5); transform-origin: 0 0');
    const cover = (x: number, y: number) =>
      `<div style="position: fixed; left: ${x}px; top: ${y}px; width: 50px; height: 40px; background: #000; z-index: 99999"></div>`;
    addAround(cover(180, 110));
    expect(codeOf(() => screenArea(ownPicture('canvas')))).toBe('none');
    addAround(cover(125, 55));
    expect(codeOf(() => screenArea(ownPicture('canvas')))).toBe('image-not-on-screen');
  });
});

describe('under a drawing', () => {
  const drawing = (inner: string, style = '') =>
    `${PHOTO}<svg style="position: absolute; left: 50px; top: 30px; ${style}" width="100" height="80">${inner}</svg>`;

  test.each([
    [
      'of spots to be pressed',
      '<a href="#1"><rect width="100" height="80" fill="transparent"/></a>',
      'none',
    ],
    ['of nothing there', '<g><title>Map</title></g>', 'none'],
    ['filled', '<rect width="100" height="80"/>', 'image-not-on-screen'],
    ['filled faintly', '<rect width="100" height="80" fill-opacity=".02"/>', 'none'],
    [
      'of a thick line',
      '<path d="M0 40H100" stroke="#000" stroke-width="80" fill="none"/>',
      'image-not-on-screen',
    ],
  ])('%s', (_, inner, code) => {
    placeFrame('');
    show(drawing(inner));
    expect(codeOf(() => screenArea(ownPicture('canvas')))).toBe(code);
  });

  test('with a background of its own', () => {
    placeFrame('');
    show(drawing('', 'background: #fff'));
    expect(codeOf(() => screenArea(ownPicture('canvas')))).toBe('image-not-on-screen');
  });
});

describe('a background', () => {
  const background = `background: url(${squarePng(20)}) center / cover`;
  const at = (place: string) => `position: absolute; ${place}`;

  test('on the whole canvas, below a body of no height', () => {
    placeFrame('');
    document.body.setAttribute('style', `margin: 0; min-height: 0; ${background} fixed`);
    const { rect } = screenArea(ownPicture('body'));
    expect(rect).toMatchObject({ x: 100, y: 40, width: 600, height: 400 });
  });

  test('that is a small thing in a large box: no word on the rest of the box', async () => {
    placeFrame('');
    const held = `<img id="held" src="${squarePng(20)}" hidden>`;
    const box = (fit: string) =>
      `${held}<div style="width: 300px; height: 200px; background: url(${squarePng(20)}) ${fit} no-repeat"></div>`;
    show(box('left top / contain'));
    await loaded('#held');
    expect(codeOf(() => screenArea(ownPicture('div')))).toBe('none');
    show(box('left top'));
    await loaded('#held');
    expect(codeOf(() => screenArea(ownPicture('div')))).toBe('image-not-on-screen');
  });

  test.each([
    ['words', '<p style="margin: 0">Some words over the picture.</p>', 'none'],
    ['a glass plate', `<i style="${at('inset: 0')}"></i>`, 'none'],
    [
      'a small icon',
      `<i style="${at('width: 20px; height: 20px; background: #000')}"></i>`,
      'none',
    ],
    [
      'another picture',
      `<canvas style="${at('inset: 0 0 auto; width: 200px; height: 80px')}"></canvas>`,
      'image-not-on-screen',
    ],
    [
      'a panel',
      `<div style="${at('inset: 0 80px 0 0; background: #fff')}">Words</div>`,
      'image-not-on-screen',
    ],
  ])('with %s inside', (_, inside, code) => {
    placeFrame('');
    show(
      `<div style="${at('left: 20px; top: 20px; width: 200px; height: 120px')}; ${background}">${inside}</div>`,
    );
    expect(codeOf(() => screenArea(ownPicture('div')))).toBe(code);
  });
});

test('a picture before its link, outside of it', () => {
  placeFrame('');
  show(
    `<style>a::before { content: ''; position: absolute; left: 40px; top: 90px; width: 120px;
       height: 100px; background: url(${squarePng(20)}) }</style>
     <a href="#x" style="position: absolute; left: 10px; top: 10px">Link</a>`,
  );
  expect(screenArea(ownPicture('a')).rect).toMatchObject({
    x: 150,
    y: 140,
    width: 120,
    height: 100,
  });
});
