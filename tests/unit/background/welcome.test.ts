import { expect, test, vi } from 'vitest';

vi.mock('webextension-polyfill', () => import('../support/fake-browser'));

const { isWelcomeDue } = await import('../../../src/background/welcome');

const PERSON = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/148.0.0.0 Safari/537.36';

test.each([
  ['install', PERSON, false, true],
  ['update', PERSON, false, false],
  ['browser_update', PERSON, false, false],
  ['install', PERSON.replace('Chrome/', 'HeadlessChrome/'), false, false],
  ['install', PERSON, true, false],
] as const)('%s in %s, driven by a program %s: %s', (reason, userAgent, isDriven, isDue) => {
  expect(isWelcomeDue(reason, userAgent, isDriven)).toBe(isDue);
});
