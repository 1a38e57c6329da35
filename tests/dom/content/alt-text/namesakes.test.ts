/** One text for different pictures is weak; one picture in several files, sizes and colours is none of that. */
import { expect, test } from 'vitest';

import { createNamesakes } from '../../../../src/content/alt-text/namesakes';
import { fileOf } from '../../../../src/content/alt-text/same-picture';
import { element, loaded, pngOf, show } from '../../harness/page';

/** A mark of a company, as a picture of so many pixels. */
const logo = (side: number, colour: string): string =>
  pngOf(side, side, (context) => {
    context.fillStyle = colour;
    context.fillRect(side / 8, side / 8, side / 4, (side * 3) / 4);
    context.beginPath();
    context.arc((side * 5) / 8, side / 2, side / 5, 0, 7);
    context.fill();
  });
const photo = (side: number, bright: number): string =>
  pngOf(side, side, (context) => {
    const sky = context.createLinearGradient(0, 0, side * bright, side);
    sky.addColorStop(0, '#048');
    sky.addColorStop(1, '#fda');
    context.fillStyle = sky;
    context.fillRect(0, 0, side, side);
    context.fillStyle = '#222';
    context.fillRect(side * 0.1, side * 0.6, side * bright * 0.5, side * 0.3);
  });
const img = (src: string, more = '') => `<img src="${src}" alt="A boat" ${more}>`;

test.each<[string, string, boolean]>([
  ['other pictures', img(photo(64, 1)) + img(photo(64, 0.2)), true],
  ['a logo and a photo', img(logo(64, '#000')) + img(photo(64, 1)), true],
  ['one of them hidden', img(photo(64, 1)) + img(photo(64, 0.2), 'hidden'), false],
  ['one not heard', img(photo(64, 1)) + img(photo(64, 0.2), 'aria-hidden="true"'), false],
  ['a logo in two sizes', img(logo(64, '#000')) + img(logo(160, '#000')), false],
  ['a logo in two colours', img(logo(64, '#000')) + img(logo(64, '#fff')), false],
  ['a thumbnail of a photo', img(photo(200, 1)) + img(photo(48, 1)), false],
  [
    'in links to the same',
    `<a href="/a">${img(photo(64, 1))}</a><a href="/a">${img(photo(64, 0.2))}</a>`,
    false,
  ],
  [
    'one picture in links that lead elsewhere',
    `<a href="/a">${img(photo(64, 1))}</a><a href="/b">${img(photo(48, 1))}</a>`,
    false,
  ],
  [
    'in links that lead elsewhere',
    `<a href="/a">${img(photo(64, 1))}</a><a href="/b">${img(photo(64, 0.2))}</a>`,
    true,
  ],
])('%s', async (_name, html, expected) => {
  show(html);
  await loaded('img:first-of-type');
  await Promise.all([...document.images].map((image) => image.decode().catch(() => undefined)));
  const namesakes = createNamesakes();
  document.querySelectorAll('img').forEach(namesakes.add);
  expect(namesakes.hasOther(element('img'), 'A boat')).toBe(expected);
});

test('what the page may not read is one picture by its file, and different by nothing', () => {
  const files = [
    'https://a.test/img/boat.jpg?w=300',
    'https://cdn.test/x/boat-300x200.jpg',
    'https://a.test/boat@2x.webp',
    'https://a.test/thumb/boat_thumb.jpg',
    'https://a.test/Boat-1024w.png',
  ];
  expect(new Set(files.map(fileOf))).toEqual(new Set(['boat']));
  expect(fileOf('https://a.test/boat-2.jpg')).toBe('boat-2');
  show(files.map((src) => img(src)).join('') + img('https://a.test/ship.jpg', 'id="x"'));
  const namesakes = createNamesakes();
  document.querySelectorAll('img:not(#x)').forEach(namesakes.add);
  expect(namesakes.hasOther(element('img'), 'A boat')).toBe(false);
  namesakes.add(element('#x'));
  expect(namesakes.hasOther(element('img'), 'A boat')).toBe(false);
});
