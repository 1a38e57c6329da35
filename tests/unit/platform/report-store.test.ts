import { beforeEach, expect, test, vi } from 'vitest';

import type { StoredReport } from '../../../src/platform/report-store';
import type { PageReport } from '../../../src/core/report/page-report';
import { CAT, pageReport, reportImage } from '../../fixtures/popup/report-image';
import { fake } from '../support/fake-browser';

vi.mock('webextension-polyfill', () => import('../support/fake-browser'));

const { loadReport, storeReport, storeTriage } = await import('../../../src/platform/report-store');

const stored = (takenAt: number): StoredReport => ({
  takenAt,
  report: pageReport([reportImage()]),
  thumbnails: {},
});

/** As session storage has it. */
const QUOTA_BYTES = 10 * 1024 * 1024;

/** A report of labelled images that have little in common: what tells them apart is random. */
function largeReport(count: number): PageReport {
  let state = 1;
  const random = (): string => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state.toString(16).padStart(8, '0');
  };
  const images = Array.from({ length: count }, (_, index) => {
    const address = `https://cdn.example.org/photos/${random()}${random()}/${random()}.jpg?width=640`;
    const picture = `${Array.from({ length: 8 }, random).join('')}-400x300`;
    const predictions = CAT.predictions.map((one) => ({ ...one, probability: state / 2 ** 33 }));
    return reportImage({
      ...{ id: `image-${index}`, address, selector: `#list > li:nth-of-type(${index + 1}) > img` },
      prediction: { ...CAT, picture, predictions },
    });
  });
  return pageReport(images);
}

const thumbnailsOf = ({ images }: PageReport): Record<string, string> =>
  Object.fromEntries(
    images.map(({ id }) => [`0:${id}`, `data:image/webp;base64,${'A'.repeat(3000)}`]),
  );

beforeEach(() => {
  fake.reset();
  fake.session.quotaBytes = QUOTA_BYTES;
});

test('a report comes back with its decisions', async () => {
  const id = await storeReport(stored(1));
  expect(await loadReport(id)).toEqual({ stored: stored(1), triage: {} });
  const triage = { '0:image-1': { decision: 'rejected', text: '' } } as const;
  await storeTriage(id, triage);
  expect(await loadReport(id)).toEqual({ stored: stored(1), triage });
  expect(await loadReport('another')).toBeNull();
});

test('only the last two are kept, and nothing else is touched', async () => {
  fake.session.values.set('recentOutcomes', []);
  const oldest = await storeReport(stored(1));
  await storeTriage(oldest, {});
  const older = await storeReport(stored(2));
  const newest = await storeReport(stored(3));
  expect(await loadReport(oldest)).toBeNull();
  expect((await loadReport(older))?.stored.takenAt).toBe(2);
  expect((await loadReport(newest))?.stored.takenAt).toBe(3);
  expect(fake.session.values.size).toBe(3);
});

test(
  'two of 20,000 images are kept side by side, with as many thumbnails as have room',
  { timeout: 30_000 },
  async () => {
    const report = largeReport(20_000);
    const text = JSON.stringify(report.images);
    expect(text.length).toBeGreaterThan(QUOTA_BYTES);
    const thumbnails = thumbnailsOf(report);
    const ids = [await storeReport({ takenAt: 1, report, thumbnails })];
    ids.push(await storeReport({ takenAt: 2, report, thumbnails }));
    for (const id of ids) {
      const found = await loadReport(id);
      // As texts: a comparison of a million fields takes seconds.
      expect(JSON.stringify(found?.stored.report.images) === text).toBe(true);
      const kept = Object.entries(found?.stored.thumbnails ?? {});
      expect(kept.length).toBeGreaterThan(10);
      expect(kept).toEqual(Object.entries(thumbnails).slice(0, kept.length));
    }
    await storeTriage(ids[1] ?? '', { '0:image-1': { decision: 'rejected', text: '' } });
  },
);

test('where something else fills the storage, the newest is kept, without thumbnails', async () => {
  const report = largeReport(5000);
  const before = await storeReport({ takenAt: 1, report, thumbnails: {} });
  fake.session.values.set('other', 'x'.repeat(8_000_000));
  const id = await storeReport({ takenAt: 2, report, thumbnails: thumbnailsOf(report) });
  const found = await loadReport(id);
  expect(found?.stored.report.images).toHaveLength(5000);
  expect(found?.stored.thumbnails).toEqual({});
  expect(await loadReport(before)).toBeNull();
});

test('one that has no room at all says so', async () => {
  fake.session.values.set('other', 'x'.repeat(QUOTA_BYTES - 1000));
  const kept = storeReport({ takenAt: 1, report: largeReport(5000), thumbnails: {} });
  await expect(kept).rejects.toMatchObject({ code: 'report-too-large' });
});

test('a packed one that was altered is none', async () => {
  const id = await storeReport({ takenAt: 1, report: largeReport(2000), thumbnails: {} });
  const [key] = [...fake.session.values.keys()];
  for (const packed of ['', '*', 'AAAA', 7]) {
    fake.session.values.set(key ?? '', { takenAt: 1, thumbnails: {}, packed });
    expect(await loadReport(id)).toBeNull();
  }
});
