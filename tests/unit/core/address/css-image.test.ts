import { describe, expect, test } from 'vitest';

import {
  cssContent,
  cssImages,
  type CssChoice,
  type CssImage,
} from '../../../../src/core/address/css-image';

const A = 'https://a.example/';
const choiceAt = (pixelRatio: number): CssChoice => ({
  pixelRatio,
  isTypeSupported: (type) => ['image/png', 'image/avif'].includes(type),
});
const addresses = (images: readonly CssImage[]) =>
  images.map((image) => image.map(({ address }) => address.replace(A, '')));
const listed = (value: string, pixelRatio = 1) => addresses(cssImages(value, choiceAt(pixelRatio)));

describe('a list of images', () => {
  test.each([
    ['none', []],
    ['url("https://a.example/x.png")', [['x.png']]],
    [
      'linear-gradient(rgb(0, 0, 0), red), url("https://a.example/1.png"), url(https://a.example/2.png)',
      [[], ['1.png'], ['2.png']],
    ],
    ['url("https://a.example/a(b)\\"c.png")', [['a(b)"c.png']]],
    ['url( https://a.example/a\\(b\\)\\ c.png )', [['a(b) c.png']]],
    [
      "url('data:image/svg+xml,<svg fill=\\27 red\\27 />')",
      [["data:image/svg+xml,<svg fill='red'/>"]],
    ],
    ['url("a\\110000 b\\0 c\\d800 d")', [['a\ufffdb\ufffdc\ufffdd']]],
    ['url("")', [[]]],
    ['url("#in-this-page")', [[]]],
    ['url("https://a.example/x', [['x']]],
    ['url("\\', [['\\']]],
    ['url(', [[]]],
    [',,', [[], [], []]],
    ['paint(url("https://a.example/never.png")), url("x")', [[], ['x']]],
    ['element(#a), -webkit-paint("x) , url(y"), url(z)', [[], [], ['z']]],
    ['url("x" crossorigin(anonymous) integrity("a)b")), url(y)', [['x'], ['y']]],
  ])('%s', (value, expected) => {
    expect(listed(value)).toEqual(expected);
  });
});

describe('the candidate of a set that the browser shows', () => {
  const set = 'image-set(url("1") 1dppx, url("2") 2dppx, url("3") 3dppx)';
  test.each([
    [set, 1, '1'],
    [set, 1.25, '2'],
    [set, 2, '2'],
    [set, 0.5, '1'],
    [set, 4, '3'],
    ['-webkit-image-set(url("1") 1x, url("2") 2x)', 2, '2'],
    ["image-set('1' 96dpi, '2' 192dpi)", 2, '2'],
    ["image-set('1' 37.795dpcm, '2' 75.59dpcm)", 1.9, '2'],
    ["image-set('2' 2x, '1', 'also-1' 1x)", 1, '1'],
    ['image-set(url("j") type("image/jxl"), url("p") type("image/png"))', 1, 'p'],
    ['image-set(url("j") 1dppx type("IMAGE/PNG"), url("p") 1dppx)', 1, 'j'],
    ['image-set(url("a") type("image/avif") 2dppx, url("p") 2dppx type("image/jxl"))', 1, 'a'],
  ])('%s at %d', (value, pixelRatio, expected) => {
    expect(listed(value, pixelRatio)[0]?.[0]).toBe(expected);
  });

  test('none where it is a gradient, or of no type that is shown', () => {
    expect(listed('image-set(linear-gradient(red, blue) 1dppx, url("2") 2dppx)')).toEqual([[]]);
    expect(listed('image-set(linear-gradient(red, blue) 1dppx, url("2") 2dppx)', 2)).toEqual([
      ['2'],
    ]);
    expect(listed('image-set(url("j") type("image/jxl"))')).toEqual([[]]);
  });

  test('the others come after it, in case that the browser chose otherwise', () => {
    expect(listed(set, 2)).toEqual([['2', '1', '3']]);
  });

  test('its density', () => {
    const [image] = cssImages(set, choiceAt(2));
    expect(image?.map(({ density }) => density)).toEqual([2, 1, 3]);
  });

  test('a set among others, and what follows it', () => {
    expect(listed(`url("a"), ${set}, url("b")`)).toEqual([['a'], ['1', '2', '3'], ['b']]);
  });
});

