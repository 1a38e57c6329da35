import { expect, test, vi } from 'vitest';

vi.mock('webextension-polyfill', () => import('../support/fake-browser'));

const { isWelcomeDue } = await import('../../../src/background/welcome');

const PERSON = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/148.0.0.0 Safari/537.36';

test.each([
  ['install', PERSON, true],
  ['update', PERSON, false],
  ['browser_update', PERSON, false],
  ['install', PERSON.replace('Chrome/', 'HeadlessChrome/'), false],
] as const)('%s in %s: %s', (reason, userAgent, isDue) => {
  expect(isWelcomeDue(reason, userAgent)).toBe(isDue);
});
