import { expect, test } from 'vitest';

import { exportHtml } from '../../../../src/core/report/export-html';
import { imageKey } from '../../../../src/core/report/page-report';
import { decide } from '../../../../src/core/report/triage';
import { english } from '../../../fixtures/popup/english';
import { bareImage, pageReport, reportImage } from '../../../fixtures/popup/report-image';

const TEXTS = {
  language: 'en',
  direction: 'ltr',
  say: english,
  percent: (probability: number) => `${Math.round(probability * 100)}%`,
  explain: ({ reason }: { reason: string | null }) => (reason === null ? '' : `why ${reason}`),
};

test('every image is a row with its text, label and decision', () => {
  const image = reportImage();
  const failed = bareImage({ id: 'image-2', state: 'failed', reason: 'image-tainted' });
  const html = exportHtml(
    pageReport([image, failed]),
    decide({}, image, 'accepted'),
    Date.UTC(2026, 10, 23, 12),
    new Map([[imageKey(image), 'data:image/webp;base64,AAAA']]),
    TEXTS,
  );
  expect(html.match(/<th scope="row">/g)).toHaveLength(2);
  expect(html).toContain('<img src="data:image/webp;base64,AAAA" alt="">');
  expect(html).toContain('<span lang="en">domestic cat</span> 95%');
  expect(html).toContain(english('report_decision_accepted'));
  expect(html).toContain('why image-tainted');
});

test('what a page wrote stays text', () => {
  const bad = '"><script>alert(1)</script>';
  const image = reportImage({ name: bad, address: `javascript:${bad}`, draft: bad });
  const html = exportHtml(pageReport([image]), {}, 0, new Map(), TEXTS);
  expect(html).not.toContain('<script');
  expect(html).not.toContain('href="javascript:');
  expect(html).toContain('&lt;script&gt;');
});
