/** Where pictures are drawn that are not where their elements are. */
import { afterEach, describe, expect, test } from 'vitest';

import { isOnCanvas, paintedBox } from '../../../../src/content/find/painted-box';
import { element, loaded, ownPicture, show, squarePng } from '../../harness/page';

afterEach(() => {
  document.documentElement.removeAttribute('style');
  document.body.removeAttribute('style');
});

const PICTURE = squarePng(160);

interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

function expectBox(told: Box | null, truth: Box, leeway = 0.6): void {
  for (const side of ['x', 'y', 'width', 'height'] as const) {
    expect(Math.abs((told?.[side] ?? NaN) - truth[side]), side).toBeLessThan(leeway);
  }
}

const BACKGROUND = `content: ''; background: url(${PICTURE}); width: 180px; height: 120px;`;

describe('before and after', () => {
  /** The part, and an element of the same styles in its place. */
  async function besideTruth(
    part: string,
    style: string,
    html: (link: string) => string,
  ): Promise<{ told: Box | null; truth: Box }> {
    const link = (inside: string) => html(`<a id="link" href="#x">${inside}</a>`);
    const own = style.replace(/content: url[^;]*;/, '');
    const stand = style === own ? `<i id="stand"></i>` : `<img id="stand" src="${PICTURE}">`;
    show(
      `<style>#stand { ${own} }</style>${link(part === '::before' ? `${stand}Link` : `Link${stand}`)}`,
    );
    if (style !== own) await loaded('#stand');
    const { x, y, width, height } = element('#stand').getBoundingClientRect();
    show(
      `<style>#link${part} { ${style} }</style><img id="held" src="${PICTURE}" hidden>${link('Link')}`,
    );
    await loaded('#held');
    return { told: paintedBox(ownPicture('#link')), truth: { x, y, width, height } };
  }

  const plain = (link: string) => `<p style="margin: 300px 0 0 50px">${link}</p>`;
  const around = (style: string) => (link: string) =>
    `<div style="margin: 40px; ${style}"><p>Words</p>${link}</div>`;

  test.each([
    ['by the page', `${BACKGROUND} position: absolute; left: 30px; top: 200px`, plain],
    ['by the viewport', `${BACKGROUND} position: fixed; right: 30px; bottom: 20px`, plain],
    [
      'by what is around',
      `${BACKGROUND} position: absolute; left: 10px; bottom: -150px; margin: 3px 4px`,
      around('position: relative; border: 5px solid; padding: 9px'),
    ],
    [
      'stretched over what is around',
      `content: ''; background: url(${PICTURE}); position: absolute; inset: 0`,
      around('position: relative; width: 240px; height: 210px'),
    ],
    [
      'in a zoomed part',
      `${BACKGROUND} position: absolute; left: 20px; top: 90px`,
      around('position: relative; zoom: .7; border: 4px solid'),
    ],
    [
      'with padding and a border',
      `${BACKGROUND} position: absolute; left: 20px; top: 90px; padding: 4px; border: 2px solid`,
      around('transform: translate(5px)'),
    ],
  ])('placed %s', async (_, style, html) => {
    for (const part of ['::before', '::after']) {
      const { told, truth } = await besideTruth(part, style, html);
      expectBox(told, truth);
    }
  });

  test.each([
    ['a box in the line', `${BACKGROUND} display: inline-block;`],
    ['a picture in the line', `content: url(${PICTURE});`],
  ])('%s: about where it stands', async (_, style) => {
    for (const part of ['::before', '::after']) {
      const { told, truth } = await besideTruth(part, style, plain);
      expectBox(told, truth, 4);
    }
  });

  test('inside its element: where the element is', async () => {
    const { told } = await besideTruth(
      '::before',
      `content: ''; background: url(${PICTURE}); display: block; width: 90px; height: 50px`,
      (link) => `<style>a { display: block; width: 300px; height: 200px }</style>${link}`,
    );
    expect(told).toBeNull();
  });
});

describe('the canvas', () => {
  const { documentElement: root, body } = document;
  const shown = `background-image: url(${PICTURE})`;

  test('has the background of the body where the root has none', () => {
    body.setAttribute('style', shown);
    expect(isOnCanvas(body)).toBe(true);
    root.setAttribute('style', 'background: #eee');
    expect(isOnCanvas(body)).toBe(false);
    expect(isOnCanvas(root)).toBe(true);
    root.setAttribute('style', 'contain: layout');
    expect(isOnCanvas(body)).toBe(false);
  });

  test('reaches as far as the page, and as the viewport; what is fixed as the viewport', () => {
    body.setAttribute('style', `margin: 0; min-height: 0; ${shown}`);
    const { clientWidth: width, clientHeight: height } = root;
    expect(paintedBox(ownPicture('body'))).toEqual({ x: 0, y: 0, width, height });
    show('<div style="height: 5000px"></div>');
    scrollTo(0, 700);
    expect(paintedBox(ownPicture('body'))).toMatchObject({ x: 0, y: -700, height: 5000 });
    body.style.backgroundRepeat = 'no-repeat';
    show('<div style="height: 50px"></div>');
    expect(paintedBox(ownPicture('body'))).toMatchObject({ x: 0, y: 0, height: 50 });
    body.style.backgroundAttachment = 'fixed';
    expect(paintedBox(ownPicture('body'))).toMatchObject({ x: 0, y: 0, height });
    scrollTo(0, 0);
  });
});
