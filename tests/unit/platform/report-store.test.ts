import { beforeEach, expect, test, vi } from 'vitest';

import type { StoredReport } from '../../../src/platform/report-store';
import { pageReport, reportImage } from '../../fixtures/popup/report-image';
import { fake } from '../support/fake-browser';

vi.mock('webextension-polyfill', () => import('../support/fake-browser'));

const { loadReport, storeReport, storeTriage } = await import('../../../src/platform/report-store');

const stored = (takenAt: number): StoredReport => ({
  takenAt,
  report: pageReport([reportImage()]),
  thumbnails: {},
});

beforeEach(() => {
  fake.reset();
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
