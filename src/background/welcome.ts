import type { Runtime } from '../platform/browser';
import { openTab, packageAddress, WELCOME_PAGE } from '../platform/tabs';

/** Nobody is there to be welcomed: a program drives the browser. */
const HEADLESS = /\bHeadless/;

/**
 * Is the welcome page to be shown? Once, when a person installs Alt Lens; never after an update.
 * @param isDriven as `navigator.webdriver`, by which Firefox tells of a program
 */
export function isWelcomeDue(
  reason: Runtime.OnInstalledReason,
  userAgent: string,
  isDriven: boolean,
): boolean {
  return reason === 'install' && !HEADLESS.test(userAgent) && !isDriven;
}

export async function openWelcome(reason: Runtime.OnInstalledReason): Promise<void> {
  const { userAgent, webdriver = false } = navigator as { userAgent: string; webdriver?: boolean };
  if (!isWelcomeDue(reason, userAgent, webdriver)) return;
  await openTab(packageAddress(WELCOME_PAGE));
}
