import sharp from 'sharp';
import { describe, expect, test } from 'vitest';

import {
  brokenPictureCode,
  claimedSize,
  endsEarly,
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
    '<!DOCTYPE svg [<!ENTITY a "b">]><svg>',
    '<!-- a --> <!---->\n<?xml-stylesheet href="a.css"?><svg\n>',
    '<!DOCTYPE svg PUBLIC "-//W3C" "svg.dtd" [\n<!ENTITY a "b">\n] >\n<svg>',
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

test('an SVG behind a long licence', () => {
  expect(pictureFormat(encoded(`<!-- ${'a licence '.repeat(2000)} --><svg>`))).toBe('svg');
});

test('what is wrong with a picture that cannot be drawn', async () => {
  const jpeg = await picture().jpeg().toBuffer();
  expect(brokenPictureCode(new Uint8Array())).toBe('image-empty');
  expect(brokenPictureCode(encoded('<html>Log in</html>'))).toBe('image-not-an-image');
  expect(brokenPictureCode(jpeg.subarray(0, jpeg.length >> 1))).toBe('image-truncated');
});

describe('a file that ends early', () => {
  const noise = () =>
    sharp({
      create: {
        width: 90,
        height: 60,
        channels: 3,
        background: '#000',
        noise: { type: 'gaussian', mean: 128, sigma: 50 },
      },
    });
  const FILES: [name: string, file: () => Promise<Uint8Array>][] = [
    ['JPEG', () => noise().jpeg().toBuffer()],
    ['progressive JPEG', () => noise().jpeg({ progressive: true }).toBuffer()],
    ['JPEG with a profile', () => noise().jpeg().withIccProfile('p3').toBuffer()],
    ['PNG', () => noise().png().toBuffer()],
    ['interlaced PNG', () => noise().png({ progressive: true }).toBuffer()],
    ['GIF', () => noise().gif().toBuffer()],
  ];
  test.each(FILES)('%s', async (_, file) => {
    const whole = await file();
    expect(endsEarly(whole)).toBe(false);
    // What follows the end is nobody's.
    expect(endsEarly(new Uint8Array([...whole, 0, 0xff, 0xd8]))).toBe(false);
    for (const share of [0.1, 0.5, 0.9]) {
      expect(endsEarly(whole.subarray(0, Math.floor(whole.length * share)))).toBe(true);
    }
  });

  test('an animation whose first picture is whole', async () => {
    const frames = await sharp(
      Buffer.concat(await Promise.all([0, 1, 2].map(() => noise().raw().toBuffer()))),
      { raw: { width: 90, height: 180, channels: 3, pageHeight: 60 } },
    )
      .gif()
      .toBuffer();
    expect(endsEarly(frames.subarray(0, frames.length - 200))).toBe(false);
    expect(endsEarly(frames.subarray(0, 800))).toBe(true);
  });

  test('of formats that no browser decodes in part, none', async () => {
    const webp = await noise().webp().toBuffer();
    expect(endsEarly(webp.subarray(0, 500))).toBe(false);
    expect(endsEarly(encoded('<svg>'))).toBe(false);
    expect(endsEarly(new Uint8Array())).toBe(false);
  });
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

/** A box of an ISO base media file. */
function box(type: string, ...content: (number[] | Uint8Array)[]): Uint8Array {
  const bytes = content.flatMap((part) => [...part]);
  return new Uint8Array([...u32(bytes.length + 8), ...encoded(type), ...bytes]);
}
const u32 = (value: number): number[] => [value >>> 24, value >>> 16, value >>> 8, value];
const ispe = (width: number, height: number) => box('ispe', u32(0), u32(width), u32(height));
const ftyp = (major: string, ...brands: string[]) =>
  box('ftyp', encoded(major), u32(0), ...brands.map(encoded));
const meta = (...properties: Uint8Array[]) =>
  box('meta', u32(0), box('hdlr', u32(0)), box('iprp', box('ipco', ...properties)));
const file = (...boxes: Uint8Array[]) => new Uint8Array(boxes.flatMap((one) => [...one]));

describe('AVIF and HEIF', () => {
  test('as an encoder writes them, with and without transparency', async () => {
    for (const background of ['#2a6', '#2a68']) {
      const channels = background.length === 4 ? 3 : 4;
      const avif = await sharp({ create: { width: 300, height: 170, channels, background } })
        .avif()
        .toBuffer();
      expect(claimedSize(avif)).toEqual({ width: 300, height: 170 });
    }
  });

  test('by any of the brands', () => {
    expect(pictureFormat(ftyp('avif'))).toBe('avif');
    expect(pictureFormat(ftyp('mif1', 'miaf', 'avif'))).toBe('avif');
    expect(pictureFormat(ftyp('heic', 'mif1'))).toBe('heif');
    expect(pictureFormat(ftyp('isom', 'mp42'))).toBeNull();
    expect(brokenPictureCode(ftyp('heic'))).toBe('image-not-an-image');
    expect(brokenPictureCode(ftyp('avif'))).toBe('image-truncated');
  });

  test('the largest of several pictures, wherever it stands', () => {
    const size = { width: 30_000, height: 20_000 };
    const parts = meta(ispe(64, 64), ispe(30_000, 20_000), ispe(160, 90));
    expect(claimedSize(file(ftyp('avif'), parts))).toEqual(size);
    expect(claimedSize(file(ftyp('avif'), box('mdat', new Uint8Array(99)), parts))).toEqual(size);
    expect(claimedSize(file(ftyp('heic'), parts))).toEqual(size);
  });

  test('a sequence, by its track', () => {
    for (const [version, before] of [
      [0, 72],
      [1, 84],
    ] as const) {
      const head = [version, 0, 0, 0, ...new Uint8Array(before)];
      const track = box('tkhd', head, u32(640 * 65_536), u32(360 * 65_536));
      expect(claimedSize(file(ftyp('avis'), box('moov', box('trak', track))))).toEqual({
        width: 640,
        height: 360,
      });
    }
  });

  test('boxes of 64-bit size, of no size, and boxes that lie', () => {
    const parts = meta(ispe(300, 170));
    const long = new Uint8Array([...u32(1), ...encoded('free'), ...u32(0), ...u32(20), ...u32(7)]);
    expect(claimedSize(file(ftyp('avif'), long, parts))).toEqual({ width: 300, height: 170 });
    const beyond = new Uint8Array([...u32(0xffffffff), ...encoded('free')]);
    expect(claimedSize(file(ftyp('avif'), beyond, parts))).toBeNull();
    const rest = new Uint8Array([...u32(0), ...encoded('free')]);
    expect(claimedSize(file(ftyp('avif'), rest, parts))).toBeNull();
    const short = new Uint8Array([...u32(3), ...encoded('free')]);
    expect(claimedSize(file(ftyp('avif'), short, parts))).toEqual({ width: 300, height: 170 });
  });

  test('one that is cut off claims what it still tells, or nothing', () => {
    const whole = file(ftyp('avif'), meta(ispe(300, 170)));
    for (let length = 0; length < whole.length; length += 1) {
      expect(claimedSize(whole.subarray(0, length))).toBeNull();
    }
    expect(claimedSize(whole)).toEqual({ width: 300, height: 170 });
  });
});

describe('BMP and ICO', () => {
  const u16 = (value: number): number[] => [value & 255, value >> 8];
  const bmp = (...header: number[]) =>
    new Uint8Array([0x42, 0x4d, ...u32(0), ...u32(0), ...u32(0), ...header]);

  test('BMP: today\u2019s header, one from top to bottom, and the oldest', () => {
    const size = { width: 300, height: 170 };
    expect(claimedSize(bmp(40, 0, 0, 0, ...u16(300), 0, 0, ...u16(170), 0, 0))).toEqual(size);
    expect(claimedSize(bmp(40, 0, 0, 0, ...u16(300), 0, 0, 256 - 170, 255, 255, 255))).toEqual(
      size,
    );
    expect(claimedSize(bmp(12, 0, 0, 0, ...u16(300), ...u16(170)))).toEqual(size);
    expect(claimedSize(bmp(40, 0, 0, 0, ...u16(300)))).toBeNull();
  });

  test('ICO: the largest of its pictures', () => {
    const entry = (width: number, height: number) => [width, height, ...new Uint8Array(14)];
    const icon = (...sizes: [number, number][]) =>
      new Uint8Array([
        0,
        0,
        1,
        0,
        ...u16(sizes.length),
        ...sizes.flatMap((size) => entry(...size)),
      ]);
    expect(claimedSize(icon([16, 16], [48, 32], [32, 32]))).toEqual({ width: 48, height: 32 });
    expect(claimedSize(icon([16, 16], [0, 0]))).toEqual({ width: 256, height: 256 });
    expect(claimedSize(icon())).toBeNull();
    expect(claimedSize(icon([16, 16]).subarray(0, 6))).toBeNull();
  });
});

test('a JPEG with stray bytes and filled markers between its segments', () => {
  const size = [0x08, 0x00, 0xaa, 0x01, 0x2c];
  const jpeg = [
    0xff,
    0xd8,
    0xff,
    0xe0,
    0,
    4,
    1,
    2,
    7,
    0,
    9,
    0xff,
    0xff,
    0xff,
    0xc2,
    0,
    17,
    ...size,
  ];
  expect(claimedSize(new Uint8Array(jpeg))).toEqual({ width: 300, height: 170 });
});

describe('hostile bytes take time linear in their length', () => {
  const MEBIBYTE = 1024 * 1024;
  const fill = (head: Uint8Array, part: Uint8Array): Uint8Array => {
    const bytes = new Uint8Array(MEBIBYTE);
    bytes.set(head);
    for (let at = head.length; at + part.length <= MEBIBYTE; at += part.length) bytes.set(part, at);
    return bytes;
  };
  const text = (head: string, part: string) => fill(encoded(head), encoded(part));
  const HOSTILE: [string, Uint8Array][] = [
    ['comments', text('', '<!---->')],
    ['comments and blanks', text('', '<!-- --> \n\t ')],
    ['comments that never end', text('', '<!-- ')],
    ['instructions', text('', '<?xml ?> ')],
    ['doctypes', text('', '<!doctype svg [ ]>')],
    ['doctypes that never end', text('', '<!doctype [')],
    ['a doctype of blanks', text('<!doctype []', ' ')],
    ['a doctype in brackets', text('<!doctype [', '[ ')],
    ['colons', text('<', 'a:')],
    ['blanks', text('', ' ')],
    ['a long name', text('<', 'a')],
    ['boxes', fill(ftyp('avif'), box('free'))],
    ['boxes in boxes', fill(ftyp('avif'), new Uint8Array([...u32(8), ...encoded('ipco')]))],
    ['boxes of no size', fill(ftyp('avif'), ispe(9, 9).fill(0, 0, 4))],
    ['brands', fill(new Uint8Array([...u32(MEBIBYTE), ...encoded('ftyp')]), encoded('isom'))],
    [
      'JPEG segments without length',
      fill(new Uint8Array([0xff, 0xd8]), new Uint8Array([0xff, 0xe0, 0, 0])),
    ],
    ['JPEG filling', fill(new Uint8Array([0xff, 0xd8]), new Uint8Array([0xff]))],
    ['JPEG stray bytes', fill(new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 0, 2]), new Uint8Array([0]))],
    ['icons', fill(new Uint8Array([0, 0, 1, 0, 255, 255]), new Uint8Array([1]))],
  ];

  /** The shortest of three, ms. */
  function timeOf(bytes: Uint8Array): number {
    const times = [1, 2, 3].map(() => {
      const start = performance.now();
      brokenPictureCode(bytes);
      claimedSize(bytes);
      endsEarly(bytes);
      return performance.now() - start;
    });
    return Math.min(...times);
  }

  test.each(HOSTILE)('%s', (_, bytes) => {
    timeOf(bytes.subarray(0, MEBIBYTE / 16));
    const [short, long] = [timeOf(bytes.subarray(0, MEBIBYTE / 16)), timeOf(bytes)];
    // 16 times the bytes: 16 times the time, and 256 times were the steps quadratic (over a second of them).
    expect(long).toBeLessThan(Math.max(300, short * 64));
  });

  test('what once froze a tab: 300 bytes of comments', () => {
    expect(timeOf(text('', '<!---->').subarray(0, 300))).toBeLessThan(50);
    expect(timeOf(encoded('<!-- -->   '.repeat(30)))).toBeLessThan(50);
  });
});
