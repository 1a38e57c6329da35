/** What alt texts of each language are compared by: small words in a table of their own, other words of the labels. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import {
  SMALL_WORDS,
  type ComparedHead,
  type SmallWords,
} from '../../src/core/alt-text/compared-words';
import type { Language } from '../../src/core/saying/languages';
import type { WordTable } from './words';

const COMPARED_FOLDER = join(import.meta.dirname, 'compared');

/** Lists of phrases: the others are of words with a blank between. */
const PHRASES: readonly string[] = ['openings'] satisfies (keyof SmallWords)[];

/**
 * Reads the small words of a language: lines of a list's name and its words, parted by a tab.
 * @throws Error naming a line that is of no list
 */
export function parseSmallWords(text: string, lang: Language): ComparedHead {
  const lists = new Map<string, string[]>();
  for (const line of text.trimEnd().split('\n')) {
    const [name = '', words = ''] = line.split('\t');
    const isKnown = [...SMALL_WORDS, 'plural', 'follow'].includes(name) && !lists.has(name);
    if (!isKnown || words === '' || words.normalize('NFC') !== words) {
      throw new Error(`compared/${lang}: ${line}`);
    }
    lists.set(name, words.split(PHRASES.includes(name) ? '; ' : ' '));
  }
  const list = (name: keyof SmallWords): string[] => lists.get(name) ?? [];
  return {
    lang,
    ...{ openings: list('openings'), before: list('before'), after: list('after') },
    ...{ scenes: list('scenes'), silent: list('silent'), senses: list('senses') },
    follow: lists.has('follow'),
    plural: lists.get('plural')?.[0] ?? '',
  };
}

export async function readSmallWords(lang: Language): Promise<ComparedHead> {
  const file = join(COMPARED_FOLDER, `${lang.replace('-', '_')}.tsv`);
  return parseSmallWords(await readFile(file, 'utf8'), lang);
}

/**
 * What the extension reads; see `parseComparedWords`.
 * @param order synsets of the nodes in the order of the lines
 */
export function packComparedWords(
  head: ComparedHead,
  { rows }: WordTable,
  order: readonly string[],
): string {
  const others = new Map(rows.map(({ synset, also }) => [synset, also.join('; ')]));
  const lines = order.map((synset) => others.get(synset) ?? '');
  return `${[JSON.stringify(head), ...lines].join('\n')}\n`;
}
