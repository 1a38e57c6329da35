import { browser } from './browser';

/** The key of the settings, in local and synchronised storage. */
export const SETTINGS = 'settings';

type Area = 'local' | 'session' | 'sync';

/**
 * Calls back when a key of a storage area changes, whoever changes it.
 * @returns ends the calls
 */
export function onStored(area: Area, key: string, listener: () => void): () => void {
  const heard = (changes: Record<string, unknown>, where: string): void => {
    if (where === area && key in changes) listener();
  };
  browser.storage.onChanged.addListener(heard);
  return () => {
    browser.storage.onChanged.removeListener(heard);
  };
}
