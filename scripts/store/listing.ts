/** The listing texts of store/listings, one file a language, as the check reads them and a person pastes them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Listing {
  name: string;
  /** Plain text: paragraphs parted by blank lines, list items that begin with a bullet. */
  description: string;
  searchTerms: readonly string[];
  /** What each screenshot shows, in the order of the screenshots. */
  captions: readonly string[];
}

const FORM =
  /^# (.+)\n\n([\s\S]+?)\n\n## Search terms\n\n([\s\S]+?)\n\n## Screenshots\n\n([\s\S]+)$/;

/**
 * The parts of a listing.
 * @param text a title, the description, then the sections "Search terms" and "Screenshots"
 * @throws Error where a part is missing or out of order
 */
export function parseListing(text: string): Listing {
  const [, name, description, terms, captions] = FORM.exec(text) ?? [];
  if (name === undefined || description === undefined) {
    throw new Error('A listing has a title, a description, "Search terms" and "Screenshots".');
  }
  const items = (list = ''): string[] =>
    list.split('\n').flatMap((line) => /^(?:-|\d+\.) (.+)$/.exec(line)?.[1] ?? []);
  return { name, description, searchTerms: items(terms), captions: items(captions) };
}

/** @param folder the project's */
export function readListing(folder: string, locale: string): Listing {
  return parseListing(readFileSync(join(folder, `store/listings/${locale}.md`), 'utf8'));
}
