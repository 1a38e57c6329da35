import { expect, test } from 'vitest';

import { skipReason, type CandidateFacts } from '../../../../src/core/alt-text/candidate';

const photo: CandidateFacts = {
  width: 300,
  height: 200,
  natural: { width: 600, height: 400 },
  isVisible: true,
  isDecorative: false,
  background: null,
};
const cover = { size: 'cover', position: '50% 50%', repeat: 'repeat' };
const plain = { size: 'auto', position: '0% 0%', repeat: 'repeat' };

function reason(facts: Partial<CandidateFacts>, minimumSizePx = 64) {
  return skipReason({ ...photo, ...facts }, minimumSizePx);
}

test('a photo is labelled', () => {
  expect(reason({})).toBeNull();
  expect(reason({ natural: null })).toBeNull();
  expect(reason({ background: cover })).toBeNull();
  expect(reason({ background: plain, natural: { width: 320, height: 240 } })).toBeNull();
});

test('either side decides what is too small, and the person chooses the bound', () => {
  expect(reason({ width: 64, height: 64 })).toBeNull();
  expect(reason({ width: 63.9, height: 64 })).toBe('too-small');
  expect(reason({ width: 300, height: 63 })).toBe('too-small');
  expect(reason({ width: 300, height: 120 }, 128)).toBe('too-small');
  expect(reason({ width: 40, height: 40 }, 32)).toBeNull();
});

test('ribbons are left alone, panoramas are not', () => {
  expect(reason({ width: 728, height: 90 })).toBe('extreme-aspect-ratio');
  expect(reason({ width: 80, height: 600 })).toBe('extreme-aspect-ratio');
  expect(reason({ width: 600, height: 100 })).toBeNull();
  expect(reason({ width: 800, height: 200 })).toBeNull();
});

test('files of a few pixels are spacers, however large they are drawn', () => {
  expect(reason({ natural: { width: 1, height: 1 } })).toBe('spacer');
  expect(reason({ natural: { width: 3, height: 400 } })).toBe('spacer');
  expect(reason({ natural: { width: 4, height: 400 } })).toBeNull();
  // Not loaded yet, or a vector picture without a size: nothing is known.
  expect(reason({ natural: { width: 0, height: 0 } })).toBeNull();
});

test('a cell of a sheet of icons is a sprite', () => {
  expect(reason({ background: { ...plain, position: '-20px -140px' } })).toBe('sprite');
  expect(reason({ background: { ...plain, position: '0px -64.5px' } })).toBe('sprite');
  expect(reason({ background: plain, natural: { width: 600, height: 2000 } })).toBe('sprite');
  expect(reason({ background: { ...cover, position: '50% -20px' } })).toBeNull();
  expect(reason({ background: { ...plain, position: '100% 0%' }, natural: null })).toBeNull();
});

test('a small tile that fills a surface is a pattern', () => {
  const tile = { width: 40, height: 40 };
  expect(reason({ background: plain, natural: tile })).toBe('pattern');
  expect(reason({ background: { ...plain, repeat: 'no-repeat' }, natural: tile })).toBeNull();
  expect(reason({ background: cover, natural: tile })).toBeNull();
});

test("the author's word comes before what is seen, and that before numbers", () => {
  expect(reason({ isDecorative: true, width: 10 })).toBe('decorative');
  expect(reason({ isVisible: false, width: 10 })).toBe('invisible');
  expect(reason({ isDecorative: true, isVisible: false })).toBe('decorative');
});
