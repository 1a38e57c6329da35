import { describe, expect, test } from 'vitest';

import {
  comparable,
  isAddress,
  isFileName,
  isGenericWord,
  isOpenedAsImage,
  isSymbolsOnly,
  isTooLong,
} from '../../../../src/core/alt-text/alt-words';
import { isCameraName } from '../../../../src/core/alt-text/program-names';
import { isWrittenByMachine, learnWords } from '../../../../src/core/alt-text/vocabulary';
import { weakWords } from '../../../../src/core/alt-text/weak-words/all';

learnWords(Object.values(weakWords));

describe('file names: the whole value only', () => {
  test.each(['holiday.jpg', 'My holiday 2019.JPEG', 'a.b.webp', 'logo.svg', 'bild_größe.png'])(
    '%s is one',
    (text) => {
      expect(isFileName(text, null)).toBe(true);
    },
  );
  test.each(['dog', 'Open holiday.jpg in the viewer', 'Node.js', 'Version 2.0', 'e.g. a dog'])(
    '%s is none',
    (text) => {
      expect(isFileName(text, null)).toBe(false);
    },
  );
  test("the picture's own name counts where nobody would write it", () => {
    expect(isFileName('beach-04_final', 'beach-04_final.png')).toBe(true);
    expect(isFileName('dog', 'dog.jpg')).toBe(false);
    expect(isFileName('t-shirt', 't-shirt.jpg')).toBe(false);
    expect(isFileName('beach-04-final', 'beach-04-final.png')).toBe(true);
    expect(isFileName('beach-04-final', 'other.png')).toBe(false);
  });
});

describe('addresses', () => {
  test.each([
    'https://example.org/a.png',
    'http://example.org',
    'www.example.org/pic',
    '//cdn.example.org/x.jpg',
    '/media/2020/05/x.png',
    'images/x.gif',
    'C:\\x\\y.png'.slice(2),
    'data:image/png;base64,AAAA',
    'blob:https://example.org/1-2',
  ])('%s is one', (text) => {
    expect(isAddress(text)).toBe(true);
  });
  test.each(['Visit https://example.org now', 'and/or', 'AC/DC', 'Data: sales by month', '1/2'])(
    '%s is none',
    (text) => {
      expect(isAddress(text)).toBe(false);
    },
  );
});

describe('camera names', () => {
  test.each([
    'IMG_1234',
    'IMG-20200101-WA0001',
    'DSC00417',
    '_DSC0417',
    'DSCN1234',
    'PXL_20230214_101112345',
    'GOPR0123',
    'Screenshot 2024-05-01 at 10.11.12',
    'WhatsApp Image 2021-01-01 at 10.00.00',
    '20190704_183000',
    'IMG_1234 (2)',
    '0f8fad5b-d9cb-469f-a165-70867728950e',
  ])('%s is one', (text) => {
    expect(isCameraName(text)).toBe(true);
  });
  test.each([
    'Photo 51 by Rosalind Franklin',
    'Image',
    'P-51 Mustang',
    'Screenshot of the settings',
    'Apollo 11',
    'Boeing 747',
    '1984',
  ])('%s is none', (text) => {
    expect(isCameraName(text)).toBe(false);
  });
});

describe('generic words', () => {
  test.each([
    ...['image', 'Photo', 'PICTURE', 'image 3', 'Image #4', 'photo_12', 'Untitled', 'null'],
    ...['undefined', '[placeholder]', '(no image)', '0001', 'alt text', 'logo', 'Bild', '写真'],
  ])('%s is one', (text) => {
    expect(isGenericWord(text)).toBe(true);
  });
  test.each([
    'Picture frame',
    'Photo booth',
    'Company logo',
    'Iconic bridge',
    'Chart 3: sales',
    'A',
  ])('%s is none', (text) => {
    expect(isGenericWord(text)).toBe(false);
  });
});

describe('openings', () => {
  test.each([
    ...['Image of a dog', 'a photo of us', 'Picture showing a hill', 'Foto von Anna'],
    ...['Bild einer Katze', 'image d’un chat', 'Foto de un perro', 'This is an image of a dog'],
  ])('%s opens as an image', (text) => {
    expect(isOpenedAsImage(text)).toBe(true);
  });
  test.each([
    ...['Imaging of the brain', 'Painting of a dog', 'Screenshot of the menu', 'The image office'],
    ...['Photographers of the year', 'Foto vonnöten'],
  ])('%s does not', (text) => {
    expect(isOpenedAsImage(text)).toBe(false);
  });
});

test('symbols only: nothing but punctuation, arrows, bullets and lines', () => {
  expect(
    ['***', '…', '→', '»', '—', '|', '•', '■', '()'].filter((one) => !isSymbolsOnly(one)),
  ).toEqual([]);
  const saying = [
    'X',
    '猫',
    '7',
    'é',
    '★ 4',
    '😀',
    '🐈\u200d⬛',
    '🇫🇷',
    '★★★★☆',
    '♥',
    '€',
    '∞',
    '٤',
  ];
  expect(saying.filter(isSymbolsOnly)).toEqual([]);
});

test('250 characters are not too long, 251 are', () => {
  expect(isTooLong('a'.repeat(250))).toBe(false);
  expect(isTooLong('a'.repeat(251))).toBe(true);
});

test.each([
  ...[
    'ＩＭＡＧＥ',
    'Фото\u00a03',
    'sin ti\u0301tulo',
    'sin titulo',
    'RESİM',
    'ＰＨＯＴＯ１２',
    'صورة ١٢',
  ],
  ...['फ़ोटो १२', 'फ़ोटो', 'ZDJĘCIE', 'zdjecie', 'im\u00adage', 'İMAGE', '画像１'],
])('%s is generic however it is typed', (text) => {
  expect(isGenericWord(text)).toBe(true);
});

test.each(['٢٠٢٤', '42', '404', '1984', '007', '24/7', '10,000', '#1'])(
  'the number %s may be what is shown',
  (text) => {
    expect(isGenericWord(text)).toBe(false);
    expect(isCameraName(text)).toBe(false);
    expect(isFileName(text, `${text}.jpg`)).toBe(false);
  },
);

test('names with one hyphen or a number are names, also of their own file', () => {
  for (const name of ['R2-D2', 'F-16', 'COVID-19', 'HTML5', 'P1000', 'Stow-on-the-Wold']) {
    expect(isFileName(name, `${name.toLowerCase()}.jpg`), name).toBe(false);
    expect(isCameraName(name), name).toBe(false);
  }
});

test('a text that speaks of a file is no file name', () => {
  expect(isFileName('Choose brochure.pdf', null)).toBe(false);
  expect(isFileName('Rex on the sofa, as shown in rex.jpg', null)).toBe(false);
  expect(isFileName('brochure.pdf', null)).toBe(true);
});

test.each([
  '{{ image.alt }}',
  '%s',
  '[object Object]',
  '${alt}',
  '1920x1080',
  '３００×２５０ px',
  '&nbsp;',
])('%s is no text', (text) => {
  expect(isGenericWord(text)).toBe(true);
});

test('what machines write is told by their own words', () => {
  expect(isWrittenByMachine('Image may contain: 1 person, smiling')).toBe(true);
  expect(isWrittenByMachine('Ein Hund. Automatisch generierte Beschreibung')).toBe(true);
  expect(isWrittenByMachine('A machine that may contain images')).toBe(false);
});

test('texts compare by letters and digits', () => {
  expect(comparable(' The  Old—Mill! ')).toBe('the old mill');
  expect(comparable('ﬁne')).toBe('fine');
  expect(comparable('…')).toBe('');
});
