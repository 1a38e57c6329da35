import { expect, test } from 'vitest';

import { layerPart, paintedArea } from '../../../../src/core/look/painted-area';

const BOX = { width: 400, height: 300 };
const PHOTO = { width: 800, height: 600 };
const ICON = { width: 40, height: 40 };
const WHOLE = 400 * 300;

test.each([
  ['cover', '0% 0%', 'repeat', PHOTO, WHOLE],
  ['cover', '50% 50%', 'no-repeat', { width: 100, height: 100 }, WHOLE],
  ['contain', '50% 50%', 'no-repeat', { width: 100, height: 100 }, 300 * 300],
  ['auto', '0% 0%', 'repeat', ICON, 1600],
  ['auto', '0% 0%', 'no-repeat', ICON, 1600],
  ['auto', '0% 0%', 'no-repeat', PHOTO, WHOLE],
  ['auto', '100% 100%', 'no-repeat', ICON, 1600],
  ['auto', 'calc(100% + 20px) 0px', 'no-repeat', ICON, 20 * 40],
  ['auto', 'calc(100% - 20px) 0px', 'no-repeat', ICON, 1600],
  ['auto', '-30px -30px', 'no-repeat', ICON, 100],
  ['auto', '-50px 0px', 'no-repeat', ICON, 0],
  ['auto', '-50px 0px', 'repeat', ICON, 1600],
  ['auto', '-50px 0px', 'repeat-x', ICON, 1600],
  ['auto', '-50px 0px', 'repeat-y', ICON, 0],
  ['auto', '0px -50px', 'repeat no-repeat', ICON, 0],
  ['100% 100%', '0% 0%', 'repeat', ICON, WHOLE],
  ['200px', '0% 0%', 'no-repeat', PHOTO, 200 * 150],
  ['200px auto', '0% 0%', 'no-repeat', PHOTO, 200 * 150],
  ['auto 30px', '0% 0%', 'no-repeat', PHOTO, 40 * 30],
  ['50% 50%', '50% 50%', 'no-repeat', PHOTO, WHOLE / 4],
  ['calc(100% - 100px) 100px', '0% 0%', 'no-repeat', PHOTO, 300 * 100],
  ['0px 0px', '0% 0%', 'repeat', PHOTO, 0],
  ['cover', '0% 0%', 'repeat', { width: 0, height: 0 }, 0],
])('%s at %s, %s', (size, position, repeat, natural, area) => {
  expect(paintedArea({ size, position, repeat }, BOX, natural)).toBeCloseTo(area, 5);
});

test('the part of a list for a layer; a short list begins again', () => {
  const list = 'calc(100% - min(1px, 2px)) 0px, cover, 10px';
  expect([0, 1, 2, 3].map((layer) => layerPart(list, layer))).toEqual([
    'calc(100% - min(1px, 2px)) 0px',
    'cover',
    '10px',
    'calc(100% - min(1px, 2px)) 0px',
  ]);
  expect(layerPart('', 2)).toBe('');
});
