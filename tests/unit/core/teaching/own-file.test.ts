import { expect, test } from 'vitest';

import { fromBase64, toBase64 } from '../../../../src/core/teaching/base64';
import { ownFileText, readOwnFile } from '../../../../src/core/teaching/own-file';
import { nameKey, tidyName } from '../../../../src/core/teaching/own-label';
import { suggested } from '../../../../src/core/teaching/suggestions';
import { exampleOf, lookAt, ownLabel } from '../../support/taught';

const label = ownLabel(1, 'our blue mug');
const example = exampleOf(label, lookAt({ kind: 504 }));
const thumbnail = 'data:image/webp;base64,AAAA';
const text = ownFileText(
  { labels: [label], examples: [example] },
  new Map([[example.id, thumbnail]]),
);

test('a file holds all that was taught', () => {
  const { picture, sight, addedAt, page } = example;
  expect(readOwnFile(text)).toEqual([
    {
      name: 'our blue mug',
      synset: null,
      isOn: true,
      examples: [{ picture, sight, addedAt, page, thumbnail }],
    },
  ]);
});

test.each([0, 1, 20, Math.floor(text.length / 2), text.length - 3])(
  'a file that is cut after %i characters is not readable',
  (length) => {
    expect(() => readOwnFile(text.slice(0, length))).toThrow(
      expect.objectContaining({ code: 'file-not-readable' }),
    );
  },
);

test.each<[string, (file: string) => string]>([
  ['settings', () => '{"altLens":"settings","version":2}'],
  ['a list', () => '[]'],
  ['null', () => 'null'],
  ['another version', (file) => file.replace('"version":1', '"version":99')],
  ['a name of nothing', (file) => file.replace('our blue mug', '')],
  ['a name with line breaks', (file) => file.replace('our blue mug', 'our\\nmug')],
  ['a synset that is none', (file) => file.replace('"synset":null', '"synset":"dog"')],
  ['another model', (file) => file.replace('"accurate"', '"other"')],
  ['features of the other model', (file) => file.replace('"accurate"', '"fast"')],
  ['features that are no base64', (file) => file.replace('"features":"', '"features":"!')],
  ['classes out of order', (file) => file.replace('"classes":[', '"classes":[999,')],
  ['a class that is none', (file) => file.replace('"classes":[', '"classes":[1000,')],
  ['a scale of text', (file) => file.replace('"scale":', '"scale":"x","was":')],
  ['a picture from the network', (file) => file.replace('data:image/webp', 'https://a.example/')],
  ['a drawing with scripts', (file) => file.replace('data:image/webp', 'data:image/svg+xml')],
])('a file with %s is refused', (_, damaged) => {
  expect(damaged(text)).not.toBe(text);
  expect(() => readOwnFile(damaged(text))).toThrow(
    expect.objectContaining({ code: 'file-not-own-labels' }),
  );
});

test.each([0, 1, 2, 3, 4, 255])('%i bytes come back from base64', (length) => {
  const bytes = Uint8Array.from({ length }, (_, place) => (place * 37) % 256);
  expect(toBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'));
  expect(fromBase64(toBase64(bytes))).toEqual(bytes);
});

test('names are one line of a bounded length, and one whatever their case', () => {
  expect(tidyName('  our\n\tblue \u202e mug ')).toBe('our blue mug');
  expect(tidyName('\u200b ')).toBe('');
  expect(tidyName('x'.repeat(1000))).toHaveLength(80);
  expect(nameKey('MIRA')).toBe(nameKey('Mira'));
});

test('names are suggested by their beginnings, then by those of their words', () => {
  const names = ['blue mug', 'Mira', 'mud', 'Mira’s mug'];
  expect(suggested('mu', names)).toEqual(['mud', 'blue mug', 'Mira’s mug']);
  expect(suggested(' ', names)).toEqual([]);
});
