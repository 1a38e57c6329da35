import { expect, test, vi } from 'vitest';

import { synsetOf } from '../../../src/core/saying/taxonomy';
import { labelledNodes } from '../../../src/core/saying/words';
import { createSpokenWords } from '../../../src/background/spoken-words';
import { packComparedWords, readSmallWords } from '../../../scripts/taxonomy/compared-words';
import { packWords, readWordTables } from '../../../scripts/taxonomy/words';

const order = labelledNodes().map(synsetOf);
const tables = await readWordTables();

/** The package's files, as the build makes them. */
async function packaged(path: string): Promise<ArrayBuffer> {
  const table = tables.find(({ lang }) => path.startsWith(`words/${lang}.`));
  if (table === undefined) throw new Error(path);
  const packed = path.endsWith('.compared.txt')
    ? packComparedWords(await readSmallWords(table.lang), table, order)
    : packWords(table, order);
  return new TextEncoder().encode(packed).buffer;
}

function spokenWords(interfaceLanguage: string) {
  const fetchFile = vi.fn(packaged);
  return {
    spoken: createSpokenWords({ fetchFile, interfaceLanguage: () => interfaceLanguage }),
    fetchFile,
  };
}

const TABBY = 281;

test.each([
  ['interface', 'en-US', 'de', 'en', 'de'],
  ['interface', 'de-AT', 'en', 'de', 'en'],
  ['interface', 'de', null, 'de', 'de'],
  ['page', 'en-US', 'pt', 'pt-BR', 'pt-BR'],
  ['page', 'fr', 'sv', 'fr', 'fr'],
  ['ja', 'en-US', 'de-CH', 'ja', 'de'],
  ['interface', 'sv', 'zh-TW', 'en', 'en'],
] as const)('%s, browser %s, page %s: %s, drafts %s', async (setting, own, page, said, drafted) => {
  const { words, draftWords } = await spokenWords(own).spoken.chosen(setting, page);
  expect([words.lang, draftWords.lang]).toEqual([said, drafted]);
});

test('English reads no file, another language its own once', async () => {
  const { spoken, fetchFile } = spokenWords('en');
  await spoken.of('en');
  expect(fetchFile).not.toHaveBeenCalled();
  await Promise.all([spoken.of('de'), spoken.of('de')]);
  await spoken.of('de');
  expect(fetchFile.mock.calls).toEqual([['words/de.txt']]);
});

test.each([
  ['gone', () => Promise.reject(new Error('gone'))],
  ['cut', async () => (await packaged('words/de.txt')).slice(0, 20_000)],
  ['of another language', () => packaged('words/fr.txt')],
  ['no words', () => Promise.resolve(new ArrayBuffer(8))],
])('a file that is %s leaves English, and is asked for again', async (_, fetchFile) => {
  const fetched = vi.fn(fetchFile);
  const spoken = createSpokenWords({ fetchFile: fetched, interfaceLanguage: () => 'de' });
  expect((await spoken.of('de')).labelOf(TABBY)?.name).toBe('tabby cat');
  expect(spoken.broken()).toEqual(['de']);
  await spoken.of('de');
  expect(fetched).toHaveBeenCalledTimes(2);
});

test('what texts are compared by is read once, when first wanted', async () => {
  const { spoken, fetchFile } = spokenWords('de');
  await spoken.compared('en');
  expect(fetchFile).not.toHaveBeenCalled();
  const [known] = await Promise.all([spoken.compared('de'), spoken.compared('de')]);
  expect(known?.termOf('katze')).toBe('n02120997');
  expect(fetchFile).toHaveBeenCalledTimes(2);
});

test('where its file is broken nothing is compared, and what is said stays', async () => {
  const fetchFile = (path: string): Promise<ArrayBuffer> =>
    path.endsWith('.compared.txt') ? Promise.resolve(new ArrayBuffer(8)) : packaged(path);
  const spoken = createSpokenWords({ fetchFile, interfaceLanguage: () => 'de' });
  expect(await spoken.compared('de')).toBeNull();
  expect((await spoken.of('de')).labelOf(TABBY)?.name).not.toBe('tabby cat');
});
