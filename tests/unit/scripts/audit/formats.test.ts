import type { Log } from 'sarif';
import { expect, test } from 'vitest';

import type { AuditResult } from '../../../../scripts/audit/audit-result';
import { findingsOf } from '../../../../scripts/audit/findings';
import { auditCsv } from '../../../../scripts/audit/formats/csv';
import { auditHtml } from '../../../../scripts/audit/formats/html';
import { auditJson } from '../../../../scripts/audit/formats/json';
import { auditJunit } from '../../../../scripts/audit/formats/junit';
import { auditSarif } from '../../../../scripts/audit/formats/sarif';
import { auditTable } from '../../../../scripts/audit/formats/table';
import type { AuditedImage } from '../../../../scripts/audit/page-audit';
import {
  AUDIT_RULES,
  failureText,
  type FindingRule,
  ruleFacts,
} from '../../../../scripts/audit/rules';
import { parseBaseline } from '../../../../scripts/audit/verdict';
import { reportImage } from '../../../fixtures/popup/report-image';
import english from '../../../../src/_locales/en/messages.json' with { type: 'json' };
import { FAILED, image, page } from './audited';

const HOSTILE = '</script><b onclick="x">&\u0000=1+1';
const pages = [
  page(
    'https://example.org/shop?a=1&b=2',
    image({ selector: 'a > img' }),
    image({ need: 'weak', rule: 'file-name', name: HOSTILE }),
  ),
  page('https://example.org/two', image({ selector: '#two' })),
  page('https://example.org/fine'),
  FAILED,
];
const RESULT: AuditResult = {
  ...{ takenAt: '2026-01-02T03:04:05.000Z', version: '1.2.3', pages, isCut: false },
  findings: findingsOf(pages),
};

test('SARIF has what code scanning asks for', () => {
  const log = JSON.parse(auditSarif(RESULT)) as Log;
  const [run] = log.runs;
  expect(log.version).toBe('2.1.0');
  expect(run?.tool.driver.rules?.map(({ id }) => id)).toEqual(['no-alt', 'file-name']);
  const [first] = run?.results ?? [];
  expect(first).toMatchObject({ ruleId: 'no-alt', ruleIndex: 0, level: 'error' });
  const location = first?.locations?.[0]?.physicalLocation;
  // A path, no address: other schemes are refused.
  expect(location?.artifactLocation?.uri).toBe('example.org/shop?a=1&b=2');
  expect(location?.region?.startLine).toBe(1);
  expect(first?.relatedLocations).toHaveLength(1);
  expect(first?.partialFingerprints?.primaryLocationLineHash).toMatch(/^[0-9a-f]{20}:1$/);
  const [invocation] = run?.invocations ?? [];
  expect(invocation?.executionSuccessful).toBe(false);
  expect(invocation?.toolExecutionNotifications?.[0]?.descriptor?.id).toBe('http-status');
});

test('JUnit has a suite a page: findings fail, the rest passes, a page that failed is an error', () => {
  const counting = new Set(RESULT.findings.filter(({ kind }) => kind === 'missing'));
  const xml = auditJunit(RESULT, counting);
  expect(xml.match(/<testsuite /g)).toHaveLength(4);
  expect(xml.match(/<failure /g)).toHaveLength(2);
  expect(xml.match(/<error /g)).toHaveLength(1);
  expect(xml).toContain('name="no findings"');
  expect(xml).not.toContain('\u0000');
  expect(xml).not.toContain(HOSTILE);
});

test('HTML shows what a page wrote as text', () => {
  const html = auditHtml(RESULT);
  expect(html).not.toContain(HOSTILE);
  expect(html).toContain('&lt;/script&gt;');
  expect(html.match(/class="finding"/g)).toHaveLength(2);
  expect(html).toContain('https://example.org/gone');
});

test('CSV has a row a place, and nothing that a spreadsheet runs', () => {
  const rows = auditCsv({ ...RESULT, findings: findingsOf(pages.slice(0, 2)) })
    .trimEnd()
    .split('\r\n');
  expect(rows).toHaveLength(4);
  const formula = findingsOf([
    page('https://example.org/', image({ need: 'weak', rule: 'symbols-only', name: '=1+1' })),
  ]);
  expect(auditCsv({ ...RESULT, findings: formula })).toContain("'=1+1");
});

test('JSON is a baseline for the next audit', () => {
  const baseline = parseBaseline(auditJson(RESULT), 'audit.json');
  expect([...baseline]).toEqual(RESULT.findings.map(({ fingerprint }) => fingerprint));
});

test('the table ends with the counts', () => {
  expect(auditTable(RESULT).trimEnd().split('\n').at(-1)).toBe(
    '3 pages, 3 images: 1 missing, 1 weak, 0 that may not match, 0 questions; 1 page failed',
  );
});

test('of thousands of findings the table has the gravest, some of each rule, and how many there are besides', () => {
  const many = Array.from({ length: 5000 }, (_, index) =>
    image({ address: `https://example.org/${index}.jpg` }),
  );
  const weak = image({ need: 'weak', rule: 'file-name', name: 'a.jpg' });
  const table = auditTable({ ...RESULT, findings: findingsOf([page('u', weak, ...many)]) });
  expect(table.split('\n').length).toBeLessThan(1200);
  expect(table).toContain('missing: no-alt (WCAG 1.1.1), 5000 findings\nIt has no alt text.\n');
  expect(table).toContain('and 4800 more findings: --html FILE shows all');
  expect(table).toContain('weak: file-name (WCAG 1.1.1), 1 finding\n');
  // What is wrong is said once.
  expect(table.match(/It has no alt text\./g)).toHaveLength(1);
  expect(table).toContain('5000 missing, 1 weak');
});

