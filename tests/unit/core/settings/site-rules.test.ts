import { expect, test } from 'vitest';

import { ruleFor, SITE_RULES, withRule } from '../../../../src/core/settings/site-rules';

const A = 'https://a.example';
const B = 'https://b.example';
const LISTS = { alwaysSites: [A], neverSites: [B] };

test('a site has the rule of the list that it is in', () => {
  expect(ruleFor(LISTS, A)).toBe('always');
  expect(ruleFor(LISTS, B)).toBe('never');
  expect(ruleFor(LISTS, 'https://c.example')).toBe('default');
  expect(ruleFor(LISTS, null)).toBe('default');
});

test('never holds where a site is in both lists', () => {
  expect(ruleFor({ alwaysSites: [A], neverSites: [A] }, A)).toBe('never');
});

test.each(SITE_RULES)('%s takes the place of any other rule of the site', (rule) => {
  for (const origin of [A, B]) expect(ruleFor(withRule(LISTS, origin, rule), origin)).toBe(rule);
});

test('other sites keep theirs, and none is listed twice', () => {
  expect(withRule(LISTS, A, 'always')).toEqual(LISTS);
  expect(withRule(LISTS, A, 'never')).toEqual({ alwaysSites: [], neverSites: [B, A] });
  expect(withRule(LISTS, B, 'default')).toEqual({ alwaysSites: [A], neverSites: [] });
});
