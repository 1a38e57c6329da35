/** The report as a file: words stay whole, however narrow the window. */
import { expect, test } from 'vitest';

import { exportHtml } from '../../../../src/core/report/export-html';
import { pageReport, reportImage } from '../../../fixtures/popup/report-image';
import { show } from '../../harness/page';

const WORDS = 'Hippopotamuses photographed underneath extraordinarily overcrowded waterfalls';

test.each([360, 700, 1200])('at %d px no word is cut, and long addresses are', async (width) => {
  const images = Array.from({ length: 3 }, (_, index) =>
    reportImage({
      ...{ id: `${index}`, name: WORDS, draft: WORDS },
      address: `https://example.org/${'long-path/'.repeat(20)}`,
    }),
  );
  const html = exportHtml(pageReport(images), {}, 0, new Map(), {
    ...{ language: 'en', direction: 'ltr', say: (key: string) => key.replaceAll('_', ' ') },
    ...{ percent: String, explain: () => '', ask: () => '' },
  });
  show(`<iframe style="width: ${width}px; height: 600px"></iframe>`);
  const frame = document.querySelector('iframe');
  if (frame === null) throw new Error('No frame.');
  frame.srcdoc = html;
  await new Promise((resolve) => {
    frame.addEventListener('load', resolve, { once: true });
  });
  const page = frame.contentDocument;
  if (page === null) throw new Error('No page.');
  const cut: string[] = [];
  let looked = 0;
  for (const cell of page.querySelectorAll('td:not(:has(a, code)), th')) {
    const walker = page.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      for (const { index, 0: word } of (node.textContent ?? '').matchAll(/\S+/gu)) {
        const range = page.createRange();
        range.setStart(node, index);
        range.setEnd(node, index + word.length);
        looked += 1;
        if (range.getClientRects().length > 1) cut.push(word);
      }
    }
  }
  expect(looked).toBeGreaterThan(30);
  expect(cut).toEqual([]);
  // What does not fit is scrolled to in its own box.
  expect(page.documentElement.scrollWidth).toBeLessThanOrEqual(width);
});
