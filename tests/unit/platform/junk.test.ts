/** Whatever lies in storage or a database: nothing throws, and what comes out has its shape. */
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { openDB } from 'idb';
import { beforeEach, describe, expect, test, vi } from 'vitest';

import { LOOK_FORMAT, packLook, unpackLook } from '../../../src/core/look/look';
import { DEFAULT_SETTINGS, SettingsSchema } from '../../../src/core/settings/settings';
import { storedSettings } from '../../../src/core/settings/settings-versions';
import { say } from '../../../src/core/saying/say';
import { ENGLISH } from '../../../src/core/saying/voice';
import { JUNK, randomNumbers, spoilt } from '../../fixtures/junk';
import { lookAtCat } from '../../fixtures/looks';
import {
  bareImage,
  CAT,
  DISMISSED,
  pageReport,
  reportImage,
} from '../../fixtures/popup/report-image';
import browser, { fake } from '../support/fake-browser';
import * as v from 'valibot';

// Not a fresh fake with each fresh store.
vi.mock('webextension-polyfill', () => ({ default: browser }));

const SPOILT = 30;

// A busy machine needs its time for the modules that are loaded anew.
vi.setConfig({ testTimeout: 30_000 });

beforeEach(() => {
  fake.reset();
  indexedDB = new IDBFactory();
});

/** Junk of every kind, and the good value with junk at random places inside. */
function* wrongValues(good: unknown): Generator {
  for (const make of JUNK) yield make();
  const random = randomNumbers(12);
  for (let round = 0; round < SPOILT; round += 1) yield spoilt(good, random);
}

interface Case {
  area: 'local' | 'session';
  key: string;
  good: unknown;
  /** Is it read once and kept? Then the module is loaded anew for each value. */
  isKept?: true;
  /** What the extension reads with. */
  read: () => Promise<unknown>;
  /** Fails where what was read is of a wrong shape. */
  check: (read: never) => void;
}

const error = { code: 'image-gone', message: 'It left the page.' };
const OUTCOME = {
  ...{ id: 'r', requestedAt: 1000, source: 'https://a.example/a.jpg', page: 'https://a.example/' },
  ...{ result: { ok: true, prediction: CAT }, failedRungs: [{ rung: 'decoded', error }] },
  ...{ milliseconds: 12.5, cardMilliseconds: 3, thumbnail: 'data:image/webp;base64,AAAA' },
};
const PROGRESS = { found: 3, pending: 0, labelled: 2, skipped: 1, failed: 0, far: 0, wanted: 0 };
const PAGE = {
  ...{ documentId: 'top', origin: 'https://a.example', once: true, isUnshown: false },
  counts: pageReport([]).counts,
  frames: { top: { frameId: 0, progress: PROGRESS } },
};

function isWhole(value: unknown): void {
  expect(Number.isSafeInteger(value)).toBe(true);
  expect(value).toBeGreaterThanOrEqual(0);
}

