import { expect, test } from 'vitest';

import { privacyText } from '../../../src/ui/privacy-text';
import { english } from '../../fixtures/popup/english';
import { bareImage, pageReport, reportImage } from '../../fixtures/popup/report-image';

test('the ledger says what was counted, bytes sent among that', () => {
  const images = [reportImage(), bareImage({ state: 'failed', reason: 'network-failed' })];
  const report = pageReport(images);
  const counts = { ...report.counts, refetched: 2, refetchedBytes: 30_000 };
  expect(privacyText({ images, counts: { ...counts, sentBytes: 1234 } }, english, 'en')).toBe(
    'Images read: 1. Fetched again: 2 (30 kB). Bytes sent anywhere: 1,234.',
  );
  expect(privacyText({ images, counts: { ...counts, sentBytes: 0 } }, english, 'en')).toMatch(
    /Bytes sent anywhere: 0\.$/,
  );
});
