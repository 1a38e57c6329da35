/** The rule's word on patterns, against the steps of a matcher on texts that are made for them. */
import { describe, expect, test } from 'vitest';

import { ambiguityOf } from '../../../../scripts/lint/ambiguity.js';
import { patternSteps, TooManySteps } from '../../support/pattern-steps';

interface Case {
  pattern: RegExp;
  /** `again` so many times, between what makes the pattern try. */
  text: (times: number) => string;
}

const after =
  (again: string, before = '', end = '\0') =>
  (times: number) =>
    before + again.repeat(times) + end;

const LINEAR: Case[] = [
  { pattern: /\s+/g, text: after(' ') },
  { pattern: /^\s+$/, text: after(' ') },
  { pattern: /(?:ab)+/g, text: after('ab') },
  { pattern: /^(?:a|b)*$/, text: after('ab') },
  { pattern: /^\d+(?:\.\d+)*$/, text: after('1.') },
  { pattern: /<!--[^]*?-->/y, text: after('<!--') },
  { pattern: /^x(?=.*b)/, text: after('x') },
  { pattern: /-(\d+)x(\d+)$/, text: after('-1') },
  { pattern: /^rgba\(.*,\s*([\d.]+)\)$/, text: after(', 1', 'rgba(') },
  { pattern: /(^|\s)-\d[\d.]*px/, text: after(' -1') },
  { pattern: /^(?:img|dsc)[ _-]?\d{3}[\w-]*(?: ?\(\d+\))?$/iu, text: after('1', 'IMG') },
  { pattern: /\p{L}+/gu, text: after('é') },
  { pattern: /\bwarp\b/i, text: after('warp') },
];

const POLYNOMIAL: Case[] = [
  { pattern: /\s+$/, text: after(' ') },
  { pattern: /[\s#.]*\d+$/, text: after('1') },
  { pattern: /[.!]+$/, text: after('!') },
  { pattern: /^\S+\.\S+\s$/, text: after('.') },
  { pattern: /^a*a*$/, text: after('a') },
  { pattern: /^\w+\s?\w+$/, text: after('a') },
  { pattern: /^\w+\B\w+$/, text: after('a') },
  { pattern: /<!--[^]*?-->/, text: after('<!--') },
  { pattern: /(?:a*b)+/g, text: after('a') },
  { pattern: /x(?=.*b)/, text: after('x') },
  { pattern: /(?=a*)b/, text: after('a') },
  { pattern: /"(?:[^"\\]|\\.)*"/, text: after('\\"a') },
  { pattern: /url\(\s*([^)]*)\s*\)/g, text: after(' ', 'url(') },
];

const EXPONENTIAL: Case[] = [
  { pattern: /^(a+)+$/, text: after('a') },
  { pattern: /^(a|a)*$/, text: after('a') },
  { pattern: /^(?:a?b?)*c/, text: after('ab') },
  { pattern: /^(?:\d+\.?)*$/, text: after('1') },
  { pattern: /^(?:\s|<!--[^]*?-->)*<svg/, text: after('<!---->') },
  { pattern: /(?:\w+\s*)+;/, text: after('a') },
];

describe.each([
  ['linear', LINEAR],
  ['polynomial', POLYNOMIAL],
  ['exponential', EXPONENTIAL],
] as const)('%s', (cost, cases) => {
  test.each(cases)('$pattern', ({ pattern, text }) => {
    expect(ambiguityOf(pattern.source, pattern.flags)).toBe(cost);
    const [few, many] = cost === 'exponential' ? [8, 16] : [100, 200];
    const steps = patternSteps(pattern, text(few));
    const doubled = patternSteps(pattern, text(many));
    // Where a text ends the last tries are shorter.
    if (cost === 'linear') expect(doubled).toBeLessThanOrEqual(steps * 2 + 10);
    else expect(doubled).toBeGreaterThan(steps * (cost === 'polynomial' ? 3 : 10));
  });
});

test('a match of a global pattern is tried from where the last one ended', () => {
  const steps = (times: number): number => {
    const pattern = /a(?:a*b)?/g;
    let sum = 0;
    const text = 'a'.repeat(times);
    do sum += patternSteps(pattern, text);
    while (pattern.exec(text) !== null);
    return sum;
  };
  expect(ambiguityOf('a(?:a*b)?', 'g')).toBe('polynomial');
  expect(steps(200)).toBeGreaterThan(steps(100) * 3);
});

test('what can not be told is said', () => {
  expect(ambiguityOf('(a)\\1')).toBe('it has a Backreference');
  expect(ambiguityOf('(?<=a+)b')).toBe('it looks behind');
  expect(ambiguityOf('[[a-z]--b]', 'v')).toBe('it has the flag v');
});

test('steps are not counted for ever', () => {
  expect(() => patternSteps(/^(a+)+$/, `${'a'.repeat(40)}!`, 100_000)).toThrow(TooManySteps);
});
