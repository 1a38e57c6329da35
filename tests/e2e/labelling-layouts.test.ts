/**
 * Five complex layouts after well-known kinds of pages, with photos. ALT_LENS_SCREENSHOTS names a folder
 * for pictures of them with their labels, light and dark.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { beforeAll, describe, expect, test } from 'vitest';

import { openSession, openSite, waitUntil, type ExtensionSession, type Site } from './harness';
import { watchLabels } from './support/label-view';
import {
  ALL_HOSTS,
  labelAllSites,
  photoResources,
  progressOf,
  tabIdOf,
  untilProgress,
} from './support/labelled-pages';

const FIXTURES = new URL('../fixtures/labelling/', import.meta.url);

/** Every image of the layout, by what becomes of it; an avatar, an icon or a banner is left alone. */
const LAYOUTS: { name: string; labelled: number; skipped: number }[] = [
  { name: 'search-results', labelled: 16, skipped: 12 },
  { name: 'shop-grid', labelled: 17, skipped: 33 },
  { name: 'news-front', labelled: 8, skipped: 2 },
  { name: 'social-feed', labelled: 14, skipped: 7 },
  { name: 'encyclopedia-article', labelled: 15, skipped: 1 },
];

let session: ExtensionSession;
let site: Site;

beforeAll(async () => {
  site = await openSite({
    resources: {
      ...(await photoResources(80)),
      '/pixel.gif': {
        body: Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64'),
      },
      '/embedded.html': {
        body: '<!doctype html><body style="margin:0"><img style="width:100%;height:auto" alt="Offer" src="/photos/79.jpg">',
      },
    },
  });
  for (const { name } of LAYOUTS) {
    const body = await readFile(new URL(`${name}.html`, FIXTURES), 'utf8');
    site.set(`/${name}.html`, { body });
  }
  session = await openSession({ hostPermissions: ALL_HOSTS });
  await labelAllSites(session);
});

describe('layouts', () => {
  for (const { name, labelled, skipped } of LAYOUTS) {
    test(`${name}: ${labelled} labelled, ${skipped} left alone`, async () => {
      const page = await session.openPage(`${site.origin}/${name}.html`);
      const tabId = await tabIdOf(session, page);
      const labels = await watchLabels(page, session);
      const path = (theme: string) =>
        join(process.env.ALT_LENS_SCREENSHOTS ?? '', `${name}-${theme}.png`);
      await untilProgress(session, tabId, (now) => now.labelled > 0 && now.pending === 0);
      expect((await labels.shown()).length).toBeGreaterThan(1);
      if (process.env.ALT_LENS_SCREENSHOTS !== undefined) {
        await page.screenshot({ path: path('light') });
        await session.emulateMedia(page, [{ name: 'prefers-color-scheme', value: 'dark' }]);
        await page.screenshot({ path: path('dark') });
      }
      // What is lazy and out of a strip's sight Firefox loads when it is scrolled to.
      await page.$$eval('.strip', (strips) => {
        for (const strip of strips) strip.scrollLeft = strip.scrollWidth;
      });
      await waitUntil(
        'the whole page was scrolled through',
        async () => {
          await page.evaluate(() => {
            scrollBy(0, 400);
          });
          const { found, pending, ...done } = await progressOf(session, tabId);
          return pending === 0 && done.labelled + done.skipped + done.failed === found;
        },
        40_000,
      );
      const progress = await progressOf(session, tabId);
      expect(progress).toEqual({
        ...{
          found: labelled + skipped,
          pending: 0,
          labelled,
          skipped,
          failed: 0,
          far: 0,
          wanted: 0,
        },
      });
      // Each photo was read as the page already had it.
      const { counts } = await session.ask('getPageReport', { tabId });
      expect(counts.refetched).toBe(0);
      await page.close();
    });
  }
});