const CASES: Record<string, Case> = {
  settings: {
    ...{
      area: 'local',
      key: 'settings',
      good: storedSettings({ ...DEFAULT_SETTINGS, views: 1 }, 5),
    },
    isKept: true,
    read: async () => (await import('../../../src/platform/settings-store')).loadSettings(),
    check: (settings: unknown) => {
      expect(v.safeParse(SettingsSchema, settings).success).toBe(true);
    },
  },
  pause: {
    ...{ area: 'local', key: 'pausedUntil', good: Date.now() + 60_000 },
    read: async () => (await import('../../../src/platform/pause-store')).loadPause(),
    check: (until: unknown) => {
      if (until === null || until === 'restart') return;
      isWhole(until);
      // Shown as a time of the day: an impossible one would throw there.
      expect(() => new Intl.DateTimeFormat('en').format(until as number)).not.toThrow();
    },
  },
  outcomes: {
    ...{ area: 'session', key: 'recentOutcomes', good: [OUTCOME, { ...OUTCOME, id: 's' }] },
    read: async () => {
      const store = await import('../../../src/platform/outcome-store');
      await store.sayOutcomesAgain(null, () => Promise.resolve(DISMISSED));
      return await store.loadOutcomes();
    },
    check: (outcomes: (typeof OUTCOME)[]) => {
      for (const { id, result, requestedAt, failedRungs } of outcomes) {
        expect(typeof id).toBe('string');
        isWhole(requestedAt);
        expect(Array.isArray(failedRungs)).toBe(true);
        if (result.ok) expect(result.prediction.predictions.length).toBeLessThanOrEqual(5);
      }
    },
  },
  'asked requests': {
    ...{ area: 'session', key: 'askedRequests' },
    good: [{ requestId: 'r', tabId: 1, frameId: 0, requestedAt: 1000, attempts: 0 }],
    read: async () => {
      const store = await import('../../../src/platform/outcome-store');
      const found = await store.findAsked('r');
      await store.changeAsked({
        ...{ requestId: 's', tabId: 1, frameId: 0, requestedAt: 1000, attempts: 0 },
      });
      expect(await store.findAsked('s')).not.toBeNull();
      return found;
    },
    check: (asked: { tabId: number; attempts: number } | null) => {
      if (asked === null) return;
      isWhole(asked.tabId);
      isWhole(asked.attempts);
    },
  },
  backends: {
    ...{ area: 'session', key: 'backends' },
    good: {
      variant: 'accurate',
      backends: [
        {
          ...{ backend: 'wasm', outcome: 'refused', device: null, probeMilliseconds: 3 },
          reason: { code: 'timed-out', message: 'too slow' },
        },
      ],
    },
    read: async () => (await import('../../../src/platform/backend-store')).loadBackends(),
    check: (memory: { backends: { backend: unknown }[] } | null) => {
      for (const { backend } of memory?.backends ?? []) expect(backend).toBe('wasm');
    },
  },
  addresses: {
    ...{ area: 'session', key: 'fetchedAddresses', good: [['https://a.example/a', CAT.picture]] },
    isKept: true,
    read: async () => {
      const store = await import('../../../src/platform/address-memory');
      await store.rememberAddress('https://a.example/b', CAT.picture);
      expect(await store.recallAddress('https://a.example/b')).toBe(CAT.picture);
      return await store.recallAddress('https://a.example/a');
    },
    check: (picture: unknown) => {
      expect([null, CAT.picture]).toContain(picture);
    },
  },
  thumbnail: {
    ...{ area: 'session', key: 'thumbnail:a', good: 'data:image/webp;base64,AAAA' },
    read: async () =>
      (await import('../../../src/platform/thumbnail-store')).loadThumbnails(['a', 'b']),
    check: (thumbnails: ReadonlyMap<string, unknown>) => {
      for (const thumbnail of thumbnails.values()) expect(thumbnail).toMatch(/^data:/);
    },
  },
  report: {
    ...{ area: 'session', key: 'report:session-a' },
    good: {
      ...{ takenAt: 1, thumbnails: { '0:image-1': 'data:image/webp;base64,AAAA' } },
      place: { tabId: 1, documentId: 'D1' },
      report: pageReport([reportImage(), bareImage({ state: 'skipped', reason: 'sprite' })]),
    },
    read: async () => {
      const { exportCsv } = await import('../../../src/core/report/export-csv');
      const { loadReport, storeReport } = await import('../../../src/platform/report-store');
      const found = await loadReport('session-a');
      // What was read can be shown.
      if (found !== null) exportCsv(found.stored.report, found.triage);
      const report = { ...pageReport([]), isPrivate: true };
      await storeReport({ takenAt: 2, thumbnails: {}, place: null, report });
      return found;
    },
    check: (found: { stored: { takenAt: unknown } } | null) => {
      if (found !== null) isWhole(found.stored.takenAt);
    },
  },
  triage: {
    ...{ area: 'session', key: 'triage:session-a' },
    good: { '0:image-1': { decision: 'edited', text: 'A cat' } },
    read: async () => {
      const report = pageReport([reportImage()]);
      fake.session.values.set('report:session-a', { takenAt: 1, thumbnails: {}, report });
      const { loadReport } = await import('../../../src/platform/report-store');
      return (await loadReport('session-a'))?.triage;
    },
    check: (triage: Record<string, { text: unknown }>) => {
      for (const { text } of Object.values(triage)) expect(typeof text).toBe('string');
    },
  },
  pages: {
    ...{ area: 'session', key: 'pages', good: [[1, PAGE]] },
    read: async () => {
      const { createPages, sumProgress } = await import('../../../src/background/pages');
      const pages = createPages(() => undefined);
      await pages.ready;
      return pages.tabIds().map((tabId) => [tabId, sumProgress(pages.get(tabId))]);
    },
    check: (read: [number, Record<string, number>][]) => {
      for (const [tabId, progress] of read) {
        isWhole(tabId);
        for (const count of Object.values(progress)) isWhole(count);
      }
    },
  },
};

describe.each(Object.entries(CASES))('%s', (_name, { area, key, good, isKept, read, check }) => {
  test('what was stored rightly comes back', async () => {
    vi.resetModules();
    fake[area].values.set(key, good);
    const back = await read();
    fake[area].values.delete(key);
    vi.resetModules();
    expect(await read()).not.toEqual(back);
    check(back as never);
  });

  test('junk of every kind throws nothing and is not believed', async () => {
    for (const wrong of wrongValues(good)) {
      if (isKept === true) vi.resetModules();
      fake.reset();
      fake[area].values.set(key, wrong);
      check((await read()) as never);
    }
  });
});

