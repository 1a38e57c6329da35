import { putNewest } from '../core/newest';
import { browser } from './browser';

import { fittingEntries } from '../core/check';
import { memoised } from '../core/memoised';
import { isPictureName } from '../core/saying/prediction-checks';

const KEY = 'fetchedAddresses';
/** As many pictures as a session meets that the page itself cannot read. */
const MAX_ADDRESSES = 2000;

function isEntry(value: unknown): value is [address: string, picture: string] {
  return Array.isArray(value) && typeof value[0] === 'string' && isPictureName(value[1]);
}

/**
 * Which picture an address showed, for this session only: what the worker has fetched once is not
 * fetched again on a second visit. The values are names of pictures, see `pictureHash`.
 */
export async function recallAddress(address: string): Promise<string | null> {
  return (await load()).get(address) ?? null;
}

export async function rememberAddress(address: string, picture: string): Promise<void> {
  const memory = await load();
  putNewest(memory, address, picture, MAX_ADDRESSES);
  await browser.storage.session.set({ [KEY]: [...memory] });
}

export async function forgetAddresses(): Promise<void> {
  (await load()).clear();
  await browser.storage.session.remove(KEY);
}

const load = memoised(async () => {
  const stored = await browser.storage.session.get(KEY);
  return new Map(fittingEntries(isEntry, MAX_ADDRESSES, stored[KEY]));
});
