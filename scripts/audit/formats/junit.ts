import type { AuditResult } from '../audit-result';
import type { Finding } from '../findings';
import { notesOf } from '../page-audit';
import { escapeMarkup as escape } from './escape';

function caseOf(page: string, { rule, current, text, criteria, places }: Finding, fails: boolean) {
  const selectors = places.filter((place) => place.page === page).map(({ selector }) => selector);
  const [first = ''] = selectors;
  const told = [text, `WCAG ${criteria.join(', ')}`, current, ...selectors].filter(Boolean);
  const body = fails
    ? `<failure message="${escape(text)}" type="${rule}">${escape(told.join('\n'))}</failure>`
    : `<system-out>${escape(told.join('\n'))}</system-out>`;
  return `    <testcase classname="${escape(page)}" name="${escape(`${rule}: ${first}`)}">${body}</testcase>`;
}

/**
 * JUnit's XML, as CI servers read it: a suite a page, a case a finding; a page without one has a case that
 * passes, a page that failed an error.
 * @param counting those that fail
 */
export function auditJunit(
  { pages, findings }: AuditResult,
  counting: ReadonlySet<Finding>,
): string {
  const suites = pages.map((page) => {
    const seconds = (page.milliseconds / 1000).toFixed(3);
    const open = (tests: number, failures: number, errors: number): string =>
      `  <testsuite name="${escape(page.url)}" tests="${tests}" failures="${failures}" errors="${errors}" time="${seconds}">`;
    const name = escape(page.url);
    if (page.status === 'failed') {
      const { code, message } = page.error;
      const error = `<error message="${escape(message)}" type="${code}"></error>`;
      return `${open(1, 0, 1)}\n    <testcase classname="${name}" name="the page">${error}</testcase>\n  </testsuite>`;
    }
    const here = findings.filter(({ places }) =>
      places.some((place) => place.page === page.finalUrl),
    );
    const cases = here.map((each) => caseOf(page.finalUrl, each, counting.has(each)));
    if (cases.length === 0) {
      cases.push(`    <testcase classname="${name}" name="no findings"></testcase>`);
    }
    cases.push(
      ...notesOf([page]).map(
        ({ note, text }) =>
          `    <testcase classname="${escape(page.finalUrl)}" name="note: ${note}"><system-out>${escape(text)}</system-out></testcase>`,
      ),
    );
    const failures = here.filter((each) => counting.has(each)).length;
    return `${open(cases.length, failures, 0)}\n${cases.join('\n')}\n  </testsuite>`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="Alt Lens">\n${suites.join('\n')}\n</testsuites>\n`;
}