/** Puts rows into a store; what the database itself refuses is no row. */
async function put(
  name: string,
  version: number,
  store: string,
  rows: readonly unknown[],
): Promise<void> {
  const db = await openDB(name, version, {
    upgrade(created) {
      const keyPath = store === 'looks' ? 'key' : ['picture', 'synset'];
      created.createObjectStore(store, { keyPath }).createIndex('usedAt', 'usedAt');
    },
  });
  for (const row of rows) await db.put(store, row).catch(() => undefined);
  db.close();
}

const look = lookAtCat();
const LOOK_ROW = {
  ...{ key: 'a', format: LOOK_FORMAT, look: packLook(look), backend: 'wasm', usedAt: 1000 },
  said: { mark: 'as built', saying: DISMISSED },
};

test('rows of junk among the looks throw nothing and are not believed', async () => {
  vi.resetModules();
  const rows = [...wrongValues(LOOK_ROW)].map((wrong, index) => ({
    ...{ ...LOOK_ROW, ...(wrong as object), key: `${index}` },
  }));
  await put('predictions', 2, 'looks', rows);
  const { findLook, measureLooks } = await import('../../../src/platform/look-store');
  let left = 0;
  for (const { key } of rows) {
    const found = await findLook(key, { touch: true });
    if (found === null) left += 1;
    else expect(found.look).toEqual(look);
    expect(Array.isArray(found?.said?.saying.predictions ?? [])).toBe(true);
  }
  expect(left).toBeGreaterThan(10);
  expect(left).toBeLessThan(rows.length);
  // What JSON has no words for is among the first, which are measured.
  await put('predictions', 2, 'looks', [{ ...LOOK_ROW, key: '', more: 10n }]);
  expect((await measureLooks()).bytes).toBeGreaterThanOrEqual(0);
});

test('a look with any of its bytes changed is none, or says nothing but numbers', () => {
  const random = randomNumbers(5);
  const good = packLook(look);
  for (let round = 0; round < 400; round += 1) {
    const bytes = good.slice();
    bytes[Math.floor(random() * 100)] = Math.floor(random() * 256);
    const changed = unpackLook(bytes);
    if (changed === null) continue;
    const voice = {
      allow: [],
      deny: [],
      minimumConfidence: 0,
      dismissed: [],
      own: null,
      words: ENGLISH,
      draftWords: ENGLISH,
    };
    const { predictions, hint } = say(changed, { width: 300, height: 200 }, voice);
    for (const { probability } of predictions) expect(probability).toBeLessThanOrEqual(1.00001);
    if (hint !== null) expect(hint.probability).toBeGreaterThan(0);
  }
});

const DISMISSAL_ROW = { picture: 'a', synset: 'n02084071', usedAt: 1000 };

test('rows of junk among the dismissals throw nothing; the person’s word stays', async () => {
  vi.resetModules();
  const rows = [...wrongValues(DISMISSAL_ROW)];
  const apart = rows.map((row, index) => ({ ...(row as object), picture: `number ${index}` }));
  await put('dismissals', 1, 'dismissals', [...rows, ...apart]);
  await put('dismissals', 1, 'dismissals', [{ ...DISMISSAL_ROW, picture: 'b' }]);
  const store = await import('../../../src/platform/dismissal-store');
  expect(await store.dismissedLabels('b', { touch: true })).toEqual(['n02084071']);
  for (const { picture } of apart) {
    for (const synset of await store.dismissedLabels(picture, { touch: true })) {
      expect(synset).toMatch(/^n\d{8}$/);
    }
  }
  expect(await store.countDismissals()).toBeLessThan(rows.length);
  await store.storeDismissals([{ picture: 'c', synset: 'n02084071' }]);
  const forgotten = await store.forgetDismissals();
  expect(forgotten.length).toBeGreaterThan(2);
  for (const { picture, synset } of forgotten) {
    expect(`${picture} ${synset}`).toMatch(/^.* n\d{8}$/);
  }
});

test.each([undefined, null, 'soon', NaN, 1e300, Infinity, -5])(
  'a dismissal that was used at %j is kept, as the first to make room',
  async (usedAt) => {
    vi.resetModules();
    await put('dismissals', 1, 'dismissals', [{ ...DISMISSAL_ROW, usedAt }]);
    const store = await import('../../../src/platform/dismissal-store');
    expect(await store.dismissedLabels('a', { touch: false })).toEqual(['n02084071']);
  },
);