test('what a page was not waited for is told in every format', () => {
  const [first] = pages;
  if (first?.status !== 'audited') throw new Error('The first is audited.');
  const noted = { ...first, notes: ['still-loading', 'images-left'] as const };
  const result: AuditResult = {
    ...RESULT,
    pages: [{ ...noted, notes: [...noted.notes] }, ...pages.slice(1)],
  };
  const formats = {
    table: [auditTable(RESULT), auditTable(result)],
    csv: [auditCsv(RESULT), auditCsv(result)],
    html: [auditHtml(RESULT), auditHtml(result)],
    json: [auditJson(RESULT), auditJson(result)],
    sarif: [auditSarif(RESULT), auditSarif(result)],
    junit: [auditJunit(RESULT, new Set()), auditJunit(result, new Set())],
  };
  for (const [name, [without = '', written = '']] of Object.entries(formats)) {
    for (const note of noted.notes) {
      expect([name, without.includes(note)]).toEqual([name, false]);
      expect([name, written.includes(note)]).toEqual([name, true]);
    }
  }
});

test('a picture that is all of a link says in every format where each of its links leads', () => {
  const linked = (target: string) =>
    image({ rule: 'no-link-purpose', purpose: { control: 'link', target } });
  const [home, help] = ['https://example.org/home', 'https://example.org/help'];
  const shown = [page('https://example.org/a', linked(home), linked(help))];
  const result: AuditResult = { ...RESULT, pages: shown, findings: findingsOf(shown) };
  expect(result.findings).toHaveLength(1);
  for (const written of [auditTable(result), auditCsv(result), auditHtml(result)]) {
    expect(written).toContain(home);
    expect(written).toContain(help);
  }
  expect(auditSarif(result)).toContain(`It leads to ${home}.`);
  expect(JSON.parse(auditJson(result))).toMatchObject({
    findings: [{ places: [{ leadsTo: home }, { leadsTo: help }] }],
  });
});

test('every criterion and technique of the page of findings leads to the W3C’s own', () => {
  const ofNeed = Object.keys(english)
    .filter((key) => key.startsWith('need_rule_'))
    .map((key) => key.replace('need_rule_', '').replaceAll('_', '-') as FindingRule);
  expect(ofNeed.length).toBeGreaterThan(20);
  for (const rule of [...ofNeed, ...AUDIT_RULES]) {
    const facts = ruleFacts(rule);
    const findings = RESULT.findings.map((finding) => ({ ...finding, rule, ...facts }));
    const html = auditHtml({ ...RESULT, findings });
    const { criteria, techniques } = facts;
    for (const each of [...criteria, ...techniques]) {
      expect(html, rule).toMatch(
        new RegExp(`href="https://www\\.w3\\.org/[^"]*"[^>]*>${each}</a>`),
      );
    }
  }
});

test('a suggestion stands ready as an attribute, whatever is in it', () => {
  const suggestion = { text: 'A "cat" & <dog>', probability: 0.9, origin: 'model' } as const;
  const findings = RESULT.findings.map((finding) => ({ ...finding, suggestion }));
  const html = auditHtml({ ...RESULT, findings });
  expect(html).toContain(
    `<code class="attribute">alt=&quot;A &amp;quot;cat&amp;quot; &amp;amp; &lt;dog&gt;&quot;</code>`,
  );
});

const GONE: AuditedImage = {
  ...image({ address: 'https://example.org/gone.jpg' }),
  ...{ state: 'failed', reason: 'image-not-found' },
  ...{ rung: null, prediction: null, hint: null, silence: null, draft: null },
};

test('a picture that is not there is told as such, and no share is certain', () => {
  const sure = { ...reportImage(), thumbnail: null };
  if (sure.hint === null) throw new Error('It has a hint.');
  const asked = [
    page('https://example.org/', GONE, { ...sure, hint: { ...sure.hint, probability: 0.9998 } }),
  ];
  const result: AuditResult = { ...RESULT, pages: asked, findings: findingsOf(asked) };
  for (const written of [auditTable, auditHtml, auditSarif]) {
    expect(written(RESULT)).not.toContain(failureText('image-not-found'));
    expect(written(result)).toContain(failureText('image-not-found'));
    expect(written(result)).toMatch(/(?:>|&gt;) 99 %/);
  }
  expect(auditCsv(result)).toContain('image-not-found');
  expect(JSON.parse(auditJson(result))).toMatchObject({
    findings: [{ notSeen: { code: 'image-not-found' } }, { notSeen: null }],
  });
});

test('the words of the page are told in every format for people and programs, with their place', () => {
  const text = 'Giant panda, Beijing Zoo';
  const pageDraft = { text, from: 'fileName' } as const;
  const asked = [page('https://example.org/', { ...reportImage({ pageDraft }), thumbnail: null })];
  const result: AuditResult = { ...RESULT, pages: asked, findings: findingsOf(asked) };
  const formats = { auditTable, auditCsv, auditHtml, auditJson, auditSarif };
  for (const [name, written] of Object.entries(formats)) {
    expect([name, written(RESULT).includes(text)]).toEqual([name, false]);
    expect([name, written(result).includes(text)]).toEqual([name, true]);
    expect([name, /fileName|file name/u.test(written(result))]).toEqual([name, true]);
  }
});
