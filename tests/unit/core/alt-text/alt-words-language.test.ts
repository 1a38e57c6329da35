import { expect, test } from 'vitest';

import { isOtherLanguage } from '../../../../src/core/alt-text/alt-words-language';

test.each([
  ['Ein Hund und eine Katze auf dem Sofa', 'en'],
  ['A dog standing beside the river', 'de'],
  ['Un chat dans une boîte avec des fleurs', 'en'],
  ['Una casa con las ventanas rojas', 'de'],
  ['Кошка на диване', 'en'],
  ['猫がソファで寝ている', 'en'],
  ['The cat is on the sofa', 'ja'],
  ['The cat is on the sofa', 'ru'],
  ['Two women are sitting with a dog at the beach', 'pl'],
  ['Een hond naast het water met een bal', 'fr'],
])('“%s” is not %s', (text, language) => {
  expect(isOtherLanguage(text, language)).toBe(true);
});

test.each([
  ['A dog standing beside the river', 'en'],
  ['Ein Hund und eine Katze auf dem Sofa', 'de'],
  ['Ein Hund und eine Katze auf dem Sofa', null],
  ['Rio de la Plata', 'en'],
  ['Ludwig van Beethoven', 'en'],
  ['Nikon D90', 'ja'],
  ['Кошка на диване', 'ru'],
  ['Кошка на диване', 'sr'],
  ['Café', 'en'],
  ['The Beatles', 'de'],
  ['Ciao', 'en'],
  ['猫', 'ja'],
  ['2024', 'ru'],
  ['The Lord of the Rings: The Return of the King', 'de'],
  ['Pirates of the Caribbean', 'fr'],
  ['Het meisje met de parel', 'en'],
  ['Cien años de soledad', 'en'],
  ['Der Herr der Ringe', 'en'],
  ['Les Quatre Cents Coups', 'ja'],
  ['東京タワー', 'en'],
  ['君の名は', 'en'],
  ['Москва', 'en'],
  ['Большой театр', 'fr'],
  ['القاهرة', 'de'],
  ['경복궁', 'tr'],
])('“%s” may be %s', (text, language) => {
  expect(isOtherLanguage(text, language)).toBe(false);
});
