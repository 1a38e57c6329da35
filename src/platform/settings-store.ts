import { browser } from './browser';

import { memoised } from '../core/memoised';
import { createOneAtATime } from '../core/one-at-a-time';
import { repairSettings, type Settings } from '../core/settings/settings';
import { SETTINGS as KEY } from './stored-changes';
import {
  readStoredSettings,
  storedSettings,
  type ReadSettings,
} from '../core/settings/settings-versions';

/**
 * What this browser goes by lies in local storage; synchronised storage carries it between the
 * person's browsers. So settings work, and are read fast, where synchronising is off, refused or too
 * small for a long list of sites (8 kB an item).
 */

type Area = 'local' | 'sync';

async function read(area: Area): Promise<ReadSettings> {
  const stored = await browser.storage[area].get(KEY);
  return readStoredSettings(stored[KEY]);
}

/** Read once and kept: the worker asks for every picture. */
const readLocal = memoised(() => read('local'));

browser.storage.onChanged.addListener((changes, area) => {
  if (area === 'local' && KEY in changes) readLocal.forget();
});

async function writeLocal(stored: ReturnType<typeof storedSettings>): Promise<void> {
  await browser.storage.local.set({ [KEY]: stored });
  // The browser's own word of it may come later than the next question.
  readLocal.set(readStoredSettings(stored));
}

/** The settings of this browser; what is missing or wrong comes as its default. */
export async function loadSettings(): Promise<Settings> {
  return (await readLocal()).settings;
}

/** Changes wait for each other: two at a time would each undo the other's. */
const inTurn = createOneAtATime();

/**
 * Changes the given fields, and names those that were wrong and fell back to their defaults.
 * @param changesOf what to change; a list that grows is made from the settings as they are in its turn
 */
export function changeSettings(
  changesOf:
    Readonly<Record<string, unknown>> | ((settings: Settings) => Readonly<Record<string, unknown>>),
): Promise<{ settings: Settings; repaired: string[] }> {
  return inTurn(async () => {
    const before = await readLocal();
    const changes = typeof changesOf === 'function' ? changesOf(before.settings) : changesOf;
    const result = repairSettings({ ...before.settings, ...changes });
    // A clock that was set back must not make the change look older than what it changes.
    const stored = storedSettings(result.settings, Math.max(Date.now(), before.savedAt + 1));
    await writeLocal(stored);
    await browser.storage.sync.set({ [KEY]: stored }).catch(() => undefined);
    return result;
  });
}

/**
 * Takes over what another browser of the person has changed since, if anything.
 * @returns whether the settings of this browser are others now
 */
export function adoptSyncedSettings(): Promise<boolean> {
  return inTurn(async () => {
    const synced = await read('sync').catch(() => null);
    if (synced === null || synced.savedAt <= (await readLocal()).savedAt) return false;
    await writeLocal(storedSettings(synced.settings, synced.savedAt));
    return true;
  });
}

/** Calls back when settings arrive from another browser, or are changed here. Register in the worker's first turn. */
export function onSyncedSettings(listener: () => void): void {
  browser.storage.onChanged.addListener((changes, area) => {
    if (area === 'sync' && KEY in changes) listener();
  });
}
