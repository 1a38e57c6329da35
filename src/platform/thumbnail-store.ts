import { browser } from './browser';

import { memoised } from '../core/memoised';
import { isThumbnail } from '../core/report/thumbnail-address';

const PREFIX = 'thumbnail:';
/** About 3 kB each, of the 10 MB that session storage holds. */
const MAX_THUMBNAILS = 300;

/** Firefox and Chrome have it; the polyfill's types do not know it yet. */
interface KeyedArea {
  getKeys: () => Promise<string[]>;
}

/** The keys of what is stored, oldest first as far as this worker has seen them come. */
const keys = memoised(async () => {
  const all = await (browser.storage.session as unknown as KeyedArea).getKeys();
  return new Set(all.filter((key) => key.startsWith(PREFIX)));
});

export async function hasThumbnail(picture: string): Promise<boolean> {
  return (await keys()).has(PREFIX + picture);
}

/** Keeps a picture's small copy, a `data:` URL, in memory until the browser closes; the oldest makes room. */
export async function storeThumbnail(picture: string, thumbnail: string): Promise<void> {
  const known = await keys();
  known.add(PREFIX + picture);
  const [oldest] = known;
  if (known.size > MAX_THUMBNAILS && oldest !== undefined) {
    known.delete(oldest);
    await browser.storage.session.remove(oldest);
  }
  await browser.storage.session.set({ [PREFIX + picture]: thumbnail });
}

/** The small copies of these pictures that are known, by `pictureHash`. */
export async function loadThumbnails(
  pictures: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const stored = await browser.storage.session.get(pictures.map((picture) => PREFIX + picture));
  return new Map(
    Object.entries(stored).flatMap(([key, thumbnail]: [string, unknown]) =>
      isThumbnail(thumbnail) ? [[key.slice(PREFIX.length), thumbnail]] : [],
    ),
  );
}

export async function forgetThumbnails(): Promise<void> {
  const known = await keys();
  await browser.storage.session.remove([...known]);
  known.clear();
}
