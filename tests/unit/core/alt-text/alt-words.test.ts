import { describe, expect, test } from 'vitest';

import {
  comparable,
  isAddress,
  isCameraName,
  isFileName,
  isGenericWord,
  isOpenedAsImage,
  isSymbolsOnly,
  isTooLong,
} from '../../../../src/core/alt-text/alt-words';

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
    expect(isFileName('beach-04_final', 'other.png')).toBe(false);
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

test('symbols only: not one letter or digit of any script', () => {
  expect(['😀', '***', '…', '→', '🐈‍⬛'].every(isSymbolsOnly)).toBe(true);
  expect(['X', '猫', '7', 'é', '★ 4'].some(isSymbolsOnly)).toBe(false);
});

test('150 characters are not too long, 151 are', () => {
  expect(isTooLong('a'.repeat(150))).toBe(false);
  expect(isTooLong('a'.repeat(151))).toBe(true);
});

test('texts compare by letters and digits', () => {
  expect(comparable(' The  Old—Mill! ')).toBe('the old mill');
  expect(comparable('ﬁne')).toBe('fine');
  expect(comparable('…')).toBe('');
});
