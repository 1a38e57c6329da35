import { browser } from './browser';

import type { BackendMemory } from '../core/engine-status';

const KEY = 'backends';

/**
 * What the engine found out about the backends. Session storage: it outlives the service worker, which
 * may be stopped every half minute, but not the browser, with which drivers may change.
 */
export async function loadBackends(): Promise<BackendMemory | null> {
  const stored = await browser.storage.session.get(KEY);
  return (stored[KEY] as BackendMemory | undefined) ?? null;
}

export async function rememberBackends(memory: BackendMemory): Promise<void> {
  await browser.storage.session.set({ [KEY]: memory });
}
