import { expect, test } from 'vitest';

import { CSV_COLUMNS, exportCsv } from '../../../../src/core/report/export-csv';
import type { ReportImage } from '../../../../src/core/report/page-report';
import { decide } from '../../../../src/core/report/triage';
import { parseCsv } from '../../../fixtures/popup/parse-csv';
import { bareImage, pageReport, reportImage } from '../../../fixtures/popup/report-image';

test('a report parses back, however its texts are written', () => {
  const name = 'Line one\r\nline "two", and three';
  const odd = bareImage({
    ...{ id: 'odd', name, address: null, need: null },
    ...{ state: 'skipped', reason: 'spacer' },
  });
  const image = reportImage();
  const csv = exportCsv(pageReport([image, odd]), decide({}, image, 'edited', 'Ünsere Katze'));
  expect(csv.startsWith('\uFEFFnumber,address,')).toBe(true);
  const [heading, first, second, ...more] = parseCsv(csv);
  expect(heading).toEqual([...CSV_COLUMNS]);
  expect(more).toEqual([]);
  expect(first).toEqual(
    // prettier-ignore
    ['1', 'https://example.org/photos/cat.jpg', '0', '#cat', '400', '300', 'missing', 'no-alt', '',
      '', '', '', 'labelled', '', 'domestic cat', 'domestic cat', 'n02121808', 'en', '0.9500', 'Ünsere Katze', 'edited', '', '', ''],
  );
  expect(second?.[CSV_COLUMNS.indexOf('current_text')]).toBe(name);
  expect(second?.[CSV_COLUMNS.indexOf('address')]).toBe('');
});

test('what may not match, and what a link is for, have their columns', () => {
  const mismatch = { term: 'dog', synset: 'n02084071' };
  const purpose = { control: 'link', target: 'https://example.org/cats' } as const;
  const [, row] = parseCsv(
    exportCsv(pageReport([reportImage({ mismatch, purpose, draft: null })]), {}),
  );
  const cell = (column: (typeof CSV_COLUMNS)[number]) => row?.[CSV_COLUMNS.indexOf(column)];
  expect(cell('may_not_match')).toBe('dog');
  expect(cell('purpose_of')).toBe('link');
  expect(cell('purpose_target')).toBe('https://example.org/cats');
  expect(cell('alt_text')).toBe('');
});

test('the words of the page stand with where they were found, and stay text to a spreadsheet', () => {
  const pageDraft = { text: '=Giant panda, Beijing Zoo', from: 'caption' } as const;
  const [, row, other] = parseCsv(
    exportCsv(pageReport([reportImage({ pageDraft }), reportImage({ id: 'image-2' })]), {}),
  );
  const places = [CSV_COLUMNS.indexOf('page_text'), CSV_COLUMNS.indexOf('page_text_from')];
  expect(places.map((place) => row?.[place])).toEqual(["'=Giant panda, Beijing Zoo", 'caption']);
  expect(places.map((place) => other?.[place])).toEqual(['', '']);
});

test('what models of the person’s own say stands apart, marked as theirs', () => {
  const image = reportImage();
  const own = [{ model: '=Mugs', label: 'blue mug', probability: 0.93 }];
  const asked = { ...image, prediction: { ...image.prediction, own } } as ReportImage;
  const [, row] = parseCsv(exportCsv(pageReport([asked]), {}));
  expect(row?.[CSV_COLUMNS.indexOf('own_models')]).toBe("'=Mugs: blue mug 0.9300");
  expect(row?.[CSV_COLUMNS.indexOf('alt_text')]).toBe(image.draft);
});

function nameIn(csv: string): string | undefined {
  return parseCsv(csv)[1]?.[CSV_COLUMNS.indexOf('current_text')];
}

test.each([
  '=HYPERLINK("x")',
  '+1',
  '-1',
  '@sum',
  '＝1',
  '＋1',
  '－1',
  '＠sum',
  '\t1',
  '\r1',
  '\n1',
])('%j is text to a spreadsheet', (name) => {
  expect(nameIn(exportCsv(pageReport([reportImage({ name })]), {}))).toBe(`'${name}`);
});

test.each([
  [' =1', " '=1"],
  ['"=1', `"'=1`],
  ['\t=1', "'\t'=1"],
  ['a;=1;b; ＋2', "a;'=1;b; '＋2"],
  ['a";"=1', `a";"'=1`],
  ['a\t@sum', "a\t'@sum"],
  ['a\r\n-1', "a\r\n'-1"],
  ['1 + 1 = 2; so - well@example', '1 + 1 = 2; so - well@example'],
  ['A cat - asleep, +1', 'A cat - asleep, +1'],
])('where another reader begins a cell: %j', (name, safe) => {
  expect(nameIn(exportCsv(pageReport([reportImage({ name })]), {}))).toBe(safe);
});

/** The cells as a reader sees them that goes by one separator and knows no quotes, or drops them. */
function cellsBy(separator: string, csv: string): string[] {
  return csv.split(/\r\n|\r|\n/).flatMap((line) => line.split(separator));
}

test('no reader by semicolon or tab finds a formula', () => {
  const parts = ['a', '=', '＝', '@', '"', ';', '\t', '\r', '\n', ' ', ',', '-1'];
  const names = parts.flatMap((one) =>
    parts.flatMap((two) => parts.map((three) => one + two + three)),
  );
  const csv = exportCsv(pageReport(names.map((name) => reportImage({ name }))), {});
  expect(csv.split("'").length).toBeGreaterThan(500);
  for (const separator of [';', '\t']) {
    const formulas = cellsBy(separator, csv).filter((cell) =>
      /^[=+\-@＝＋－＠]/.test(cell.replaceAll('"', '').trimStart()),
    );
    expect(formulas).toEqual([]);
  }
});

test('why nothing is said stands where the other reasons stand', () => {
  const silent = reportImage({ hint: null, draft: null, silence: 'dismissed' });
  const failed = bareImage({ state: 'failed', reason: 'image-tainted' });
  const [, ...lines] = parseCsv(exportCsv(pageReport([silent, failed]), {}));
  expect(lines.map((line) => line[CSV_COLUMNS.indexOf('reason')])).toEqual([
    'dismissed',
    'image-tainted',
  ]);
});
