import { beforeEach, expect, test, vi } from 'vitest';

import type { Outcome } from '../../../src/messages/protocol';
import { CAT, DISMISSED } from '../../fixtures/popup/report-image';

/** Does the worker stop before it can note a request as over? */
let isStopping = false;
const { session } = vi.hoisted(() => ({ session: new Map<string, unknown>() }));
vi.mock('webextension-polyfill', () => ({
  default: {
    storage: {
      session: {
        get: (key: string) => Promise.resolve({ [key]: session.get(key) }),
        set: (items: Record<string, unknown>) => {
          if (isStopping && 'askedRequests' in items) return Promise.reject(new Error('stopped'));
          for (const [key, value] of Object.entries(items)) session.set(key, value);
          return Promise.resolve();
        },
      },
    },
  },
}));

const { createOutcomes } = await import('../../../src/background/outcomes');
const { loadOutcomes, sayOutcomesAgain } = await import('../../../src/platform/outcome-store');

const ID = '01234567-89ab-cdef-0123-456789abcdef';
const PICTURE = 'https://cdn.example/cat.jpg';
const PAGE = 'https://example.org/cats';
const sender = (changes: { tabId?: number; frameId?: number; documentId?: string } = {}) => ({
  ...{ kind: 'content' as const, tabId: 1, frameId: 3, documentId: 'cats', isPrivate: false },
  ...{ pageAddress: PAGE, tabAddress: undefined },
  ...changes,
});
const ending = (requestId = ID) => ({
  ...{ requestId, milliseconds: 120, cardMilliseconds: 30, failedRungs: [], failure: null },
});
const answer = { source: PICTURE, prediction: CAT };
const error = { code: 'image-gone', message: 'It left the page.' } as const;

/** A worker in whose tab 1 a person asked for a picture of frame 3. */
async function asked() {
  const outcomes = createOutcomes();
  outcomes.expect({ requestId: ID, tabId: 1, frameId: 3, requestedAt: 1000 });
  await outcomes.keep(ID);
  return outcomes;
}

beforeEach(() => {
  session.clear();
});

test('what the worker answered is listed, with what the page alone knows', async () => {
  const outcomes = await asked();
  outcomes.answered(ID, sender(), answer);
  await outcomes.record(ending(), sender(), 'data:,small');
  expect(await loadOutcomes()).toEqual<Outcome[]>([
    {
      ...{ id: ID, requestedAt: 1000, source: PICTURE, page: PAGE },
      ...{ result: { ok: true, prediction: CAT }, failedRungs: [], thumbnail: 'data:,small' },
      ...{ milliseconds: 120, cardMilliseconds: 30 },
    },
  ]);
});

test('a failure is the word of the page that was asked', async () => {
  const outcomes = await asked();
  await outcomes.record({ ...ending(), failure: { error, source: PICTURE } }, sender(), null);
  expect(await loadOutcomes()).toMatchObject([{ source: PICTURE, result: { ok: false, error } }]);
});

test('each further try is an outcome of its own', async () => {
  const outcomes = await asked();
  await outcomes.record({ ...ending(), failure: { error, source: null } }, sender(), null);
  outcomes.answered(`${ID}-2`, sender(), answer);
  await outcomes.record(ending(`${ID}-2`), sender(), null);
  const listed = await loadOutcomes();
  expect(listed.map(({ id }) => id)).toEqual([`${ID}-2`, ID]);
  expect(listed[0]?.requestedAt).toBeGreaterThan(1000);
});

test.each([
  ['a request that nobody made', ending('forged'), sender()],
  ['another tab', ending(), sender({ tabId: 2 })],
  ['another frame of the tab', ending(), sender({ frameId: 7 })],
  ['another document in the frame', ending(), sender({ documentId: 'dogs' })],
])('an outcome of %s is refused', async (_what, forged, from) => {
  const outcomes = await asked();
  outcomes.answered(ID, sender(), answer);
  await expect(outcomes.record(forged, from, null)).rejects.toMatchObject({
    code: 'message-refused',
  });
  expect(await loadOutcomes()).toEqual([]);
  // The page that was asked tells it all the same.
  await outcomes.record(ending(), sender(), null);
  expect(await loadOutcomes()).toHaveLength(1);
});

