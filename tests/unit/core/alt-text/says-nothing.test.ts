/** A text gives way only where it can say nothing to anyone. */
import { readFileSync } from 'node:fs';

import { describe, expect, test } from 'vitest';

import { saysNothing } from '../../../../src/core/alt-text/says-nothing';

/** The words of WordNet's labels, and of the extension's own texts in all its languages. */
function words(): string[] {
  const labels = readFileSync('scripts/taxonomy/class-labels.tsv', 'utf8');
  const texts = ['ar', 'de', 'en', 'es', 'fr', 'hi', 'ja', 'ko', 'pl', 'tr', 'uk', 'zh_CN'].map(
    (language) =>
      Object.values(
        JSON.parse(readFileSync(`src/_locales/${language}/messages.json`, 'utf8')) as Record<
          string,
          { message: string }
        >,
      )
        .map(({ message }) => message)
        .join(' '),
  );
  const found = [labels, ...texts].join(' ').match(/\p{L}[\p{L}\p{M}]+/gu) ?? [];
  return [...new Set(found)].filter((word) => !/^(?:null|undefined|nan)$/iu.test(word));
}

describe('no text with a word in it', () => {
  const known = words();

  test('by itself, beside numbers, in a sentence, as a file, with signs around', () => {
    expect(known.length).toBeGreaterThan(5000);
    const replaced = known.flatMap((word, place) => {
      const other = known[(place * 7 + 3) % known.length] ?? '';
      return [
        word,
        word.toUpperCase(),
        `${word} 42`,
        `${word}-19`,
        `${word}_${place}`,
        `${word} ${other}`,
        `${word}, as shown in IMG_1234.jpg`,
        `IMG_1234 ${word}.jpg`,
        `${word}.jpg`,
        `${word}-${other}.webp`,
        `images/${word}.png`,
        `https://example.org/a/${encodeURI(word)} ${other}.png`,
        `[${word}]`,
        `★ ${word}`,
      ].filter(saysNothing);
    });
    expect(replaced).toEqual([]);
  });
});

test.each([
  ...[
    'R2-D2',
    'r2-d2.jpg',
    'Sam_1234.jpg',
    '🐶',
    '42',
    'P1000',
    'COVID-19',
    'HTML5',
    'F-16',
    '404',
    '🇩🇪',
    '★★★★☆',
  ],
  ...[
    'Link',
    'Avatar',
    'Choose brochure.pdf',
    'Rex, as shown in rex.jpg',
    'IMG_1234',
    'A',
    '?',
    '…',
  ],
  ...['image', 'photo.jpg', 'dog', 'brochure.pdf', '3/4', '24/7', 'AC/DC', 'and/or', 'x.y'],
  ...[
    'www.example.org',
    'deadbeef',
    '0800 123456',
    '2024-05-01',
    '10:30',
    '100 %',
    '1234567',
    'A4',
  ],
])('may say something: %s', (text) => {
  expect(saysNothing(text)).toBe(false);
});

test.each([
  ...[
    'IMG_1234.jpg',
    'DSC00417.JPG',
    'PXL_20230214_101112345.jpeg',
    '20230214_101112.jpg',
    '1.png',
  ],
  ...['/media/2020/05/x.png', 'https://example.org/a/b.png?w=3', 'images\\0001.gif'],
  ...['../uploads/IMG_0042.jpg', 'data:image/png;base64,AAAA', 'IMG_1234 (2).jpg'],
  ...['3f2504e0-4f89-11d3-9a0c-0305e82c3301', '3f2504e0-4f89-11d3-9a0c-0305e82c3301.webp'],
  ...['null', 'undefined', 'NaN', '[object Object]', '9e107d9d372bb6826bd81d3542a419d6'],
])('says nothing: %s', (text) => {
  expect(saysNothing(text)).toBe(true);
});
