/** Where a label goes in the box of an image that its picture doesn't fill. */
import { expect, test } from 'vitest';

import type { Chip } from '../../../../src/content/labelling/chip';
import { placeInside } from '../../../../src/content/labelling/seen-place';
import { ownPicture, loaded, pngOf, show } from '../../harness/page';

/** Of a photo of 400 x 300 px in a box of 700 x 300 px at (0, 0), of which the first 200 px are in view. */
async function placeOf(style: string) {
  show(
    `<img id="x" src="${pngOf(400, 300)}" style="position: absolute; left: 0; top: 0; box-sizing: border-box; width: 700px; height: 300px; ${style}">`,
  );
  await loaded('#x');
  const picture = ownPicture('#x');
  const chip = {
    ...{ image: { picture }, seen: null },
    prediction: { picture: 'a-400x300', rung: 'decoded' },
  } as unknown as Chip;
  const box = picture.element.getBoundingClientRect();
  const place = placeInside(chip, box, new DOMRect(0, 0, 200, 300));
  const { x, y, width, height } = place.box;
  return { box: [x, y, width, height].map(Math.round), clip: place.clip };
}

test.each([
  ['as it is', '', [0, 0, 700, 300]],
  ['as large as fits', 'object-fit: contain', [150, 0, 400, 300]],
  ['at the end', 'object-fit: scale-down; object-position: 100% 0', [300, 0, 400, 300]],
  ['cut', 'object-fit: cover', [0, 0, 700, 300]],
  ['in a frame', 'padding: 60px 0 0 120px', [120, 60, 580, 240]],
  ['in a border', 'border: 20px solid; object-fit: contain', [177, 20, 347, 260]],
])('%s', async (_, style, expected) => {
  expect((await placeOf(style)).box).toEqual(expected);
});

test('what is in view of it is a part of it, or nothing', async () => {
  const { clip } = await placeOf('object-fit: contain');
  expect([clip.left, clip.right, clip.width]).toEqual([150, 200, 50]);
  expect((await placeOf('object-fit: contain; object-position: right')).clip.width).toBe(0);
});

test('of what is no image, its box', () => {
  const chip = { image: { picture: { kind: 'css' } } } as unknown as Chip;
  const box = new DOMRect(0, 0, 700, 300);
  expect(placeInside(chip, box, box)).toEqual({ box, clip: box });
});
