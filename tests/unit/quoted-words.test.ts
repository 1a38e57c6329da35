/** Where the interface quotes what is said of a picture, each language quotes what is said in that language. */
import { readFileSync } from 'node:fs';

import { expect, test } from 'vitest';

import { packWords, readWordTables } from '../../scripts/taxonomy/words';
import { nodeOf, synsetOf } from '../../src/core/saying/taxonomy';
import { ENGLISH, type Words } from '../../src/core/saying/voice';
import { labelledNodes, parseWords } from '../../src/core/saying/words';

const TABBY = 'n02123045';
const DOG = 'n02084071';
const order = labelledNodes().map(synsetOf);
const tables = await readWordTables();
const packed = tables.map((table) => parseWords(packWords(table, order), table.lang));
const languages = [ENGLISH, ...packed].map((words) => ({ lang: words.lang, words }));

function messages(lang: string): Record<string, { message: string } | undefined> {
  const file = `src/_locales/${lang.replace('-', '_')}/messages.json`;
  return JSON.parse(readFileSync(file, 'utf8')) as Record<string, { message: string } | undefined>;
}

/** A store's description. */
function listing(lang: string): string {
  return readFileSync(`store/listings/${lang.replace('-', '_')}.md`, 'utf8');
}

/** What stands in quotation marks of whatever language. */
function quoted(lang: string, key: string): string[] {
  const message = messages(lang)[key]?.message ?? '';
  return [...message.matchAll(/[“„«「‘]\u00a0?([^“”„«»「」‘]+?)\u00a0?[”“»」’]/gu)].map(
    ([, words = '']) => words,
  );
}

function labelOf({ labelOf: named }: Words, synset: string) {
  const label = named(nodeOf(synset) ?? -1);
  if (label === undefined) throw new Error(`${synset} has no label.`);
  return label;
}

test.each(languages)('$lang: what a listener hears', ({ lang, words }) => {
  const [said] = quoted(lang, 'listener_does');
  expect(said).toBe(words.hintText(labelOf(words, TABBY)));
});

test.each(languages)('$lang: a wider name, as a sentence has it', ({ lang, words }) => {
  const [wider = ''] = quoted(lang, 'options_confidence_note');
  expect(words.hintText(labelOf(words, DOG))).toContain(wider);
  expect(wider).toContain(labelOf(words, DOG).name);
  expect(listing(lang)).toContain(wider.replace(/^a /, ''));
});

test.each(tables)('$lang: a label that can be denied is one of ours', ({ lang, rows }) => {
  const [own = '', english] = quoted(lang, 'options_never_say_note');
  expect(rows.flatMap(({ label, also }) => [label, ...also])).toContain(own);
  expect(english).toBe('dog');
});

/** Which text names another one, as it stands there. */
const NAMED = [
  ['welcome_scene', 'menu_classify_image'],
  ['options_silent_signs_note', 'chip_silence_not_a_photo'],
  ['options_own_none', 'teach_open'],
  ['remedy_own_labels_full', 'options_own_title'],
  ['options_setting_labelAllSites', 'options_rule_never'],
] as const;

test.each(languages)('$lang: texts name each other as they are called', ({ lang }) => {
  const texts = messages(lang);
  for (const [where, named] of NAMED) {
    expect(texts[where]?.message, where).toContain(texts[named]?.message);
  }
  expect(listing(lang)).toContain(texts.menu_classify_image?.message);
});
