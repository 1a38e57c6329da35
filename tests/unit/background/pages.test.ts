import { beforeEach, expect, test, vi } from 'vitest';

import { fake } from '../support/fake-browser';

vi.mock('webextension-polyfill', () => import('../support/fake-browser'));

const { createPages, NO_PROGRESS, sumProgress } = await import('../../../src/background/pages');
type Requester = Parameters<Parameters<Parameters<typeof createPages>[0]>[0]>[0];

const top = { tabId: 1, frameId: 0, documentId: 'top' };
const sub = { tabId: 1, frameId: 5, documentId: 'sub' };
const ORIGIN = 'https://example.org';

/** Pages, and a list of what is asked for: what is ended leaves the list. */
async function openPages(...asked: Requester[]) {
  const requests = [...asked];
  const pages = createPages((isOver) => {
    requests.splice(0, requests.length, ...requests.filter((each) => !isOver(each)));
  });
  await pages.ready;
  return { pages, requests };
}

beforeEach(() => {
  fake.reset();
});

test('a new top document is a new page, and ends what the old one asked for, not what the new one did', async () => {
  const of = (documentId: string, tabId = 1): Requester => ({ tabId, documentId });
  const { pages, requests } = await openPages(of('top'), of('sub'), of('new'), of('other', 2));
  pages.enter(top, ORIGIN);
  pages.enter(sub, null);
  pages.setOnce(1, true);
  expect(requests).toHaveLength(4);

  pages.enter({ ...top, documentId: 'new' }, ORIGIN);
  expect(requests).toEqual([of('new'), of('other', 2)]);
  expect(pages.get(1)).toMatchObject({ documentId: 'new', once: false });
  expect(Object.keys(pages.get(1)?.frames ?? {})).toEqual(['new']);
});

test('a sub-frame that speaks first stays a frame of the page', async () => {
  const { pages, requests } = await openPages({ tabId: 1, documentId: 'sub' });
  pages.enter(sub, null);
  pages.enter(top, ORIGIN);
  expect(requests).toHaveLength(1);
  expect(pages.get(1)).toMatchObject({ documentId: 'top', origin: ORIGIN });
  expect(Object.keys(pages.get(1)?.frames ?? {}).sort()).toEqual(['sub', 'top']);
});

test('a frame that navigated takes its counts with it', async () => {
  const { pages } = await openPages();
  pages.enter(top, ORIGIN);
  pages.enter(sub, null);
  await pages.setProgress(sub, { ...NO_PROGRESS, found: 3, labelled: 2 });
  expect(sumProgress(pages.get(1))).toMatchObject({ found: 3, labelled: 2 });
  pages.enter({ ...sub, documentId: 'next' }, null);
  expect(sumProgress(pages.get(1))).toEqual(NO_PROGRESS);
});

test('what a document of a former page needed is not counted for the new one', async () => {
  const { pages } = await openPages();
  pages.enter(top, ORIGIN);
  pages.count(top, { inferences: 2 });
  expect(pages.get(1)?.counts.inferences).toBe(2);
  pages.enter({ ...top, documentId: 'new' }, ORIGIN);
  pages.count(top, { inferences: 1 });
  expect(pages.get(1)?.counts.inferences).toBe(0);
});

test('what a click needed before the page was labelled is counted, once', async () => {
  const { pages } = await openPages();
  pages.count(top, { requests: 1, refetched: 1 });
  pages.count(top, { requests: 1, refetchedBytes: 7 });
  pages.count(sub, { requests: 1 });
  pages.enter(top, ORIGIN);
  pages.enter(top, ORIGIN);
  pages.enter(sub, null);
  expect(pages.get(1)?.counts).toMatchObject({ requests: 3, refetched: 1, refetchedBytes: 7 });
  pages.enter({ ...top, documentId: 'new' }, ORIGIN);
  expect(pages.get(1)?.counts).toMatchObject({ requests: 0, refetched: 0 });
});

