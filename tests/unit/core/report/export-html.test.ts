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
  ask: ({ purpose }: { purpose: { target: string | null } | null }) =>
    purpose === null ? '' : `Where to: ${purpose.target ?? ''}`,
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

test('a text that may not match has its column, and a link is asked for where it leads', () => {
  const mismatch = { term: 'dog', synset: 'n02084071' };
  const purpose = { control: 'link', target: 'https://example.org/cats' } as const;
  const images = [reportImage({ mismatch, name: 'A dog' }), reportImage({ purpose, draft: null })];
  const html = exportHtml(pageReport(images), {}, 0, new Map(), TEXTS);
  expect(html).toContain(`<th scope="col">${english('report_filter_mismatch')}</th>`);
  expect(html).toContain(`<td>${english('report_mismatch', 'dog', 'domestic cat')}</td>`);
  expect(html).toContain('<td>Where to: https://example.org/cats</td>');
});

test('the words of the page stand under the draft, with where they were found', () => {
  const pageDraft = { text: 'Giant <panda>, Beijing Zoo', from: 'caption' } as const;
  const html = exportHtml(pageReport([reportImage({ pageDraft })]), {}, 0, new Map(), TEXTS);
  expect(html).toContain(
    `<small>${english('popup_draft_of_caption')}</small><br><span lang="en">Giant &lt;panda&gt;, Beijing Zoo</span>`,
  );
});
