import { expect, test } from 'vitest';

import { packWords, readWordTables } from '../../../scripts/taxonomy/words';
import { synsetOf } from '../../../src/core/saying/taxonomy';
import { labelledNodes, parseWords } from '../../../src/core/saying/words';
import { ENGLISH_NAMES, labelNames } from '../../../src/options/label-names';

const order = labelledNodes().map(synsetOf);
const languages = (await readWordTables()).map((table) => ({
  table,
  names: labelNames(parseWords(packWords(table, order), table.lang)),
}));

test.each([
  { lang: 'en', names: ENGLISH_NAMES },
  ...languages.map(({ table, names }) => ({ lang: table.lang, names })),
])('$lang: every label has a name and a synset of its own', ({ names: { labels } }) => {
  expect(labels.length).toBeGreaterThan(1200);
  expect(new Set(labels.map(({ name }) => name)).size).toBe(labels.length);
  expect(new Set(labels.map(({ synset }) => synset)).size).toBe(labels.length);
});

test('a label is found as people write it', () => {
  const { find } = ENGLISH_NAMES;
  expect(find(' Tabby Cat ')?.synset).toBe('n02123045');
  expect(find('dog')?.synset).toBe('n02084071');
  expect(find('unicorn')).toBeUndefined();
  expect(find('')).toBeUndefined();
});

test.each(languages)(
  '$table.lang: every label is found by its name, and by the English one',
  ({ table, names }) => {
    for (const { synset, label } of table.rows) {
      expect(names.find(label)?.synset).toBe(synset);
      expect(names.find(` ${label.toLocaleUpperCase(table.lang)} `)?.synset).toBe(synset);
      expect(names.nameOf(synset)).toBe(label);
    }
    expect(names.find('Tabby Cat')?.synset).toBe('n02123045');
    expect(names.find('unicorn')).toBeUndefined();
  },
);

test('a label is found without its accents', () => {
  const polish = languages.find(({ table }) => table.lang === 'pl')?.names;
  const elephant = polish?.find('słoń');
  expect(elephant).toBeDefined();
  expect(polish?.find('SLON')).toBe(elephant);
});

test('a synset has its name back; one that is not known stays itself', () => {
  expect(ENGLISH_NAMES.nameOf('n02123045')).toBe('tabby cat');
  expect(ENGLISH_NAMES.nameOf('n99999999')).toBe('n99999999');
});

test('every entry of the built-in list can be read', () => {
  const { keptBack } = ENGLISH_NAMES;
  expect(keptBack.length).toBeGreaterThan(20);
  for (const { synset, names } of keptBack) expect(names, synset).not.toEqual([]);
  expect(keptBack.find(({ synset }) => synset === 'n02470325')?.names).toContain('gorilla');
});
