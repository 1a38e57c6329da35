/** What came of one page, whatever became of it. */
import type { Purpose, ReportImage } from '../../src/core/report/page-report';

/** Why a page could not be audited. */
export const PAGE_ERRORS = {
  unreachable: 'The page cannot be reached.',
  'tls-error': 'The connection is not secure: the certificate is refused.',
  'http-status': 'The server answers with an error.',
  'not-a-page': 'It is no web page, but a file of another kind.',
  'redirected-elsewhere': 'It leads to another site, which is not audited in its place.',
  'timed-out': 'The page does not answer in time.',
  'page-closed': 'The page closed itself or crashed.',
  'page-left': 'The page went to another one by itself.',
  'wait-for-missing': 'What was to be waited for never came.',
  'audit-failed': 'The audit of the page failed.',
} as const;
export type PageErrorCode = keyof typeof PAGE_ERRORS;

export class PageError extends Error {
  override readonly name = 'PageError';
  constructor(
    readonly code: PageErrorCode,
    detail: string,
    options?: ErrorOptions,
  ) {
    super(detail === '' ? PAGE_ERRORS[code] : `${PAGE_ERRORS[code]} (${detail})`, options);
  }
}

/** What a reader of the findings should know of a page that was audited. */
export const PAGE_NOTES = {
  'still-loading': 'The page was still loading when it was read.',
  'images-left': 'Some of its images were not looked at in the time that there was.',
} as const;
export type PageNote = keyof typeof PAGE_NOTES;

/** The notes of all pages, in their order. */
export function notesOf(
  pages: readonly PageAudit[],
): { url: string; note: PageNote; text: string }[] {
  return pages.flatMap((page) =>
    page.status === 'failed'
      ? []
      : page.notes.map((note) => ({ url: page.url, note, text: PAGE_NOTES[note] })),
  );
}

export type AuditedImage = ReportImage & { thumbnail: string | null };

export type PageAudit = {
  /** As it was asked for. */
  url: string;
  milliseconds: number;
} & (
  | {
      status: 'audited';
      /** Where the page is after its redirects. */
      finalUrl: string;
      title: string;
      images: AuditedImage[];
      notes: PageNote[];
      /** Addresses that links of the page lead to, in page order, without those with `rel=nofollow`. */
      links: string[];
    }
  | { status: 'failed'; error: { code: PageErrorCode; message: string } }
);

function namedPurpose({ control, target }: Purpose, nameOf: (address: string) => string): Purpose {
  return { control, target: target === null ? null : nameOf(target) };
}

/** The page with the names that a person knows its addresses by. */
export function namedPage(page: PageAudit, nameOf: (address: string) => string): PageAudit {
  const url = nameOf(page.url);
  if (page.status === 'failed') return { ...page, url };
  return {
    ...page,
    url,
    finalUrl: nameOf(page.finalUrl),
    images: page.images.map((image) => ({
      ...image,
      address: image.address === null ? null : nameOf(image.address),
      purpose: image.purpose && namedPurpose(image.purpose, nameOf),
    })),
  };
}
