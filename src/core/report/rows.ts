/** Which images of a report are listed, and in which order. */
import { saidOfImage, type ReportImage } from './page-report';

/** By the need of a text, or by what kept an image from its label. */
export const IMAGE_FILTERS = [
  'all',
  'missing',
  'weak',
  'mismatch',
  'named',
  'decorative',
  'skipped',
  'failed',
] as const;
export type ImageFilter = (typeof IMAGE_FILTERS)[number];

export const IMAGE_ORDERS = ['position', 'need', 'confidence'] as const;
export type ImageOrder = (typeof IMAGE_ORDERS)[number];

export interface ImageQuery {
  filter: ImageFilter;
  /** Words that must all be found in an image's texts, label or address. */
  search: string;
  order: ImageOrder;
}

function matchesFilter({ need, state, mismatch }: ReportImage, filter: ImageFilter): boolean {
  if (filter === 'all') return true;
  if (filter === 'mismatch') return mismatch !== null;
  return filter === 'skipped' || filter === 'failed' ? state === filter : need === filter;
}

/** The calibrated probability (0-1) of what is said or guessed of an image, or null. */
export function confidenceOf(image: ReportImage): number | null {
  return saidOfImage(image)?.probability ?? image.prediction?.guess?.probability ?? null;
}

/** The label that is said or guessed, or null. */
export function labelTextOf(image: ReportImage): string | null {
  return saidOfImage(image)?.label ?? image.prediction?.guess?.label ?? null;
}

function searchedText(image: ReportImage): string {
  const { name, draft, pageDraft, address, selector } = image;
  const english = (saidOfImage(image) ?? image.prediction?.guess)?.english;
  const words = [labelTextOf(image), english, name, draft, pageDraft?.text];
  return [...words, address, selector].join('\n').toLowerCase();
}

/** The less, the more it needs a person: no text, one that may be false, a weak one, then all others. */
function needRank({ need, mismatch }: ReportImage): number {
  if (need === 'missing') return 0;
  if (mismatch !== null) return 1;
  return need === 'weak' ? 2 : 3;
}

/** The images that a query asks for; those without a confidence come last, equals in page order. */
export function listImages(
  images: readonly ReportImage[],
  { filter, search, order }: ImageQuery,
): ReportImage[] {
  const words = search.toLowerCase().split(/\s+/u).filter(Boolean);
  const found = images.filter((image) => {
    if (!matchesFilter(image, filter)) return false;
    if (words.length === 0) return true;
    const text = searchedText(image);
    return words.every((word) => text.includes(word));
  });
  switch (order) {
    case 'position':
      return found;
    case 'need':
      return found.sort((a, b) => needRank(a) - needRank(b));
    case 'confidence':
      return found.sort((a, b) => (confidenceOf(b) ?? -1) - (confidenceOf(a) ?? -1));
  }
}

/** How many images each filter finds. */
export function countFilters(images: readonly ReportImage[]): Record<ImageFilter, number> {
  const counts: Record<ImageFilter, number> = {
    ...{ all: 0, missing: 0, weak: 0, mismatch: 0, named: 0, decorative: 0, skipped: 0, failed: 0 },
  };
  for (const image of images) {
    for (const filter of IMAGE_FILTERS) if (matchesFilter(image, filter)) counts[filter] += 1;
  }
  return counts;
}

/** `<img alt="…">` to paste into a page's source. */
export function altHtml(altText: string): string {
  return `<img alt="${altText.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;')}">`;
}
