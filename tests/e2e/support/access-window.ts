import { expect } from 'vitest';

import type { ExtensionSession } from '../harness';

/**
 * Presses the button of the window in which Firefox has us ask for access, and answers the browser's own
 * question after it.
 * @returns the match patterns that were asked for
 */
export async function answerAccess(
  session: ExtensionSession,
  isAllowed: boolean,
): Promise<string[]> {
  const asking = await session.openedPage('src/access/');
  await asking.waitForSelector('button');
  const address = await asking.evaluate(() => location.href);
  await asking.click('button');
  expect(await session.answerPermission(isAllowed)).toBe(true);
  return new URL(address).searchParams.getAll('origin');
}
