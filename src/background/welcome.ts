import { browser, type Runtime } from '../platform/browser';

const WELCOME_PAGE = 'src/welcome/index.html';

/** Nobody is there to be welcomed: a program drives the browser. */
const HEADLESS = /\bHeadless/;

/** Is the welcome page to be shown? Once, when a person installs Alt Lens; never after an update. */
export function isWelcomeDue(reason: Runtime.OnInstalledReason, userAgent: string): boolean {
  return reason === 'install' && !HEADLESS.test(userAgent);
}

export async function openWelcome(reason: Runtime.OnInstalledReason): Promise<void> {
  if (!isWelcomeDue(reason, navigator.userAgent)) return;
  await browser.tabs.create({ url: browser.runtime.getURL(WELCOME_PAGE) });
}
