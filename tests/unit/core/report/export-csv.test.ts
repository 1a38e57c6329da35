import { expect, test } from 'vitest';

import { CSV_COLUMNS, exportCsv } from '../../../../src/core/report/export-csv';
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
      'labelled', '', 'domestic cat', '0.9500', 'Ünsere Katze', 'edited'],
  );
  expect(second?.[CSV_COLUMNS.indexOf('current_text')]).toBe(name);
  expect(second?.[CSV_COLUMNS.indexOf('address')]).toBe('');
});

test.each(['=HYPERLINK("x")', '+1', '-1', '@sum'])('%s is text to a spreadsheet', (name) => {
  const [, line] = parseCsv(exportCsv(pageReport([reportImage({ name })]), {}));
  expect(line?.[CSV_COLUMNS.indexOf('current_text')]).toBe(`'${name}`);
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
