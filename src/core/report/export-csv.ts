import type { OwnAnswer } from '../own-models/own-answer';
import { saidOfImage, type PageReport } from './page-report';
import { altTextOf, decisionOf, type Triage } from './triage';

export const CSV_COLUMNS = [
  'number',
  'address',
  'frame',
  'selector',
  'width',
  'height',
  'need',
  'rule',
  'current_text',
  'may_not_match',
  'purpose_of',
  'purpose_target',
  'state',
  'reason',
  'label',
  'label_en',
  'synset',
  'language',
  'probability',
  'alt_text',
  'decision',
  'page_text',
  'page_text_from',
  'own_models',
] as const;

/** Makes spreadsheets read UTF-8 as such. */
const BYTE_ORDER_MARK = '\uFEFF';

/** What a formula starts with, and what spreadsheets take for it: full-width and small forms, the minus sign. */
const FORMULA_SIGNS = new Set('=+-@\uFF1D\uFF0B\uFF0D\uFF20\uFE66\uFE62\uFE63\uFE6B\u2212');
/**
 * Where another reader than ours sees a cell begin inside a text: lists separated by semicolons or tabs are
 * usual where the comma is a decimal sign, and their readers do not take our quotes for such.
 */
const CELL_ENDS = new Set(';\t\r\n');
/** What readers pass over at the start of a cell: blanks, quotes, signs without width. */
const PASSED_OVER = /[\s"\uFEFF\u200B]/u;

/**
 * A cell that starts like a formula would be run by a spreadsheet, and the page wrote it: an apostrophe
 * makes it text. https://owasp.org/www-community/attacks/CSV_Injection
 */
function withoutFormulas(text: string): string {
  // A control sign in front is a risk of its own.
  let safe = /^[\t\r\n]/.test(text) ? "'" : '';
  let isCellStart = true;
  for (const sign of text) {
    if (isCellStart && FORMULA_SIGNS.has(sign)) safe += "'";
    isCellStart = CELL_ENDS.has(sign) || (isCellStart && PASSED_OVER.test(sign));
    safe += sign;
  }
  return safe;
}

function cell(value: string | number | null): string {
  if (typeof value !== 'string') return value === null ? '' : String(value);
  const safe = withoutFormulas(value);
  return /[",;\t\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Rows as CSV (RFC 4180, UTF-8 with a byte order mark) that no spreadsheet runs anything of. */
export function csvText(rows: readonly (readonly (string | number | null)[])[]): string {
  return BYTE_ORDER_MARK + rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

/** Each as `model: label 0.9300`; null where there are none. */
function ownAnswersText(answers: readonly OwnAnswer[] = []): string | null {
  const written = answers.map(
    ({ model, label, probability }) => `${model}: ${label} ${probability.toFixed(4)}`,
  );
  return written.length === 0 ? null : written.join('; ');
}

/** The report as CSV, one line an image (RFC 4180, with a heading, UTF-8 with a byte order mark). */
export function exportCsv(report: PageReport, triage: Triage): string {
  const lines = report.images.map((image, index) => {
    const { address, frameId, selector, width, height, need, rule, name, state, reason } = image;
    const { silence, prediction, mismatch, purpose, pageDraft } = image;
    const said = saidOfImage(image);
    const isSaid = prediction !== null && said !== null;
    const probability = said === null ? null : said.probability.toFixed(4);
    return [
      ...[
        index + 1,
        address,
        frameId,
        selector,
        width,
        height,
        need,
        rule,
        name,
        mismatch?.term ?? null,
        purpose?.control ?? null,
        purpose?.target ?? null,
        state,
        reason ?? (isSaid ? null : silence),
      ],
      ...[said?.label ?? null, said?.english ?? null, said?.synset ?? null],
      ...[isSaid ? prediction.lang : null, probability],
      ...[altTextOf(image, triage), decisionOf(image, triage)],
      ...[pageDraft?.text ?? null, pageDraft?.from ?? null],
      ownAnswersText(prediction?.own),
    ];
  });
  return csvText([CSV_COLUMNS, ...lines]);
}
