/**
 * Texts that a page, a file or a message chooses: twice the text is twice the work at most, for whatever
 * takes one. Counted in steps, over texts that are made to be tried again and again.
 */
import { expect, test, vi } from 'vitest';

import { packComparedWords, readSmallWords } from '../../scripts/taxonomy/compared-words';
import { packWords, readWordTables } from '../../scripts/taxonomy/words';
import type { AltFacts } from '../../src/core/alt-text/alt-facts';
import type { Language } from '../../src/core/saying/languages';
import { bareImage, CAT, pageReport, reportImage } from '../fixtures/popup/report-image';
import { builtInSteps, countBlocks } from './support/work';

type Subject = (text: string) => unknown;

/** Less and more than is read of a page's texts; both more than a file's name has. */
const SHORT = 220;
const LONG = 1100;
/** What does not grow with the text. */
const SLACK = 60;

const UNITS = [
  ...[' ', '\t', 'a', 'A', '1', '.', '-', '_', '/', '\\', '!', '#', '(', ')', '"', "'", ',', ';'],
  ...[':', '?', '%', '&', '<', '>', '=', '[', '@', '~', '|', '\0', '\n', 'é', '画', '😀', '\ud83d'],
  ...['a ', 'a.', 'a/', '/a', 'a-', '1.', ' 1', '# ', '#1', 'a\\', '\\"', '\\"a', 'url(', 'url("'],
  ...['<!--', '<!---->', '<?a?>', '<svg', '&#', '.png', 'the ', 'ein ', 'image ', 'photo of '],
  ...['-1px ', '), url(', '%41', 'xn--', '0 ', 'a,b ', "'a", '{"', '[[', 's', 'ses', '1x', '1.2.'],
];
const OPENINGS = [
  ...['', 'http://', 'www.', '/', 'data:', 'IMG_', 'url("', '<svg ', '<!doctype ', 'image '],
];
const ENDINGS = ['', '!', ' x', '"', '\0'];

const made =
  (unit: string, opening: string, ending: string) =>
  (length: number): string =>
    opening + unit.repeat(Math.ceil(length / unit.length)) + ending;

/** Every ending with every unit and every beginning with half of them, if not all three with one another. */
const texts = UNITS.flatMap((unit, place) => [
  ...ENDINGS.map((ending) => made(unit, '', ending)),
  ...OPENINGS.filter((_, index) => (place + index) % 2 === 0).map((opening, index) =>
    made(unit, opening, ENDINGS[(place + index) % ENDINGS.length] ?? ''),
  ),
]);
const bareTexts = UNITS.map((unit) => made(unit, '', '!'));

/** What alt texts of a language are compared by. */
async function comparedIn(lang: Language) {
  const { parseComparedWords } = await import('../../src/core/alt-text/compared-words');
  const { WIDE_KINDS } = await import('../../src/core/alt-text/mismatch-terms');
  const { parseWords, labelledNodes } = await import('../../src/core/saying/words');
  const { synsetOf } = await import('../../src/core/saying/taxonomy');
  const order = labelledNodes().map(synsetOf);
  const table = (await readWordTables()).find((each) => each.lang === lang);
  if (table === undefined) throw new Error(lang);
  const packed = packComparedWords(await readSmallWords(lang), table, order);
  return parseComparedWords(packed, parseWords(packWords(table, order), lang), WIDE_KINDS);
}

