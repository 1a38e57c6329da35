import browser from 'webextension-polyfill';

import { repairSettings, type Settings } from '../core/settings';

const KEY = 'settings';

/** The stored settings; what is missing or wrong comes as its default. */
export async function loadSettings(): Promise<Settings> {
  const stored = await browser.storage.local.get(KEY);
  return repairSettings(stored[KEY]).settings;
}

/** Changes the given fields, and names those that were wrong and fell back to their defaults. */
export async function changeSettings(
  changes: Readonly<Record<string, unknown>>,
): Promise<{ settings: Settings; repaired: string[] }> {
  const result = repairSettings({ ...(await loadSettings()), ...changes });
  await browser.storage.local.set({ [KEY]: result.settings });
  return result;
}