test('a page that was left is forgotten, unless another has taken its place meanwhile', async () => {
  const { pages, requests } = await openPages(
    { tabId: 1, documentId: 'top' },
    { tabId: 1, documentId: 'click' },
  );
  pages.enter(top, ORIGIN);
  pages.leave({ tabId: 1, documentId: 'before' });
  expect(pages.get(1)).not.toBeNull();
  pages.leave(top);
  expect(pages.get(1)).toBeNull();
  expect(requests).toEqual([{ tabId: 1, documentId: 'click' }]);
});

test('a worker that starts anew knows the pages; a tab whose closing started it stays closed', async () => {
  const { pages } = await openPages();
  pages.enter(top, ORIGIN);
  pages.enter({ ...top, tabId: 2 }, ORIGIN);
  await vi.waitFor(() => {
    expect(fake.session.values.get('pages')).toHaveLength(2);
  });

  let open: () => void = () => undefined;
  fake.session.gate = new Promise((resolve) => {
    open = resolve;
  });
  const next = createPages(() => undefined);
  next.forget(1);
  open();
  await next.ready;
  expect(next.tabIds()).toEqual([2]);
  await vi.waitFor(() => {
    expect(fake.session.values.get('pages')).toHaveLength(1);
  });
});

test('when progress is answered, a worker that starts anew knows it', async () => {
  const { pages } = await openPages();
  pages.enter(top, ORIGIN);
  for (let labelled = 1; labelled <= 20; labelled += 1) {
    await pages.setProgress(top, { ...NO_PROGRESS, found: 20, labelled });
    const next = createPages(() => undefined);
    await next.ready;
    expect(sumProgress(next.get(1)).labelled).toBe(labelled);
  }
  pages.count(top, { inferences: 1 });
  pages.count(top, { inferences: 1 });
  await pages.setProgress(top, NO_PROGRESS);
  const next = createPages(() => undefined);
  await next.ready;
  expect(next.get(1)?.counts.inferences).toBe(2);
});

test('counts wait for the word of progress that takes them along', async () => {
  const { pages } = await openPages();
  pages.enter(top, ORIGIN);
  await pages.setProgress(top, NO_PROGRESS);
  const writes: unknown[] = [];
  fake.onStorageChanged.addListener((changes) => writes.push(changes));
  vi.useFakeTimers();
  try {
    for (let picture = 0; picture < 20; picture += 1) {
      pages.count(top, { inferences: 1 });
      await vi.advanceTimersByTimeAsync(25);
    }
    expect(writes).toHaveLength(0);
    await pages.setProgress(top, { ...NO_PROGRESS, labelled: 20 });
    await vi.advanceTimersByTimeAsync(5000);
    expect(writes).toHaveLength(1);
    // Nothing more is told of a page that is done.
    pages.count(top, { refetched: 1 });
    await vi.advanceTimersByTimeAsync(5000);
    expect(writes).toHaveLength(2);
  } finally {
    vi.useRealTimers();
  }
});

test('what changes while a page is written is written after it, together', async () => {
  const { pages } = await openPages();
  const writes: unknown[] = [];
  fake.onStorageChanged.addListener((changes) => writes.push(changes));
  await Promise.all(
    Array.from({ length: 50 }, (_, index) =>
      pages.setProgress(top, { ...NO_PROGRESS, labelled: index }),
    ),
  );
  expect(writes.length).toBeLessThanOrEqual(2);
  const next = createPages(() => undefined);
  await next.ready;
  expect(sumProgress(next.get(1)).labelled).toBe(49);
});

test('storage that refuses costs nothing but the memory', async () => {
  fake.session.refusal = new Error('Session storage is broken.');
  const { pages } = await openPages();
  pages.enter(top, ORIGIN);
  expect(pages.get(1)?.origin).toBe(ORIGIN);
});