/** Whatever takes a text that others choose. */
async function loadSubjects(): Promise<[string, Subject][]> {
  const { altTextNeed } = await import('../../src/core/alt-text/alt-need');
  const words = await import('../../src/core/alt-text/alt-words');
  const names = await import('../../src/core/alt-text/program-names');
  const lists = await import('../../src/core/alt-text/weak-words/all');
  const vocabulary = await import('../../src/core/alt-text/vocabulary');
  const { learnWords, ...weak } = vocabulary;
  learnWords(Object.values(lists.weakWords));
  const { folded } = await import('../../src/core/alt-text/folded');
  const { flat } = await import('../../src/core/alt-text/flat');
  const { isOtherLanguage } = await import('../../src/core/alt-text/alt-words-language');
  const { mayNotMatch } = await import('../../src/core/alt-text/mismatch');
  const [german, japanese] = await Promise.all([comparedIn('de'), comparedIn('ja')]);
  const { pageDraft } = await import('../../src/core/alt-text/page-draft');
  const { skipReason } = await import('../../src/core/alt-text/candidate');
  const { guardAddress, isPrivateHost } = await import('../../src/core/address/address-guard');
  const css = await import('../../src/core/address/css-image');
  const match = await import('../../src/core/address/match-pattern');
  const address = await import('../../src/core/address/picture-address');
  const { siteOf } = await import('../../src/core/look/cache-key');
  const { layerPart, paintedArea } = await import('../../src/core/look/painted-area');
  const bytes = await import('../../src/core/look/picture-bytes');
  const rows = await import('../../src/core/report/rows');
  const { exportCsv } = await import('../../src/core/report/export-csv');
  const { exportHtml } = await import('../../src/core/report/export-html');
  const { exportJson } = await import('../../src/core/report/export-json');
  const { decide } = await import('../../src/core/report/triage');
  const { repairSettings } = await import('../../src/core/settings/settings');
  const { readSettingsFile } = await import('../../src/core/settings/settings-file');
  const { fileNameOf } = await import('../../src/ui/image-text');
  const { siteOrigin } = await import('../../src/options/site-list');

  const facts: AltFacts = {
    ...{ kind: 'img', role: '', isHidden: false, isFocusable: false, hasGlobalAria: false },
    ...{ alt: '', name: 'A cat', nameFrom: 'alt', control: null, caption: '', linkText: '' },
    ...{ heading: '', fileName: 'cat_1.png', language: 'en', hasNamesake: false },
  };
  const box = { width: 200, height: 150, natural: { width: 400, height: 300 } };
  const seen = { ...box, isVisible: true, isDecorative: false };
  const background = { size: 'auto', position: '0% 0%', repeat: 'repeat' };
  const encoded = (text: string) => new TextEncoder().encode(text);
  const binary = (start: string) => (text: string) =>
    bytes.claimedSize(Uint8Array.from(start + text, (letter) => letter.charCodeAt(0)));
  const report = (text: string) => {
    const { name, selector } = { name: text, selector: text };
    return pageReport([
      reportImage({ name, selector, draft: text, address: text }),
      bareImage({ state: 'pending', name: text }),
    ]);
  };
  const html = {
    ...{ language: 'en', direction: 'ltr', percent: String, explain: () => '', ask: () => '' },
    say: (key: string) => key,
  };
  const all: Record<string, Subject> = {
    flat,
    folded,
    ...names,
    ...weak,
    ...Object.fromEntries(Object.entries(words).filter(([, of]) => typeof of === 'function')),
    isFileName: (text) => words.isFileName(text, 'cat.png') || words.isFileName('cat_1', text),
    withoutEnding: (text) => words.withoutEnding(text, /[.!]/u),
    'isOtherLanguage, Latin': (text) => isOtherLanguage(text, 'en'),
    'isOtherLanguage, not Latin': (text) => isOtherLanguage(text, 'ru'),
    'altTextNeed of a name': (name) => altTextNeed({ ...facts, alt: name, name }),
    'altTextNeed of all texts': (text) =>
      altTextNeed({
        ...{ ...facts, alt: text, name: text, caption: text, linkText: text, heading: text },
        ...{ fileName: text, role: text, language: text },
      }),
    mayNotMatch: (text) => mayNotMatch(text, CAT),
    'mayNotMatch in German': (text) => mayNotMatch(text, CAT, german),
    'mayNotMatch in Japanese': (text) => mayNotMatch(text, CAT, japanese),
    pageDraft: (text) =>
      pageDraft({ caption: text, heading: text, link: text, fileName: text }, CAT),
    'skipReason of a size': (size) =>
      skipReason({ ...seen, background: { ...background, size } }, 32),
    'skipReason of a position': (position) =>
      skipReason({ ...seen, background: { ...background, position } }, 32),
    'skipReason of a repeat': (repeat) =>
      skipReason({ ...seen, background: { ...background, repeat } }, 32),
    guardAddress: (text) => guardAddress(text, text),
    isPrivateHost,
    ...Object.fromEntries(
      Object.entries(css as Record<string, (value: string, choice: object) => unknown>).map(
        ([name, read]) => [
          name,
          (text) => read(text, { pixelRatio: 1, isTypeSupported: () => true }),
        ],
      ),
    ),
    hostPattern: match.hostPattern,
    hostPatterns: (text) => match.hostPatterns([text]),
    originOfPattern: match.originOfPattern,
    isMatchPattern: match.isMatchPattern,
    webOrigin: match.webOrigin,
    isWebAddress: address.isWebAddress,
    isOwnAddress: (text) => address.isOwnAddress(text, 'https://a.example'),
    looksLikeSvg: address.looksLikeSvg,
    recordedAddress: address.recordedAddress,
    siteOf: (text) => siteOf({ frameId: 1, pageAddress: text, pageOrigin: text, tabAddress: text }),
    layerPart: (text) => layerPart(text, 1),
    paintedArea: (text) => paintedArea({ size: text, position: text, repeat: text }, box, box),
    pictureFormat: (text) => bytes.pictureFormat(encoded(text)),
    brokenPictureCode: (text) => bytes.brokenPictureCode(encoded(text)),
    claimedSize: (text) => bytes.claimedSize(encoded(text)),
    endsEarly: (text) => bytes.endsEarly(encoded(text)),
    'claimedSize of a JPEG': binary('\xff\xd8\xff\xe0\0\x02'),
    'claimedSize of an AVIF': binary('\0\0\0\x10ftypavif\0\0\0\0\0\0\0\x08moov'),
    'claimedSize of an icon': binary('\0\0\x01\0\xff\xff'),
    'listImages of texts': (text) =>
      rows.listImages(report(text).images, { filter: 'all', search: 'a b', order: 'position' }),
    'listImages by a search': (search) =>
      rows.listImages(report('a cat').images, { filter: 'all', search, order: 'position' }),
    altHtml: rows.altHtml,
    exportCsv: (text) => exportCsv(report(text), {}),
    exportHtml: (text) => exportHtml(report(text), {}, 0, new Map(), html),
    exportJson: (text) => exportJson(report(text), {}, 0),
    decide: (text) => decide({}, reportImage(), 'edited', text),
    readSettingsFile: (text) =>
      readSettingsFile(`{"altLens":"settings","version":2,"settings":{"a":${text}}}`),
    'repairSettings, lists': (text) =>
      repairSettings({ alwaysSites: text.split('a'), deniedSynsets: text.split(' ') }),
    'repairSettings, texts': (text) =>
      repairSettings({ alwaysSites: [text], deniedSynsets: [text], variant: text, views: text }),
    'a file name of an address': fileNameOf,
    siteOrigin,
  };
  return Object.entries(all);
}

