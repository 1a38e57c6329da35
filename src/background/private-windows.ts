import { browser } from '../platform/browser';

import { forgetPrivateDismissals } from '../platform/private-dismissals';
import { unawaited } from './unawaited';

async function endWhereOver(): Promise<void> {
  const windows = await browser.windows.getAll();
  if (!windows.some(({ incognito }) => incognito)) await forgetPrivateDismissals();
}

/** What a person decided in private windows is forgotten when the last of them is closed. Call in the first turn. */
export function followPrivateWindows(): void {
  browser.windows.onRemoved.addListener(() => {
    unawaited(endWhereOver());
  });
}
