import { putNewest } from '../core/newest';
import { browser } from './browser';

import { fittingEntries, listOf } from '../core/check';
import { memoised } from '../core/memoised';
import { isPictureName, isSynset } from '../core/saying/prediction-checks';

const KEY = 'privateDismissals';
/** More than a person dismisses while a private window is open. */
const MAX_PICTURES = 500;
const areSynsets = listOf(isSynset, 100);

type Entry = [picture: string, synsets: readonly string[]];

function isEntry(value: unknown): value is Entry {
  return Array.isArray(value) && isPictureName(value[0]) && areSynsets(value[1]);
}

/** Session storage is in memory alone, and outlives the worker, which stops after half a minute. */
const load = memoised(async () => {
  const stored = await browser.storage.session.get(KEY);
  return new Map(fittingEntries(isEntry, MAX_PICTURES, stored[KEY]));
});

/** All that is dismissed of a picture in private windows; undefined where nothing was decided of it there. */
export async function privateDismissals(picture: string): Promise<readonly string[] | undefined> {
  return (await load()).get(picture);
}

/** From now on this is all that is dismissed of the picture in private windows. */
export async function storePrivateDismissals(
  picture: string,
  synsets: readonly string[],
): Promise<void> {
  const known = await load();
  putNewest(known, picture, synsets, MAX_PICTURES);
  await browser.storage.session.set({ [KEY]: [...known] });
}

/** The last private window is closed: nothing of it is left. */
export async function forgetPrivateDismissals(): Promise<void> {
  load.set(new Map());
  await browser.storage.session.remove(KEY);
}
