import { expect, test } from 'vitest';

import { exportJson, type ExportedReport } from '../../../../src/core/report/export-json';
import { decide } from '../../../../src/core/report/triage';
import { bareImage, CAT, pageReport, reportImage } from '../../../fixtures/popup/report-image';

test('a report parses back with the decisions, and without what is never said', () => {
  const image = reportImage();
  const denied = reportImage({ id: 'image-2', silence: 'denied', hint: null, draft: null });
  const report = pageReport([image, denied]);
  const json = exportJson(report, decide({}, image, 'accepted'), Date.UTC(2026, 10, 23, 12));
  const back = JSON.parse(json) as ExportedReport;
  expect(back).toEqual({
    url: report.url,
    takenAt: '2026-11-23T12:00:00.000Z',
    counts: report.counts,
    images: [
      { ...image, altText: 'Domestic cat', decision: 'accepted' },
      { ...denied, prediction: { ...CAT, predictions: [] }, altText: '', decision: null },
    ],
  });
});

test('every image has every field, null where its state has nothing to say', () => {
  const images = [
    reportImage(),
    bareImage({ state: 'pending' }),
    bareImage({ state: 'skipped', reason: 'spacer' }),
    bareImage({ state: 'failed', reason: 'internal' }),
  ];
  const back = JSON.parse(exportJson(pageReport(images), {}, 0)) as ExportedReport;
  const [fields, ...others] = back.images.map((image) => Object.keys(image).sort());
  expect(fields).toContain('prediction');
  expect(others).toEqual([fields, fields, fields]);
  expect(back.images.map(({ reason }) => reason)).toEqual([null, 'not-near', 'spacer', 'internal']);
  expect(back.images[1]).toMatchObject({ prediction: null, hint: null, silence: null, rung: null });
  expect(back.counts.sentBytes).toBe(1234);
});

test('the words of the page are taken away with where they were found', () => {
  const pageDraft = { text: 'Giant panda, Beijing Zoo', from: 'caption' } as const;
  const json = exportJson(pageReport([reportImage({ pageDraft })]), {}, 0);
  const { images } = JSON.parse(json) as ExportedReport;
  expect(images.map((image) => image.pageDraft)).toEqual([pageDraft]);
});
