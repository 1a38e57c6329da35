/** Small copies of pictures, as they travel and are stored: `data:` addresses. */

/** Fifty times the usual size. */
const MAX_THUMBNAIL_LENGTH = 200_000;

/** Is it a small picture as an address of its own? Anything else would be asked of the network by whoever shows it. */
export function isThumbnail(value: unknown): value is string {
  return typeof value === 'string' && value.length <= MAX_THUMBNAIL_LENGTH && /^data:/i.test(value);
}

/** Of thumbnails by some name, those that are some. */
export function fittingThumbnails(given: unknown): Record<string, string> {
  const entries = Object.entries(Object(given) as Record<string, unknown>);
  return Object.fromEntries(
    entries.filter((entry): entry is [string, string] => isThumbnail(entry[1])),
  );
}
