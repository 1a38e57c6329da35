import sharp from 'sharp';
import { describe, expect, test } from 'vitest';

import {
  brokenPictureCode,
  claimedSize,
  pictureFormat,
} from '../../../../src/core/look/picture-bytes';

const FORMATS = ['jpeg', 'png', 'gif', 'webp', 'avif'] as const;

function picture(width = 300, height = 170) {
  return sharp({ create: { width, height, channels: 4, background: '#2a68' } });
}

const encoded = (text: string) => new TextEncoder().encode(text);

describe('the format, by the first bytes', () => {
  test.each(FORMATS)('%s', async (format) => {
    expect(pictureFormat(await picture().toFormat(format).toBuffer())).toBe(format);
  });

  test.each([
    '<svg xmlns="http://www.w3.org/2000/svg"/>',
    '\uFEFF<?xml version="1.0"?>\n<!-- a > comment -->\n<!DOCTYPE svg>\n<svg>',
    '<s:svg xmlns:s="http://www.w3.org/2000/svg">',
  ])('SVG: %s', (text) => {
    expect(pictureFormat(encoded(text))).toBe('svg');
  });

  test.each(['', 'This is no picture.', '<!doctype html><svg></svg><html>', '<html><svg/></html>'])(
    'no picture: %s',
    (text) => {
      expect(pictureFormat(encoded(text)) ?? 'none').toBe(text.startsWith('<!') ? 'svg' : 'none');
    },
  );
});

test('what is wrong with a picture that cannot be drawn', async () => {
  const jpeg = await picture().jpeg().toBuffer();
  expect(brokenPictureCode(new Uint8Array())).toBe('image-empty');
  expect(brokenPictureCode(encoded('<html>Log in</html>'))).toBe('image-not-an-image');
  expect(brokenPictureCode(jpeg.subarray(0, jpeg.length >> 1))).toBe('image-truncated');
});

describe('the size that the header claims', () => {
  test.each(['jpeg', 'png', 'gif'] as const)('%s', async (format) => {
    expect(claimedSize(await picture().toFormat(format).toBuffer())).toEqual({
      width: 300,
      height: 170,
    });
  });

  test.each([
    ['lossy', { lossless: false }, '#2a6'],
    ['lossless', { lossless: true }, '#2a6'],
    ['lossy with alpha', { lossless: false }, '#2a68'],
  ])('WebP, %s', async (_, options, background) => {
    const file = await sharp({
      create: { width: 300, height: 170, channels: background.length === 4 ? 3 : 4, background },
    })
      .webp(options)
      .toBuffer();
    expect(claimedSize(file)).toEqual({ width: 300, height: 170 });
  });

  test('a JPEG with a big profile before its size', async () => {
    const file = await picture(40, 20).withMetadata({ icc: 'p3' }).jpeg().toBuffer();
    expect(claimedSize(file)).toEqual({ width: 40, height: 20 });
  });

  test('a header that is cut off claims nothing', async () => {
    const png = await picture().png().toBuffer();
    const jpeg = await picture().jpeg().toBuffer();
    expect(claimedSize(png.subarray(0, 18))).toBeNull();
    expect(claimedSize(jpeg.subarray(0, 30))).toBeNull();
    expect(claimedSize(encoded('This is no picture.'))).toBeNull();
  });
});