test('an outcome is told once', async () => {
  const outcomes = await asked();
  outcomes.answered(ID, sender(), answer);
  await outcomes.record(ending(), sender(), null);
  const again = { ...ending(), failure: { error, source: 'https://evil.example/' } };
  await expect(outcomes.record(again, sender(), null)).rejects.toMatchObject({
    code: 'message-refused',
  });
  expect(await loadOutcomes()).toMatchObject([{ result: { ok: true } }]);
});

test('a worker that is stopped while an outcome is told has listed it, and lists it once', async () => {
  const outcomes = await asked();
  outcomes.answered(ID, sender(), answer);
  isStopping = true;
  await expect(outcomes.record(ending(), sender(), null)).rejects.toThrow('stopped');
  isStopping = false;
  // The page got no answer, and tells the next worker.
  await createOutcomes().record(ending(), sender(), null);
  expect(await loadOutcomes()).toMatchObject([{ result: { ok: true } }]);
});

test('the top frame may speak for a frame that may not be scripted', async () => {
  const outcomes = await asked();
  outcomes.answered(ID, sender({ frameId: 0 }), answer);
  await outcomes.record(ending(), sender({ frameId: 0 }), null);
  expect(await loadOutcomes()).toHaveLength(1);
});

test('a page that claims an answer which the worker does not have lists nothing, and no error is shown', async () => {
  await asked();
  const restarted = createOutcomes();
  await restarted.record(ending(), sender(), null);
  expect(await loadOutcomes()).toEqual([]);
});

test('a failure is listed also by a worker that was started since', async () => {
  await asked();
  const failed = { ...ending(), failure: { error, source: null } };
  await createOutcomes().record(failed, sender(), null);
  expect(await loadOutcomes()).toHaveLength(1);
});

test('an ending that comes before the note of its request is listed, once', async () => {
  const outcomes = createOutcomes();
  outcomes.expect({ requestId: ID, tabId: 1, frameId: 3, requestedAt: 1000 });
  const failed = { ...ending(), failure: { error, source: null } };
  await outcomes.record(failed, sender(), null);
  await outcomes.keep(ID);
  expect(await loadOutcomes()).toHaveLength(1);
  await expect(createOutcomes().record(failed, sender(), null)).rejects.toMatchObject({
    code: 'message-refused',
  });
});

test('nothing of a private window is listed', async () => {
  const outcomes = createOutcomes();
  const from = { ...sender(), isPrivate: true };
  outcomes.answered(ID, from, answer);
  await outcomes.record(ending(), from, null);
  expect([...session.keys()]).toEqual([]);
});

test('the list follows what is said now; what is not known stays as it was', async () => {
  const outcomes = await asked();
  outcomes.answered(ID, sender(), answer);
  await outcomes.record(ending(), sender(), null);
  const hintNow = async () => {
    const [{ result } = { result: null }] = await loadOutcomes();
    return result?.ok === true ? result.prediction.hint : undefined;
  };
  const dismissed = () => Promise.resolve(DISMISSED);
  const other = `${'cd'.repeat(32)}-4x3`;
  await sayOutcomesAgain({ pictures: [other], labels: ['n02084071'] }, dismissed);
  expect(await hintNow()).toEqual(CAT.hint);
  await sayOutcomesAgain(null, () => Promise.resolve(null));
  expect(await hintNow()).toEqual(CAT.hint);
  // Another size of it may be in the list: what is called so is asked about.
  await sayOutcomesAgain({ pictures: [other], labels: [CAT.hint?.synset ?? ''] }, dismissed);
  expect(await hintNow()).toBeNull();
  await sayOutcomesAgain({ pictures: [CAT.picture], labels: [] }, () => Promise.resolve(CAT));
  expect(await hintNow()).toEqual(CAT.hint);
});