test.each([
  ['-webkit-cross-fade(url("a"), url("b"), 0.3)', ['a', 'b']],
  ['-webkit-cross-fade(url("a"), url("b"), 0.7)', ['b', 'a']],
  ['cross-fade(url("a") 30%, url("b"))', ['b', 'a']],
  ['cross-fade(url("a"), red 90%)', ['a']],
  ['cross-fade(image-set(url("a") 1dppx, url("c") 2dppx), url("b") 20%)', ['a', 'c', 'b']],
])('of a cross-fade, what is seen more is the first: %s', (value, expected) => {
  expect(listed(value)).toEqual([expected]);
});

describe('content', () => {
  const read = (value: string) => {
    const { images, ...rest } = cssContent(value, choiceAt(1));
    return { shown: addresses(images).flat(), ...rest };
  };
  test.each([
    ['normal', [], false, false],
    ['none', [], false, false],
    ['"words"', [], false, true],
    ['url("a")', ['a'], true, true],
    ['url("a") / "a bus, url(b)"', ['a'], true, true],
    ['image-set(url("1") 1dppx, url("2") 2dppx)', ['1', '2'], true, true],
    ['linear-gradient(red, blue)', [], true, true],
    ['url("a") url("b")', ['a', 'b'], true, false],
    ['"words" url("b")', ['b'], false, false],
    ['counter(x) url("b") / "c"', ['b'], false, false],
  ])('%s', (value, shown, isImageFirst, isSingle) => {
    expect(read(value)).toEqual({ shown, isImageFirst, isSingle });
  });
});

/** A text that counts how much of it is read. */
function counted(text: string): { text: string; steps: () => number } {
  let steps = 0;
  const boxed = new Proxy(Object(text) as object, {
    get: (_, key) => {
      if (key === 'length') return text.length;
      if (key === 'indexOf') {
        return (part: string, from: number) => {
          const found = text.indexOf(part, from);
          steps += (found === -1 ? text.length : found) - from + 1;
          return found;
        };
      }
      if (key === 'slice') {
        return (from: number, to: number) => {
          steps += to - from;
          return text.slice(from, to);
        };
      }
      steps += 1;
      return text[Number(key)];
    },
  });
  return { text: boxed as unknown as string, steps: () => steps };
}

describe('work grows with the length of a value, no faster', () => {
  test.each([
    'url(',
    'url("',
    'url(\\',
    'url("\\"',
    'url("a"),',
    "url('",
    '"',
    "\\'",
    '\\',
    '(',
    'f(',
    'type(',
    'image-set(',
    'image-set("a" 1x type("',
    'cross-fade(',
    'cross-fade(url(a) 1%,',
    'url(a) ',
    ' ',
    'a',
    ')',
    ',',
    '/',
    'url()',
    'url("")x',
  ])('%s', (part) => {
    const stepsOf = (times: number) =>
      [cssImages, cssContent].map((read) => {
        const value = counted(part.repeat(times) + 'url(');
        read(value.text, choiceAt(1));
        return value.steps();
      });
    const [short, long] = [stepsOf(2000), stepsOf(4000)];
    expect(long[0]).toBeGreaterThan(4000);
    for (const [index, steps] of long.entries()) {
      expect(steps).toBeLessThan(2.05 * (short[index] ?? 0) + 10);
    }
  });

  test('a value of 4 MB', () => {
    const picture = `data:image/png;base64,${'A'.repeat(4_000_000)}`;
    expect(listed(`url("icon"), url("${picture}")`)).toEqual([['icon'], [picture]]);
  });
});
