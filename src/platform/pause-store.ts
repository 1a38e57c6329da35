import { browser } from './browser';

import { isPauseEnd, type PausedUntil } from '../core/settings/labelling-state';

const KEY = 'pausedUntil';

export async function loadPause(): Promise<PausedUntil> {
  const [session, local] = await Promise.all([
    browser.storage.session.get(KEY),
    browser.storage.local.get(KEY),
  ]);
  if (session[KEY] === 'restart') return 'restart';
  const until = local[KEY];
  return isPauseEnd(until, Date.now()) && until > Date.now() ? until : null;
}

/** A time outlives the browser, `restart` by its nature does not. */
export async function storePause(until: PausedUntil): Promise<void> {
  await Promise.all([
    browser.storage.session.set({ [KEY]: until === 'restart' ? until : null }),
    browser.storage.local.set({ [KEY]: typeof until === 'number' ? until : null }),
  ]);
}
