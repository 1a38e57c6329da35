import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { agreement, parseLemmas } from '../../../../scripts/taxonomy/agreement';
import {
  doublets,
  packWords,
  parseWordTable,
  readWordTables,
} from '../../../../scripts/taxonomy/words';
import { LANGUAGES } from '../../../../src/core/saying/languages';
import { nodeOf, synsetOf } from '../../../../src/core/saying/taxonomy';
import { labelledNodes, parseWords } from '../../../../src/core/saying/words';

const order = labelledNodes().map(synsetOf);
const tables = await readWordTables();

test('every language of the interface but English has a table', () => {
  expect(tables.map(({ lang }) => lang).sort()).toEqual(
    LANGUAGES.filter((lang) => lang !== 'en').sort(),
  );
});

/** Classes and kinds that are easily taken for something else, and some of each shape. */
const SHOWN = [
  ...['n02510455', 'n02084071', 'n02123045', 'n02012849', 'n03126707', 'n01847000', 'n03595614'],
  ...['n02108089', 'n01608432', 'n01537544', 'n03804744', 'n02883205', 'n02110958', 'n01614925'],
  ...['n07747607', 'n07753592', 'n07697537', 'n07831146', 'n12144580', 'n13054560', 'n02807133'],
  ...['n02701002', 'n02814533', 'n04285008', 'n03642806', 'n03793489', 'n04356056', 'n04254680'],
  ...['n09472597', 'n09193705', 'n09421951', 'n10565667', 'n10148035', 'n03000247', 'n04589890'],
  ...['n00015388', 'n01503061', 'n03405725', 'n04524313', 'n13134947'],
];

describe.each(tables)('$lang', (table) => {
  const words = parseWords(packWords(table, order), table.lang);

  test('has each node once, under a word of its own', () => {
    expect(table.rows).toHaveLength(order.length);
    expect(doublets(table)).toEqual([]);
  });

  test('reads as packed', () => {
    for (const { synset, label } of table.rows) {
      const node = nodeOf(synset) ?? -1;
      expect(words.labelOf(node)?.name).toBe(label);
      // What is read aloud is a sentence, with nothing left open in it.
      const said = words.hintText(words.labelOf(node) ?? { article: '', name: '', isKind: false });
      expect(said).toContain(label);
      expect(said).not.toMatch(/[{}]|undefined| {2}/);
    }
  });

  test('reads well', async () => {
    const lines = SHOWN.map((synset) => {
      const label = words.labelOf(nodeOf(synset) ?? -1);
      if (label === undefined) throw new Error(`${synset} is never said.`);
      return [words.hintText(label), words.guessText(label), words.draftText(label)].join(' | ');
    });
    await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot(
      join(import.meta.dirname, 'sentences', `${table.lang}.txt`),
    );
  });
});

const HEAD =
  '# hint\tVielleicht {phrase}\n# guess\tWohl {phrase}\n# two\t{first} und {second}\n# draft\tcapital\n';

test.each([
  ['n02084071\tHund\tein\t', '4 cells, not 5'],
  ['n02084071\t Hund\tein\t\t', 'a blank at an edge'],
  ['n02084071\tHund (Tier)\tein\t\t', 'a character that is not allowed'],
  ['dog\tHund\tein\t\t', 'no synset'],
  ['n02084071\tBa\u0308r\tein\t\t', 'normal form C'],
])('%j is refused', (row, reason) => {
  expect(() => parseWordTable(`${HEAD}${row}\n`, 'de', 'de.tsv')).toThrow(reason);
});

test('a sentence without its phrase is refused', () => {
  expect(() => parseWordTable('# hint\tVielleicht\n', 'de', 'de.tsv')).toThrow('no {phrase}');
});

test('a table that lacks a node, or has one too many, is not packed', () => {
  const table = parseWordTable(`${HEAD}n02084071\tHund\tein\t\t\n`, 'de', 'de.tsv');
  expect(() => packWords(table, ['n02084071', 'n01503061'])).toThrow('1 nodes in 1 rows, not 2');
  expect(() => packWords(table, ['n01503061'])).toThrow('n01503061 has no word');
});

test('agreement counts words that are a lemma, or hold one', () => {
  const rows = ['n1111111', 'n2', 'n3'].map((synset, at) => ({
    ...{ synset, label: ['Großer Panda', 'Hai', 'Kran'][at] ?? '', article: '', note: '' },
    also: at === 1 ? ['Haifisch'] : [],
  }));
  const table = { lang: 'de' as const, hint: '', guess: '', two: '', isCapital: true, rows };
  const lemmas = parseLemmas(
    '# head\nn1111111\tde\tsource\tpanda\nn2\tde\tsource\tHaifisch\nn3\tde\tsource\tKranich_Vogel\n',
  );
  expect(agreement(table, lemmas)).toEqual({
    ...{ known: 3, agreeing: 3, others: [] },
  });
  expect(agreement({ ...table, lang: 'fr' }, lemmas).known).toBe(0);
});

test('notes and other words are in the tables, not in the package', () => {
  const source = readFileSync('scripts/taxonomy/words/de.tsv', 'utf8');
  const german = tables.find(({ lang }) => lang === 'de');
  if (german === undefined) throw new Error('There are no German words.');
  const packed = packWords(german, order);
  const { note = '' } = german.rows.find((row) => row.note !== '') ?? {};
  expect(note).not.toBe('');
  expect(source).toContain(note);
  expect(packed).not.toContain(note);
  // Of each line, no more than label and article.
  const lines = packed.trimEnd().split('\n').slice(1);
  expect(lines.every((line) => line.split('\t').length <= 2)).toBe(true);
  expect(german.rows.some(({ also }) => also.length > 0)).toBe(true);
});
