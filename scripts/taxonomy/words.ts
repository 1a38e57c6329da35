/** The tables of words, one a language: read, checked, and packed as the extension reads them. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { LANGUAGES, languageOf, type Language } from '../../src/core/saying/languages';

/** One row of a table: a node that can be said. */
export interface WordRow {
  synset: string;
  /** As in the middle of a sentence, without an article. */
  label: string;
  /** What stands before it there: article, or number and counter. */
  article: string;
  /** Other words for the same thing. */
  also: string[];
  /** Why the label differs from what open wordnets have. */
  note: string;
}

export interface WordTable {
  lang: Language;
  /** `{phrase}` stands for article and label. */
  hint: string;
  guess: string;
  /** `{first}` and `{second}` are two phrases. */
  two: string;
  isCapital: boolean;
  rows: WordRow[];
}

export const WORDS_FOLDER = join(import.meta.dirname, 'words');

const CELLS = 5;
const MAX_LABEL = 48;
/** What would end a cell, a list or a markup. */
const FORBIDDEN = /[|_<>{}"[\]()]/;
/** Languages that put nothing between words. */
const SPACELESS: readonly Language[] = ['ja', 'zh-CN'];

/**
 * Reads a table.
 * @param file for messages
 * @throws Error naming the line where the table is not in its form
 */
export function parseWordTable(text: string, lang: Language, file: string): WordTable {
  const head = new Map<string, string>();
  const rows: WordRow[] = [];
  text
    .replace(/\n$/, '')
    .split('\n')
    .forEach((line, index) => {
      const fail = (what: string): Error => new Error(`${file}:${index + 1}: ${what}: ${line}`);
      if (line.normalize('NFC') !== line) throw fail('not in normal form C');
      if (line.startsWith('# ')) {
        const [name = '', value = ''] = line.slice(2).split('\t');
        head.set(name, value);
        return;
      }
      const cells = line.split('\t');
      if (cells.length !== CELLS) throw fail(`${cells.length} cells, not ${CELLS}`);
      if (cells.some((cell) => cell !== cell.trim())) throw fail('a blank at an edge');
      const [synset = '', label = '', article = '', also = '', note = ''] = cells;
      if (!/^n\d{8}$/.test(synset)) throw fail('no synset');
      if (label === '' || label.length > MAX_LABEL) throw fail(`not 1 to ${MAX_LABEL} characters`);
      if (FORBIDDEN.test(label + article + also)) throw fail('a character that is not allowed');
      rows.push({ synset, label, article, note, also: also === '' ? [] : also.split('; ') });
    });
  const sentence = (name: string, ...places: string[]): string => {
    const pattern = head.get(name) ?? '';
    const missing = places.find((place) => pattern.split(place).length !== 2);
    if (missing === undefined) return pattern;
    throw new Error(`${file}: ${name} has no ${missing}.`);
  };
  return {
    ...{ lang, rows, hint: sentence('hint', '{phrase}'), guess: sentence('guess', '{phrase}') },
    two: sentence('two', '{first}', '{second}'),
    isCapital: head.get('draft') === 'capital',
  };
}

/** All tables, by language. @throws Error where a language of the interface has none */
export async function readWordTables(folder = WORDS_FOLDER): Promise<WordTable[]> {
  const tables: WordTable[] = [];
  for (const name of (await readdir(folder)).filter((each) => each.endsWith('.tsv')).sort()) {
    const lang = languageOf(name.replace('.tsv', ''));
    if (lang === null) throw new Error(`${name} is of no language of ours.`);
    tables.push(parseWordTable(await readFile(join(folder, name), 'utf8'), lang, name));
  }
  const missing = LANGUAGES.filter(
    (lang) => lang !== 'en' && tables.every((table) => table.lang !== lang),
  );
  if (missing.length > 0) throw new Error(`No words of ${missing.join(', ')}.`);
  return tables;
}

/**
 * A table as the extension reads it; see `parseWords`.
 * @param order synsets of the nodes in the order of the lines
 * @throws Error where a node has no row, or a row no node
 */
export function packWords(table: WordTable, order: readonly string[]): string {
  const rows = new Map(table.rows.map((row) => [row.synset, row]));
  if (rows.size !== table.rows.length || rows.size !== order.length) {
    throw new Error(
      `${table.lang}: ${rows.size} nodes in ${table.rows.length} rows, not ${order.length}.`,
    );
  }
  const { lang, hint, guess, two, isCapital } = table;
  const space = SPACELESS.includes(lang) ? '' : ' ';
  const lines = order.map((synset) => {
    const row = rows.get(synset);
    if (row === undefined) throw new Error(`${lang}: ${synset} has no word.`);
    return [row.label, row.article].join('\t').trimEnd();
  });
  return `${[JSON.stringify({ lang, hint, guess, two, isCapital, space }), ...lines].join('\n')}\n`;
}

/** Without capitals and accents; the marks of Devanagari are letters. */
export function bare(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/(?![\u0900-\u097f])\p{M}/gu, '')
    .toLowerCase();
}

/** Labels that several nodes of a table have, accents and capitals aside: a listener could not tell them apart. */
export function doublets({ rows }: WordTable): string[] {
  const seen = new Map<string, number>();
  for (const { label } of rows) {
    const bare = label
      .normalize('NFKD')
      .replace(/(?![\u0900-\u097f])\p{M}/gu, '')
      .toLowerCase();
    seen.set(bare, (seen.get(bare) ?? 0) + 1);
  }
  return [...seen].flatMap(([label, count]) => (count > 1 ? [label] : []));
}
