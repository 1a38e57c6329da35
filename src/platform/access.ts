import { browser } from './browser';

/** The match patterns of the hosts that the person has given access to. */
export async function grantedPatterns(): Promise<string[]> {
  return (await browser.permissions.getAll()).origins ?? [];
}

/** Has the person given access to all of these match patterns? */
export async function isAccessGranted(patterns: readonly string[]): Promise<boolean> {
  return await browser.permissions.contains({ origins: [...patterns] });
}

/**
 * Asks the person for access to these match patterns. The click allows the browser's question only if
 * nothing is awaited before.
 * @returns false where the person says no
 */
export function askForAccess(patterns: readonly string[]): Promise<boolean> {
  return browser.permissions.request({ origins: [...patterns] });
}

/** @returns false where the browser keeps the access, because something else includes it */
export function handBackAccess(patterns: readonly string[]): Promise<boolean> {
  return browser.permissions.remove({ origins: [...patterns] });
}

/**
 * Calls back when access is given or taken back, here or in the browser's own settings.
 * @returns ends the calls
 */
export function onAccessChanged(listener: () => void): () => void {
  const { onAdded, onRemoved } = browser.permissions;
  onAdded.addListener(listener);
  onRemoved.addListener(listener);
  return () => {
    onAdded.removeListener(listener);
    onRemoved.removeListener(listener);
  };
}
