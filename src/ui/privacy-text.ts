import type { PageReport } from '../core/report/page-report';
import { kilobytes, wholeNumber } from './format';
import type { Say } from './say';

/**
 * What was read, what was fetched again for that, and what was sent anywhere: counted, not promised.
 * @param language BCP 47 tag for numbers and units
 */
export function privacyText(
  { counts, images }: Pick<PageReport, 'counts' | 'images'>,
  say: Say,
  language: string,
): string {
  return say(
    'report_privacy',
    wholeNumber(images.filter(({ state }) => state === 'labelled').length, language),
    wholeNumber(counts.refetched, language),
    kilobytes(counts.refetchedBytes, language),
    wholeNumber(counts.sentBytes, language),
  );
}
