import { expect, test } from 'vitest';

import { commandOf, KEY_HELP } from '../../../src/report/keys';

const pressed = (key: string, changes: Partial<Parameters<typeof commandOf>[0]> = {}) =>
  commandOf({ key, ctrlKey: false, altKey: false, metaKey: false, isTyping: false, ...changes });

test('letters are commands, in either case', () => {
  expect(['j', 'k', 'a', 'e', 'r', 'w', 'u'].map((key) => pressed(key))).toEqual([
    'next',
    'previous',
    'accept',
    'edit',
    'reject',
    'dismiss',
    'undo',
  ]);
  expect(pressed('J')).toBe('next');
  expect(pressed('x')).toBeNull();
});

test('typed letters and browser shortcuts are left alone', () => {
  expect(pressed('a', { isTyping: true })).toBeNull();
  expect(pressed('r', { ctrlKey: true })).toBeNull();
  expect(pressed('e', { altKey: true })).toBeNull();
  expect(pressed('k', { metaKey: true })).toBeNull();
});

test('every letter that the help shows does something', () => {
  const letters = KEY_HELP.flatMap(({ keys }) => [...keys]).filter((key) => /^[a-z]$/.test(key));
  expect(letters).toHaveLength(7);
  for (const letter of letters) expect(pressed(letter)).not.toBeNull();
});
