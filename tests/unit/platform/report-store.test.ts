import 'fake-indexeddb/auto';
import { beforeEach, expect, test, vi } from 'vitest';

import type { StoredReport } from '../../../src/platform/report-store';
import type { PageReport } from '../../../src/core/report/page-report';
import { CAT, pageReport, reportImage } from '../../fixtures/popup/report-image';
import { fake } from '../support/fake-browser';

vi.mock('webextension-polyfill', () => import('../support/fake-browser'));

const {
  deleteReport,
  deleteReports,
  isKeptOnDevice,
  listReports,
  loadReport,
  replaceReport,
  storeReport,
  storeTriage,
} = await import('../../../src/platform/report-store');

const PLACE = { tabId: 7, documentId: 'D1' };
/** What one of a private window has, which is in memory only. */
const PRIVATE = { isPrivate: true };

const stored = (takenAt: number, changes: Partial<PageReport> = {}): StoredReport => ({
  takenAt,
  report: { ...pageReport([reportImage()]), ...changes },
  thumbnails: {},
  place: PLACE,
});
const storedPrivate = (takenAt: number): StoredReport => stored(takenAt, PRIVATE);

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
  return { ...pageReport(images), ...PRIVATE };
}

const thumbnailsOf = ({ images }: PageReport): Record<string, string> =>
  Object.fromEntries(
    images.map(({ id }) => [`0:${id}`, `data:image/webp;base64,${'A'.repeat(3000)}`]),
  );

beforeEach(async () => {
  await deleteReports();
  fake.reset();
  fake.session.quotaBytes = QUOTA_BYTES;
});

test.each([
  ['on the device', {}],
  ['of a private window, in memory', PRIVATE],
])('a report comes back with its decisions: %s', async (_, changes) => {
  const id = await storeReport(stored(1, changes));
  expect(isKeptOnDevice(id)).toBe(changes !== PRIVATE);
  expect(await loadReport(id)).toEqual({ stored: stored(1, changes), triage: {} });
  const triage = { '0:image-1': { decision: 'rejected', text: '' } } as const;
  await storeTriage(id, triage);
  expect(await loadReport(id)).toEqual({ stored: stored(1, changes), triage });
  expect(await loadReport('another')).toBeNull();
  await replaceReport(id, stored(2, changes));
  expect(await loadReport(id)).toEqual({ stored: stored(2, changes), triage });
  await deleteReport(id);
  expect(await loadReport(id)).toBeNull();
  // A decision that comes late brings nothing of it back.
  await storeTriage(id, triage);
  await replaceReport(id, stored(3, changes));
  expect(await loadReport(id)).toEqual({ stored: stored(3, changes), triage: {} });
});

test('those on the device are listed, newest first, and the oldest of too many make room', async () => {
  const ids: string[] = [];
  for (let at = 1; at <= 22; at += 1) {
    ids.push(await storeReport(stored(at, { url: `https://example.org/${at}` })));
  }
  await storeReport(storedPrivate(30));
  const listed = await listReports();
  expect(listed.map(({ id }) => id)).toEqual(ids.slice(2).reverse());
  expect(listed[0]).toEqual({
    ...{ id: ids[21], takenAt: 22, url: 'https://example.org/22', images: 1 },
  });
  expect(await loadReport(ids[0] ?? '')).toBeNull();
  expect(fake.session.values.size).toBe(1);
  await deleteReports();
  expect(await listReports()).toEqual([]);
  expect(await loadReport(ids[21] ?? '')).toBeNull();
});

test('where the disk has no room, it is in memory', async () => {
  const put = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
    throw new DOMException('No room.', 'QuotaExceededError');
  });
  const id = await storeReport(stored(1));
  put.mockRestore();
  expect(isKeptOnDevice(id)).toBe(false);
  expect(await loadReport(id)).toEqual({ stored: stored(1), triage: {} });
});

test('only the last two are kept, and nothing else is touched', async () => {
  fake.session.values.set('recentOutcomes', []);
  const oldest = await storeReport(storedPrivate(1));
  await storeTriage(oldest, {});
  const older = await storeReport(storedPrivate(2));
  const newest = await storeReport(storedPrivate(3));
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
    const ids = [await storeReport({ takenAt: 1, report, thumbnails, place: null })];
    ids.push(await storeReport({ takenAt: 2, report, thumbnails, place: null }));
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
  const before = await storeReport({ takenAt: 1, report, thumbnails: {}, place: null });
  fake.session.values.set('other', 'x'.repeat(8_000_000));
  const id = await storeReport({
    takenAt: 2,
    report,
    thumbnails: thumbnailsOf(report),
    place: null,
  });
  const found = await loadReport(id);
  expect(found?.stored.report.images).toHaveLength(5000);
  expect(found?.stored.thumbnails).toEqual({});
  expect(await loadReport(before)).toBeNull();
});

test('one that has no room at all says so', async () => {
  fake.session.values.set('other', 'x'.repeat(QUOTA_BYTES - 1000));
  const kept = storeReport({ takenAt: 1, report: largeReport(5000), thumbnails: {}, place: null });
  await expect(kept).rejects.toMatchObject({ code: 'report-too-large' });
});

test('a packed one that was altered is none', async () => {
  const id = await storeReport({
    takenAt: 1,
    report: largeReport(2000),
    thumbnails: {},
    place: null,
  });
  const [key] = [...fake.session.values.keys()];
  for (const packed of ['', '*', 'AAAA', 7]) {
    fake.session.values.set(key ?? '', { takenAt: 1, thumbnails: {}, packed });
    expect(await loadReport(id)).toBeNull();
  }
});
