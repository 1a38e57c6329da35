import { expect, test } from 'vitest';

import { readDecoded } from '../../../../src/content/pixels/decoded';
import { inlineSvgAddress } from '../../../../src/content/pixels/inline-svg';
import { ownPicture, show } from '../../harness/page';

const signal = new AbortController().signal;

function svg(): SVGSVGElement {
  const found = document.querySelector('#x');
  if (!(found instanceof SVGSVGElement)) throw new Error('No SVG.');
  return found;
}

const shapes = (count: number, shape = '<path d="M0 0h9"/>'): string => shape.repeat(count);

/** The colour at a point of the 20 x 20 px drawing, `r g b a`. */
async function colourAt(x: number, y: number): Promise<string> {
  const { data, width } = await readDecoded(ownPicture('#x'), signal);
  return data.slice((y * width + x) * 4, (y * width + x) * 4 + 4).join(' ');
}

const RED = '255 0 0 255';
const BLACK = '0 0 0 255';

test.each([
  ['a rule of the page', '.r { fill: red }', '<rect class="r" width="20" height="20"/>', RED],
  ['what is inherited', '.g { fill: red }', '<g class="g"><rect width="20" height="20"/></g>', RED],
  [
    'an attribute that a rule sets back',
    '.r { fill: inherit }',
    '<rect class="r" fill="red" width="20" height="20"/>',
    BLACK,
  ],
  [
    'a style of its own that only the page can resolve',
    '#x { --c: red }',
    '<rect style="fill: var(--c)" width="20" height="20"/>',
    RED,
  ],
  [
    'rules of its own that the page sets back',
    'rect.r { fill: black }',
    '<style>.r { fill: red }</style><rect class="r" width="20" height="20"/>',
    BLACK,
  ],
  [
    'what the page hides',
    '.h { display: none }',
    '<rect fill="red" width="20" height="20"/><rect class="h" width="20" height="20"/>',
    RED,
  ],
  [
    'what the page moves',
    '.m { transform: translate(-10px) }',
    '<rect class="m" x="10" fill="red" width="20" height="20"/>',
    RED,
  ],
])('is as the page draws it: %s', async (_what, rules, content, colour) => {
  show(`<style>${rules}</style><svg id="x" width="20" height="20">${content}</svg>`);
  expect(await colourAt(5, 5)).toBe(colour);
});

test('a drawing of many shapes is copied in slices, and no style twice', async () => {
  show(
    `<style>path { fill: red }</style>
     <svg id="x" width="20" height="20"><g>${shapes(2900)}</g></svg>`,
  );
  let turns = 0;
  const timer = setInterval(() => (turns += 1));
  const address = await inlineSvgAddress(svg());
  clearInterval(timer);
  expect(turns).toBeGreaterThan(1);
  expect(decodeURIComponent(address).match(/fill:/g)?.length).toBeLessThan(3000);
  expect(address.match(/opacity/g)?.length).toBeLessThan(10);
});

test.each([
  ['shapes', `<svg id="x" width="20" height="20">${shapes(3100)}</svg>`],
  ['text', `<svg id="x" width="20" height="20"><path d="M0 0${'h9h-9'.repeat(210_000)}"/></svg>`],
  [
    'shapes from elsewhere',
    `<svg><symbol id="s">${shapes(3100)}</symbol></svg>
     <svg id="x" width="20" height="20"><use href="#s"/></svg>`,
  ],
])('too many %s: not drawn, with a code', async (_what, html) => {
  show(html);
  await expect(inlineSvgAddress(svg())).rejects.toMatchObject({ code: 'image-not-readable' });
});
