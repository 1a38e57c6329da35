/** Which part of an image's file is read, where far from the whole of it is seen. */
import { expect, test } from 'vitest';

import { seenPart } from '../../../../src/content/find/seen-part';
import { loaded, ownPicture, pngOf, show } from '../../harness/page';

const RIGHT_HALF = [0.5, 0, 0.5, 1];
const CLIP = 'overflow:hidden;width:200px;height:150px;';
const WIDE = 'display:block;width:400px;height:150px;max-width:none;';

/** Of a file of 800 x 300 px. @param around an element around the image, with `<>` where the image goes */
async function partOf(style: string, around = '<>') {
  show(around.replace('<>', `<img id="x" src="${pngOf(800, 300)}" style="${style}">`));
  await loaded('#x');
  const part = seenPart(ownPicture('#x'));
  return part && [part.x, part.y, part.width, part.height];
}

test.each([
  ['cut by the element around', `${WIDE}margin-left:-200px`, `<div style="${CLIP}"><></div>`],
  [
    'by one farther out',
    `${WIDE}margin-left:-200px`,
    `<div style="${CLIP}"><p style="margin:0"><></p></div>`,
  ],
  [
    'placed absolutely',
    `${WIDE}position:absolute;right:0`,
    `<div style="${CLIP}position:relative"><></div>`,
  ],
  ['cut by clip', `${WIDE}margin-left:-200px`, `<div style="${CLIP}overflow:clip"><></div>`],
  ['by its own fit', 'width:200px;height:150px;object-fit:cover;object-position:100% 0', '<>'],
  ['as large as it is', 'width:400px;height:300px;object-fit:none;object-position:right', '<>'],
  [
    'in a frame of its own',
    'width:200px;height:150px;padding:7px;border:3px solid;object-fit:cover;object-position:right',
    '<>',
  ],
  [
    'zoomed',
    `${WIDE}margin-left:-200px`,
    `<div style="zoom:1.5"><div style="${CLIP}"><></div></div>`,
  ],
  [
    'in a page shown smaller',
    'width:400px;height:300px;object-fit:none;object-position:right',
    '<div style="transform:scale(.5)"><></div>',
  ],
])('a half: %s', async (_, style, around) => {
  expect(await partOf(style, around)).toEqual(RIGHT_HALF);
});

test.each([
  ['as it is', 'width:400px;height:150px', '<>'],
  ['fitted in', 'width:200px;height:150px;object-fit:contain', '<>'],
  ['a mild cut', 'width:200px;height:133px;object-fit:cover', '<>'],
  [
    'one that can be scrolled',
    `${WIDE}margin-left:-200px`,
    `<div style="${CLIP}overflow:auto"><></div>`,
  ],
  [
    'placed outside of what would cut it',
    `${WIDE}position:absolute;left:-200px`,
    `<div style="${CLIP}"><></div>`,
  ],
  ['moved by a transform', `${WIDE}transform:translateX(-200px)`, `<div style="${CLIP}"><></div>`],
  [
    'turned',
    'width:200px;height:150px;object-fit:cover;object-position:right',
    '<div style="transform:rotate(20deg)"><></div>',
  ],
  ['mirrored', 'width:200px;height:150px;object-fit:cover;object-position:right;scale:-1 1', '<>'],
  [
    'a slide on its way out',
    'display:block;width:200px;height:75px;margin-left:-150px',
    `<div style="${CLIP}"><></div>`,
  ],
  ['nothing of it', `${WIDE}margin-left:300px`, `<div style="${CLIP}"><></div>`],
])('the whole: %s', async (_, style, around) => {
  expect(await partOf(style, around)).toBeNull();
});

test('parts are told in steps, so that a page that is made a little wider reads nothing anew', async () => {
  const parts = [300, 302, 304].map((width) =>
    partOf(`width:${width}px;height:300px;object-fit:cover`),
  );
  const seen = [];
  for (const part of parts) seen.push(await part);
  expect(new Set(seen.map(String)).size).toBe(1);
  expect(seen[0]).not.toBeNull();
});