interface Growth {
  text: string;
  once: number;
  twice: number;
}

/** The text for which work grows most, with its steps at one length and at twice that. */
function worst(subject: Subject, from: typeof texts, length: number): Growth {
  return from
    .map((text) => {
      const [once = 0, twice = 0] = [length, length * 2].map((each) => {
        const given = text(each);
        return builtInSteps(() => subject(given));
      });
      return { text: text(12), once, twice };
    })
    .reduce((one, other) => {
      return other.twice - other.once * 2 > one.twice - one.once * 2 ? other : one;
    });
}

test('patterns and texts: for twice the text twice the steps at most', async () => {
  const subjects = await loadSubjects();
  expect(subjects.length).toBeGreaterThan(40);
  const growth = subjects.flatMap(([name, subject]) => [
    { name, ...worst(subject, texts, SHORT) },
    { name, ...worst(subject, bareTexts, LONG) },
  ]);
  expect(growth.filter(({ once, twice }) => twice > once * 2 + SLACK)).toEqual([]);
  // Steps were counted.
  expect(growth.filter(({ once }) => once > SHORT).length).toBeGreaterThan(40);
}, 240_000);

test('loops: for twice the text blocks run twice as often at most', async () => {
  vi.resetModules();
  const blocks = await countBlocks();
  const ran = async (subject: Subject, length: number): Promise<number> => {
    await blocks.take();
    for (const text of bareTexts) {
      try {
        subject(text(length));
      } catch {
        // What a function refuses it has read all the same.
      }
    }
    return await blocks.take();
  };
  try {
    const growth = [];
    for (const [name, subject] of await loadSubjects()) {
      await ran(subject, SHORT);
      const [once, twice] = [await ran(subject, SHORT), await ran(subject, SHORT * 2)];
      growth.push({ name, once, twice });
    }
    const slack = SLACK * bareTexts.length;
    expect(growth.filter(({ once, twice }) => twice > once * 2 + slack)).toEqual([]);
    expect(growth.filter(({ once }) => once > SHORT * bareTexts.length)).not.toEqual([]);
  } finally {
    await blocks.close();
  }
}, 240_000);

test('work that grows faster is seen', () => {
  const blanks = (length: number): string => `${' '.repeat(length)}x`;
  const slow: Subject[] = [
    (text) => text.replace(/\s+$/u, ''),
    (text) => {
      let rest = text;
      while (rest.includes(' x')) rest = rest.slice(1);
    },
  ];
  for (const subject of slow) {
    const [once = 0, twice = 0] = [SHORT, SHORT * 2].map((length) =>
      builtInSteps(() => {
        subject(blanks(length));
      }),
    );
    expect(twice).toBeGreaterThan(once * 3);
  }
});
