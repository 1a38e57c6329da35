import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

interface Entry {
  message: string;
  placeholders?: Record<string, { content: string }>;
}

const FOLDER = 'src/_locales';
/** What the browsers' stores and interfaces allow, characters; a listing's are in scripts/store/rules.ts. */
const LIMITS = { extension_name: 45, extension_short_name: 12, extension_description: 132 };
const LANGUAGES = [
  ...['ar', 'de', 'en', 'es', 'fr', 'hi', 'it', 'ja', 'ko', 'nl', 'pl', 'pt_BR', 'tr', 'uk'],
  'zh_CN',
];

function read(locale: string): Record<string, Entry> {
  return JSON.parse(readFileSync(join(FOLDER, locale, 'messages.json'), 'utf8')) as Record<
    string,
    Entry
  >;
}

const english = read('en');
const keys = Object.keys(english);
const placeholdersIn = (message: string): string[] => (message.match(/\$\w+\$/g) ?? []).sort();

test('fifteen languages', () => {
  expect(readdirSync(FOLDER).sort()).toEqual([...LANGUAGES].sort());
});

describe.each(LANGUAGES)('%s', (locale) => {
  const entries = read(locale);

  test('has every text and no other', () => {
    expect(keys.length).toBeGreaterThan(100);
    expect(Object.keys(entries).sort()).toEqual([...keys].sort());
    const empty = keys.filter((key) => entries[key]?.message.trim() === '');
    expect(empty).toEqual(keys.filter((key) => english[key]?.message.trim() === ''));
  });

  test('has the placeholders of the English text', () => {
    for (const key of keys) {
      const [own, theirs] = [entries[key], english[key]];
      expect(placeholdersIn(own?.message ?? ''), key).toEqual(
        placeholdersIn(theirs?.message ?? ''),
      );
      const contents = ({ placeholders = {} }: Entry): [string, string][] =>
        Object.entries(placeholders).map(([name, { content }]) => [name, content]);
      if (own === undefined || theirs === undefined) throw new Error(key);
      expect(contents(own), key).toEqual(contents(theirs));
      const defined = Object.keys(own.placeholders ?? {});
      for (const name of placeholdersIn(own.message)) {
        expect(defined, key).toContain(name.slice(1, -1).toLowerCase());
      }
    }
  });

  test.each(Object.entries(LIMITS))('%s has at most %i characters', (key, limit) => {
    expect(entries[key]?.message.length ?? 0).toBeGreaterThan(0);
    expect(entries[key]?.message.length).toBeLessThanOrEqual(limit);
  });

  test('has each text once', () => {
    const written = readFileSync(join(FOLDER, locale, 'messages.json'), 'utf8');
    const names = [...written.matchAll(/^ {2}"(\w+)": \{/gm)].map(([, name]) => name);
    expect(names.length).toBeGreaterThan(100);
    // Of two of one name the browser takes the last, wherever the first was meant.
    expect(names.filter((name, place) => names.indexOf(name) !== place)).toEqual([]);
  });

  test('writes shares as the language does', () => {
    const shares = new Intl.NumberFormat(locale.replace('_', '-'), { style: 'percent' });
    const written = (whole: number): string | undefined =>
      entries.percent?.message.replace('$SHARE$', String(whole));
    // Which of the spaces that break no line it is changes from browser to browser.
    const spaced = (share: string): string => share.replace(/\s/gu, '\u00a0');
    for (const whole of [1, 50, 99])
      expect(written(whole)).toBe(spaced(shares.format(whole / 100)));
  });

  test('names its own language and direction', () => {
    const tag = Object.values(entries).map(({ message }) => message);
    expect(tag).toContain(locale.replace('_', '-'));
    expect(entries.popup_direction?.message).toBe(locale === 'ar' ? 'rtl' : 'ltr');
  });
});

/** What a language's texts never have: signs of another script, another form of address, words that were given up. */
const NEVER: Record<string, RegExp> = {
  ar: /قارئ الشاشة|(?<!\d)[,;?]/u,
  de: /\b(?:Alternativtext|Etikett|Schmuck|Kurzinfo)|\b[Dd](?:u|ich|ein|eine)\b/u,
  es: /\b(?:tus|elige|haz|elimina|añade)\b/iu,
  fr: / [:;?!»]|« /u,
  hi: /तस्वीर|चित्र|छवि|वैकल्पिक/u,
  it: /[«»‘]/u,
  ja: /ブラウザー|スクリーンリーダー|プライベート/u,
  ko: /비공개 창|[“”]/u,
  nl: /\b[Uu]w?\b|[‘«]|versiering|privévenster/u,
  pt_BR: /janelas? privada/u,
  tr: /\bcihaz|Resim |\bresm[ei]|süsleme/u,
  uk: /тексту? заміщення|програм\p{L}* зчитування|оздоба/u,
  zh_CN: /\p{Script=Han}[,:;?!]|[,:;?!]\p{Script=Han}|隐私窗口|弃用/u,
};

test.each(Object.entries(NEVER))('%s: one word and one sign for one thing', (locale, never) => {
  const texts = Object.entries(read(locale)).map(([key, { message }]) => `${key}: ${message}`);
  const said = texts.filter((text) => never.test(text.replace(/^\w+: /, '')));
  expect(said).toEqual([]);
});

test('every text that the code asks for exists', () => {
  const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => readFileSync(join('src', file), 'utf8'));
  const asked = new Set<string>();
  for (const source of sources) {
    for (const [, key] of source.matchAll(/\b(?:text|say|explain)\(\s*'([a-z_]+)'/g)) {
      if (key !== undefined) asked.add(key);
    }
  }
  expect(asked.size).toBeGreaterThan(30);
  expect([...asked].filter((key) => english[key] === undefined)).toEqual([]);
});

test('a text that is given words has places for them', () => {
  const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => readFileSync(join('src', file), 'utf8'));
  const given = sources.flatMap((source) =>
    [...source.matchAll(/\b(?:text|say|explain)\(\s*'([a-z_]+)',/g)].map(([, key]) => key ?? ''),
  );
  expect(given.length).toBeGreaterThan(30);
  expect(given.filter((key) => placeholdersIn(english[key]?.message ?? '').length === 0)).toEqual(
    [],
  );
});

test('no text is left that nothing asks for', () => {
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(tsx?|html)$/.test(file))
    .map((file) => readFileSync(join('src', file), 'utf8'));
  const sources = [...files, readFileSync('manifest.json', 'utf8')].join('\n');
  // Keys that are put together: `report_need_${need}` asks for all that begin so.
  const composed = [...sources.matchAll(/`([a-z_]*_)\$\{[^`]*`/g)].map(
    ([, prefix]) => prefix ?? '',
  );
  expect(composed.length).toBeGreaterThan(10);
  const dead = keys.filter(
    (key) =>
      !new RegExp(`\\b(?:__MSG_)?${key}(?:__)?\\b`).test(sources) &&
      !composed.some((prefix) => prefix !== '' && key.startsWith(prefix)),
  );
  expect(dead).toEqual([]);
});
