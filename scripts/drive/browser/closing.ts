import type { Browser } from 'puppeteer';

import { onProcessEnd } from '../../node/process-end';
import { within } from '../extension-session/wait-until';

/** How long a browser may take to close by itself, milliseconds. */
const CLOSE_LIMIT_MS = 10_000;

/**
 * What ends a browser that we started, also when this process ends first: asked to close, then killed with
 * its helpers.
 * @param onClosed once it is gone
 * @returns ends it; safe to call twice
 */
export function closing(browser: Browser, onClosed: () => void): () => Promise<void> {
  const child = browser.process();
  const kill = (): void => {
    if (child?.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
    try {
      // puppeteer makes the browser the leader of a process group; its helpers go with it.
      process.kill(process.platform === 'win32' ? child.pid : -child.pid, 'SIGKILL');
    } catch {
      child.kill('SIGKILL');
    }
  };
  const forget = onProcessEnd(kill);
  return async () => {
    try {
      await within('the browser closes', browser.close(), CLOSE_LIMIT_MS);
    } catch {
      // It hangs or is gone already: the kill below decides.
    }
    kill();
    forget();
    onClosed();
  };
}
