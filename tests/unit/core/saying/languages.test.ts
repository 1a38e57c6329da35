import { expect, test } from 'vitest';

import { asQuestion, LANGUAGES } from '../../../../src/core/saying/languages';

test('a question has the mark that its language writes, and one only', () => {
  expect(asQuestion('قطة', 'ar')).toBe('قطة؟');
  expect(asQuestion('猫', 'ja')).toBe('猫？');
  expect(asQuestion('猫', 'zh-CN')).toBe('猫？');
  expect(asQuestion('chat', 'fr')).toBe('chat\u202f?');
  expect(asQuestion('Katze', 'de')).toBe('Katze?');
  for (const language of LANGUAGES) expect(asQuestion('x', language)).toMatch(/^x\s?[?？؟]$/u);
});
