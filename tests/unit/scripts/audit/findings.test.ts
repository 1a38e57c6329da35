import { expect, test } from 'vitest';

import { findingsOf } from '../../../../scripts/audit/findings';
import {
  countingFindings,
  parseBaseline,
  parseKinds,
  verdictLine,
} from '../../../../scripts/audit/verdict';
import { ruleFacts } from '../../../../scripts/audit/rules';
import { NEED_RULES } from '../../../../src/core/alt-text/need-rules';
import { reportImage } from '../../../fixtures/popup/report-image';
import { FAILED, image, page } from './audited';

test('the same picture with the same fault on many pages is one finding with its places', () => {
  const findings = findingsOf([
    page('https://example.org/', image(), image({ address: 'https://example.org/b.jpg' })),
    page('https://example.org/two', image({ selector: '#again' })),
    FAILED,
  ]);
  expect(findings.map(({ address, places }) => [address, places.length])).toEqual([
    ['https://example.org/a.jpg', 2],
    ['https://example.org/b.jpg', 1],
  ]);
  expect(findings[0]?.places[1]).toEqual({
    page: 'https://example.org/two',
    selector: '#again',
    frameId: 0,
    leadsTo: null,
  });
});

test('other faults, other texts and pictures without an address are findings of their own', () => {
  const weak = { need: 'weak', rule: 'file-name', name: 'a.jpg' } as const;
  const findings = findingsOf([
    page(
      'https://example.org/',
      image(),
      image(weak),
      image({ ...weak, name: 'b.jpg' }),
      image({ address: null, selector: '#one' }),
      image({ address: null, selector: '#two' }),
    ),
  ]);
  expect(findings).toHaveLength(5);
  expect(new Set(findings.map(({ fingerprint }) => fingerprint)).size).toBe(5);
});

test('fingerprints hold from run to run, and tell what is new', () => {
  const before = findingsOf([page('https://example.org/', image())]);
  const after = findingsOf([
    page('https://example.org/moved', image({ address: 'https://example.org/new.jpg' }), image()),
  ]);
  const file = JSON.stringify({ findings: before });
  const baseline = parseBaseline(file, 'old.json');
  const counting = countingFindings(after, { failOn: ['missing'], baseline });
  expect(counting.map(({ address }) => address)).toEqual(['https://example.org/new.jpg']);
  expect(countingFindings(after, { failOn: ['missing'], baseline: null })).toHaveLength(2);
  expect(countingFindings(after, { failOn: ['weak'], baseline: null })).toHaveLength(0);
});

test('the verdict says what it goes by', () => {
  const limits = { failOn: ['missing', 'weak'], max: 2, baseline: null } as const;
  expect(verdictLine({ counting: 3, failedPages: 0 }, limits)).toMatch(
    /^Fails: 3 .*--fail-on missing,weak, --max 2\)/,
  );
  expect(verdictLine({ counting: 2, failedPages: 0 }, { ...limits, baseline: new Set() })).toMatch(
    /^Passes: 2 .*baseline/,
  );
  expect(verdictLine({ counting: 0, failedPages: 1 }, limits)).toMatch(/^Fails: 0 .*pages failed/);
});

test('named and decorative images are no findings', () => {
  const findings = findingsOf([
    page(
      'https://example.org/',
      image({ need: 'named', rule: 'alt', name: 'A barn in the snow' }),
      image({ need: 'decorative', rule: 'empty-alt' }),
      image({ need: null, rule: null }),
    ),
  ]);
  expect(findings).toEqual([]);
});

test.each(['{', '[]', '{"findings":[{}]}', 'null'])('%s is no baseline', (text) => {
  expect(() => parseBaseline(text, 'old.json')).toThrow(/old\.json is no JSON of an earlier audit/);
});

test('a kind that does not exist is told', () => {
  expect(parseKinds('missing, weak')).toEqual(['missing', 'weak']);
  expect(() => parseKinds('missing,bad')).toThrow('bad is none of missing');
});

test('every rule has a sentence and a criterion of WCAG', () => {
  for (const rule of NEED_RULES) {
    const { text, criteria, techniques } = ruleFacts(rule);
    expect(text, rule).toMatch(/^[A-Z].* .*[.?]$/);
    expect(criteria.join(), rule).toMatch(/^\d\.\d\.\d/);
    expect(techniques.length, rule).toBeGreaterThan(0);
  }
});

/** A labelled image of one picture, wherever it lies. */
const labelled = (address: string, name: string, need: 'missing' | 'named') =>
  ({
    ...reportImage({ address, name, need, rule: need === 'missing' ? 'no-alt' : 'alt' }),
    thumbnail: null,
  }) as const;

test('one picture at two addresses is one finding, which keeps its fingerprint of the first', () => {
  const [found, ...others] = findingsOf([
    page('https://example.org/', labelled('https://example.org/a.jpg', '', 'missing')),
    page('https://example.org/two', labelled('https://cdn.example.org/a-2.jpg', '', 'missing')),
  ]);
  expect(others).toEqual([]);
  expect(found?.places).toHaveLength(2);
  const [alone] = findingsOf([page('https://example.org/', image())]);
  expect(found?.fingerprint).toBe(alone?.fingerprint);
});

test('a picture with another text on another page is asked about, with one text it is not', () => {
  const asked = (other: string) =>
    findingsOf([
      page('https://example.org/', labelled('https://example.org/a.jpg', 'A boat', 'named')),
      page('https://example.org/two', labelled('https://example.org/b.jpg', other, 'named')),
    ]).map(({ kind, rule, current }) => [kind, rule, current]);
  expect(asked('Our harbour')).toEqual([
    ['question', 'other-text-elsewhere', 'A boat'],
    ['question', 'other-text-elsewhere', 'Our harbour'],
  ]);
  expect(asked('A boat')).toEqual([]);
});

test('the words of the page are a suggestion of their own, with where they stand', () => {
  const pageDraft = { text: 'Giant panda, Beijing Zoo', from: 'caption' } as const;
  const labelled = { ...reportImage(), thumbnail: null, pageDraft };
  const link = { ...labelled, rule: 'no-link-purpose', address: 'https://example.org/b' } as const;
  const [found, functional] = findingsOf([page('https://example.org/', labelled, link)]);
  expect(found?.suggestion?.origin).toBe('model');
  expect(found?.pageSuggestion).toEqual({ text: pageDraft.text, origin: 'page', from: 'caption' });
  expect(functional?.rule).toBe('no-link-purpose');
  expect(functional?.pageSuggestion).toBeNull();
});

test('a page that names the picture is asked where another did not', () => {
  const pageDraft = { text: 'Giant panda, Beijing Zoo', from: 'heading' } as const;
  const labelled = { ...reportImage(), thumbnail: null };
  const [found] = findingsOf([
    page('https://example.org/', labelled),
    page('https://example.org/two', { ...labelled, pageDraft }),
  ]);
  expect(found?.places).toHaveLength(2);
  expect(found?.pageSuggestion?.from).toBe('heading');
});
