import { runInNewContext } from 'node:vm';

import { expect, test } from 'vitest';

import { asAscii } from '../../../../scripts/build/ascii-script';

test.each([
  ['a text', `"Größe’s 에 😀\u2028"`],
  ['a template', '`“${"é"}” \\u00e9 \\\\é`'],
  ['a pattern', `"Ж😀".replace(/[а-яА-Я]|\\p{M}/u, "х")`],
  ['a pattern of whole signs', `"😀".match(/^[😀-😂]$/u)[0]`],
])('%s means the same in ASCII', (_, code) => {
  const ascii = asAscii(code);
  expect(ascii).toMatch(/^[\0-\x7f]+$/);
  expect(runInNewContext(ascii)).toBe(runInNewContext(code));
});

test('ASCII stays as it is', () => {
  const code = String.raw`"\u00e9\\" + /\x41/`;
  expect(asAscii(code)).toBe(code);
});

test('a sign behind a backslash is refused: its escape would be another', () => {
  expect(() => asAscii(String.raw`/\’/`)).toThrow('backslash before ’');
});
