import { expect, test } from 'vitest';

import { assertAsShown, isMadeAnew } from '../../../../src/core/look/as-shown';

const shown = { width: 400, height: 300 };

test.each([
  ['the same size', { width: 400, height: 300 }],
  ['on its side, as a camera’s file is before it is turned', { width: 300, height: 400 }],
  ['no size in its header', null],
])('%s may be what is shown', (_, claimed) => {
  assertAsShown(claimed, shown);
  assertAsShown(claimed, null);
});

test('another size is another picture, whatever its shape', () => {
  for (const claimed of [
    { width: 200, height: 150 },
    { width: 400, height: 301 },
  ]) {
    expect(() => {
      assertAsShown(claimed, shown);
    }).toThrow(expect.objectContaining({ code: 'image-not-readable' }));
  }
});

test('what nobody may keep is made anew, unless it is dated; what is to be checked again is not', () => {
  const unkept = { 'cache-control': 'private, No-Store' };
  expect(isMadeAnew(new Headers(unkept), false)).toBe(true);
  const dated = { ...unkept, 'last-modified': 'Wed, 01 Jul 2026 10:00:00 GMT' };
  expect(isMadeAnew(new Headers(dated), false)).toBe(false);
  expect(isMadeAnew(new Headers(), false)).toBe(false);
  for (const kept of ['', 'no-cache', 'public, max-age=0, must-revalidate']) {
    expect(isMadeAnew(new Headers({ 'cache-control': kept }), false)).toBe(false);
  }
});

test('what depends on cookies is made anew for who sends none', () => {
  const forMembers = new Headers({ vary: 'Accept-Encoding, Cookie' });
  expect(isMadeAnew(forMembers, false)).toBe(true);
  expect(isMadeAnew(forMembers, true)).toBe(false);
  expect(isMadeAnew(new Headers({ vary: '*' }), false)).toBe(true);
  for (const vary of ['Origin', 'Accept-Encoding, X-Cookies', 'accept']) {
    expect(isMadeAnew(new Headers({ vary }), false)).toBe(false);
  }
});
