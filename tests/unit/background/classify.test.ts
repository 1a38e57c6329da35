import { beforeEach, describe, expect, test, vi } from 'vitest';

import type { PictureWork } from '../../../src/background/lanes';
import type { Pages } from '../../../src/background/pages';
import type { OwnAnswer } from '../../../src/core/own-models/own-answer';
import { DEFAULT_SETTINGS } from '../../../src/core/settings/settings';
import type * as SayModule from '../../../src/core/saying/say';
import type { ModelManifest } from '../../../src/inference/engine/engine';
import type { Looked } from '../../../src/inference/engine/look';
import type { Priority } from '../../../src/messages/protocol';
import type { StoredLook } from '../../../src/platform/look-store';
import { lookAtCat, TABBY } from '../../fixtures/looks';
import { ENGLISH_ONLY } from '../support/english-only';
import { NOTHING_TAUGHT } from '../support/nothing-taught';
import { serveInTurn } from './serve-in-turn';

const { session, stored, dismissals } = vi.hoisted(() => ({
  session: new Map<string, unknown>(),
  stored: new Map<string, unknown>(),
  dismissals: { of: vi.fn() },
}));

// The edges of the browser: its storages, its network, its decoder and its canvas.
vi.mock('webextension-polyfill', () => ({
  default: {
    storage: {
      session: {
        get: (key: string) => Promise.resolve({ [key]: session.get(key) }),
        set: (items: Record<string, unknown>) => {
          for (const [key, value] of Object.entries(items)) session.set(key, value);
          return Promise.resolve();
        },
      },
    },
  },
}));
vi.mock('../../../src/platform/look-store', () => ({
  findLook: (key: string) => Promise.resolve(stored.get(key) ?? null),
  storeLook: (key: string, look: unknown) => {
    stored.set(key, look);
  },
}));
const fetchImage = vi.hoisted(() => vi.fn());
vi.mock('../../../src/background/fetch-image', () => ({ fetchImage }));
vi.mock('../../../src/background/decode', () => ({
  decodeFile: () => Promise.resolve(raster(1)),
}));
const { keepForReports } = vi.hoisted(() => ({ keepForReports: vi.fn() }));
vi.mock('../../../src/background/thumbnails', () => ({
  makeThumbnail: () => Promise.resolve('data:image/webp;base64,AA'),
  keepForReports,
}));
vi.mock('../../../src/platform/dismissal-store', () => ({
  dismissedCopies: () => Promise.resolve([]),
  dismissedLabels: dismissals.of,
  storeDismissals: vi.fn(),
  removeDismissal: vi.fn(),
}));
const { tables } = vi.hoisted(() => ({ tables: { said: 0 } }));
vi.mock('../../../src/core/saying/say', async (original) => {
  const actual = await original<typeof SayModule>();
  const say: typeof actual.say = (...args) => {
    tables.said += 1;
    return actual.say(...args);
  };
  return { ...actual, say };
});

const { createClassifier } = await import('../../../src/background/classify');
const { createKnownLooks, ownPlace, placeOf } = await import('../../../src/background/known-looks');
const { createVoices } = await import('../../../src/background/voices');
const { createQueue } = await import('../../../src/background/queue');

const model = { weightsSha256: 'ab'.repeat(32) };
const models = { accurate: model, fast: model } as unknown as ModelManifest;

function raster(value: number) {
  return { width: 100, height: 100, data: new Uint8ClampedArray(40_000).fill(value) };
}

/** A classifier on an engine whose next run waits for `answer()`, as a worker of this version has it. */
function open({ version = '1.0.0', look = lookAtCat() } = {}) {
  const ownAnswer: OwnAnswer = OWN_ANSWER;
  const state = { settings: { ...DEFAULT_SETTINGS }, runs: 0, look, ownAnswer };
  let variant = state.settings.variant;
  let answer: () => void = () => undefined;
  const run = async ({ keep }: PictureWork): Promise<Looked> => {
    ({ variant } = state.settings);
    state.runs += 1;
    await new Promise<void>((resolve) => {
      answer = resolve;
    });
    const looked = {
      look: { ...state.look, variant },
      backend: 'wasm',
      runMilliseconds: 1,
    } as const;
    await keep(looked);
    return looked;
  };
  const count = vi.fn();
  const queue = createQueue<PictureWork, Looked>();
  const settings = () => Promise.resolve(state.settings);
  const voices = createVoices(version, ENGLISH_ONLY, NOTHING_TAUGHT);
  const looks = createKnownLooks({ models, voices, settings });
  serveInTurn(queue, run);
  const classifier = createClassifier({
    ...{ looks, queue, settings, spokenWords: ENGLISH_ONLY, places: { keep: () => undefined } },
    ownLabels: NOTHING_TAUGHT,
    ownModels: {
      answers: () => Promise.resolve([state.ownAnswer]),
      labelAnswers: (_, site) => Promise.resolve(site === ASKED_SITE ? [state.ownAnswer] : []),
      hasChosenFor: (site) => Promise.resolve(site === ASKED_SITE),
      hasInsteadOn: (site) =>
        Promise.resolve(site === ASKED_SITE && state.ownAnswer.isInstead === true),
    },
    pages: { ready: Promise.resolve(), count } as unknown as Pages,
  });
  const untilRun = async (runs: number): Promise<void> => {
    await vi.waitFor(() => {
      expect(state.runs).toBe(runs);
    });
  };
  return {
    ...{ state, queue, count, classifier, looks, voices, untilRun },
    answer: () => {
      answer();
    },
  };
}

const PAGE = 'https://example.org/';
/** A site that a model of the person's own was chosen for. */
const ASKED_SITE = 'https://asked.example';
const OWN_ANSWER = { model: 'Mugs', label: 'blue mug', probability: 0.93 };
const OTHER_SITE = 'https://other.example/';
const sender = (documentId: string, isPrivate = false, pageAddress = PAGE) => ({
  ...{ kind: 'content' as const, tabId: 1, frameId: 0, documentId, isPrivate },
  ...{ pageAddress, tabAddress: undefined },
});
const OURS = ownPlace({ isPrivate: false });
const request = (requestId: string, isPrivate = false) => ({
  ...{ requestId, priority: 'visible' as const, rung: 'decoded' as const },
  sender: sender(`document of ${requestId}`, isPrivate),
});

beforeEach(() => {
  session.clear();
  stored.clear();
  tables.said = 0;
  fetchImage.mockReset().mockResolvedValue({ bytes: new Uint8Array(7), isMadeAnew: false });
  dismissals.of.mockReset().mockResolvedValue([]);
  keepForReports.mockReset();
});

test('a picture is known from its first run on', async () => {
  const { classifier, untilRun, answer, count, state } = open();
  const first = classifier.classify(raster(1), request('a'));
  await untilRun(1);
  answer();
  expect(await first).toMatchObject({ cached: false, rung: 'decoded' });
  expect(await classifier.classify(raster(1), request('b'))).toMatchObject({ cached: true });
  expect(state.runs).toBe(1);
  expect(count).toHaveBeenCalledExactlyOnceWith(
    { tabId: 1, documentId: 'document of a' },
    { inferences: 1 },
  );
});

test('a run whose asker went away is kept and counted all the same', async () => {
  const { classifier, untilRun, answer, count, queue } = open();
  const gone = classifier.classify(raster(1), request('a'));
  await untilRun(1);
  queue.cancel(({ requestId }) => requestId === 'a');
  await expect(gone).rejects.toMatchObject({ code: 'cancelled' });
  answer();
  await vi.waitFor(() => {
    expect(stored.size).toBe(1);
  });
  expect(count).toHaveBeenCalledOnce();
});

test('a label’s pixels are given back with its answer; those of a click, of a file, and of an asker who went away are not', async () => {
  const { classifier, untilRun, answer, queue } = open();
  // Node knows it since 21; in older ones the copy is what stays.
  const transfer = function (this: ArrayBuffer): ArrayBuffer {
    return structuredClone(this, { transfer: [this] });
  };
  Object.assign(ArrayBuffer.prototype, { transfer });
  const [label, again, click, file] = [raster(1), raster(1), raster(1), raster(1)];
  const gone = raster(2);
  const first = classifier.classify(label, request('a'));
  await untilRun(1);
  expect(label.data).toHaveLength(40_000);
  answer();
  await first;
  expect(label.data).toHaveLength(0);
  // Known by now.
  await classifier.classify(again, request('b'));
  expect(again.data).toHaveLength(0);
  await classifier.classify(click, { ...request('c'), priority: 'user' });
  await classifier.classify(file, { ...request('d'), rung: 'page-fetch' });
  const abandoned = classifier.classify(gone, request('e'));
  await untilRun(2);
  queue.cancel(({ requestId }) => requestId === 'e');
  await expect(abandoned).rejects.toMatchObject({ code: 'cancelled' });
  for (const { data } of [click, file, gone]) expect(data).toHaveLength(40_000);
});

test('an own model that speaks instead: nothing of the built-in one is said, to a click neither; without a new look', async () => {
  const { classifier, state, untilRun, answer } = open();
  const asker = sender('a', false, `${ASKED_SITE}/`);
  const instead = { ...OWN_ANSWER, isInstead: true };
  const unsaid = { hint: null, draft: null, silence: 'own-model', own: [instead] };
  state.ownAnswer = instead;
  const first = classifier.classify(raster(1), { ...request('a'), sender: asker });
  await untilRun(1);
  answer();
  const labelled = await first;
  expect(labelled).toMatchObject(unsaid);
  expect(labelled.predictions[0]).toMatchObject(TABBY);
  const click = { ...request('b'), sender: asker, priority: 'user' as const };
  expect(await classifier.classify(raster(1), click)).toMatchObject(unsaid);
  state.ownAnswer = OWN_ANSWER;
  const back = await classifier.classify(raster(1), { ...request('c'), sender: asker });
  expect(back).toMatchObject({ silence: null, own: [OWN_ANSWER], cached: true });
  expect(back.hint).not.toBeNull();
  expect(back.draft).not.toBeNull();
  expect(state.runs).toBe(1);
});

test('on a site that it was chosen for an own model labels what is labelled, from its pixels', async () => {
  const { classifier, untilRun, answer } = open();
  const asker = sender('a', false, `${ASKED_SITE}/`);
  const first = classifier.classify(raster(1), { ...request('a'), sender: asker });
  await untilRun(1);
  answer();
  expect(await first).toMatchObject({ own: [OWN_ANSWER] });
  const fields = { requestId: 'b', priority: 'visible', sender: asker } as const;
  const address = 'https://cdn.example/a.jpg';
  expect(await classifier.classifyAddress(address, fields)).toMatchObject({ own: [OWN_ANSWER] });
  // Fetched though its address is known.
  expect(await classifier.classifyAddress(address, fields)).toMatchObject({ own: [OWN_ANSWER] });
  expect(fetchImage).toHaveBeenCalledTimes(2);
  const elsewhere = classifier.classify(raster(1), request('c'));
  await untilRun(2);
  answer();
  expect((await elsewhere).own).toBeUndefined();
  // Of what a person asks for it follows by itself.
  const asked = { ...request('d'), sender: asker, priority: 'user' as const };
  expect((await classifier.classify(raster(1), asked)).own).toBeUndefined();
});

test('what was seen of both ends is kept with the look, for its site and for clicks', async () => {
  const { classifier, untilRun, answer, looks } = open();
  const asking = classifier.classify(raster(1), { ...request('a'), priority: 'user' });
  await untilRun(1);
  answer();
  const { picture, two } = await asking;
  expect(two).toBeUndefined();
  const ends = [lookAtCat(), lookAtCat()] as const;
  const here = placeOf(sender('document of a'), { isClick: true });
  await looks.keepEnds(picture, ends, here);
  expect(await looks.sayAgain(picture, here)).toMatchObject({ two: null });
  expect(await looks.sayAgain(picture, OURS)).toMatchObject({ two: null });
  const kept = [...stored.values()].filter((each) => (each as StoredLook).ends !== undefined);
  expect(kept).toHaveLength(stored.size);
  // A page of another site is not told what was asked for here.
  const elsewhere = placeOf(sender('b', false, OTHER_SITE), { isClick: false });
  expect(await looks.sayAgain(picture, elsewhere)).toBeNull();
});

test('nothing is kept of a private window', async () => {
  const { classifier, untilRun, answer, state } = open();
  const { sender: asker } = request('a', true);
  const first = classifier.classifyAddress('https://cdn.example/cat.jpg', {
    ...{ requestId: 'a', priority: 'visible', sender: asker },
  });
  await untilRun(1);
  answer();
  await first;
  expect([stored.size, session.size]).toEqual([0, 0]);
  expect(keepForReports).not.toHaveBeenCalled();
  const second = classifier.classify(raster(1), request('b', true));
  await untilRun(2);
  answer();
  expect(await second).toMatchObject({ cached: false });
  expect(state.runs).toBe(2);
});

const ROUTER = 'http://192.168.0.1/';

test.each([
  ['the page of a tab', { pageAddress: PAGE, tabAddress: PAGE }, PAGE],
  ['a frame in a private page', { pageAddress: PAGE, tabAddress: ROUTER }, PAGE],
  [
    'an empty frame that a frame in a private page made',
    { pageAddress: 'about:srcdoc', pageOrigin: 'https://example.org', tabAddress: ROUTER },
    'https://example.org',
  ],
  [
    'nobody’s frame in a public page',
    { pageAddress: 'data:text/html,', pageOrigin: 'null', tabAddress: PAGE },
    PAGE,
  ],
  [
    'nobody’s frame in a private page',
    { pageAddress: 'data:text/html,', pageOrigin: 'null', tabAddress: ROUTER },
    ROUTER,
  ],
  [
    'nobody’s page',
    { pageAddress: 'data:text/html,', pageOrigin: 'null', tabAddress: undefined },
    'data:text/html,',
  ],
])('a file is fetched as for %s', async (_name, place, asked) => {
  const { classifier, untilRun, answer } = open();
  const first = classifier.classifyAddress('https://cdn.example/cat.jpg', {
    ...{ requestId: 'a', priority: 'visible', sender: { ...sender('a'), ...place } },
  });
  await untilRun(1);
  answer();
  await first;
  expect(fetchImage).toHaveBeenCalledExactlyOnceWith(
    'https://cdn.example/cat.jpg',
    asked,
    expect.anything(),
    'no-store',
  );
});

test('a fetched address is known for the session, and follows what the person chooses', async () => {
  const { classifier, untilRun, answer, state } = open();
  const ask = () =>
    classifier.classifyAddress('https://cdn.example/cat.jpg', {
      ...{ requestId: 'a', priority: 'visible', sender: sender('a') },
    });
  const first = ask();
  await untilRun(1);
  answer();
  await first;
  expect(await ask()).toMatchObject({ cached: true, rung: 'worker-fetch' });
  expect(fetchImage).toHaveBeenCalledOnce();
  expect(keepForReports).toHaveBeenCalledOnce();

  // What is denied from now on is not said of it either.
  state.settings = { ...state.settings, deniedSynsets: [TABBY.synset] };
  const { hint, cached } = await ask();
  expect({ synset: hint?.synset, cached }).toEqual({ synset: 'n02121808', cached: true });
  expect(state.runs).toBe(1);
});

test('the answer of a model chosen meanwhile is not kept under the name of the former one', async () => {
  const { classifier, untilRun, answer, state, queue } = open();
  const holding = classifier.classify(raster(1), request('a'));
  await untilRun(1);
  const waiting = classifier.classify(raster(2), request('b'));
  // It waits in the queue when the person chooses.
  await vi.waitFor(() => {
    expect(queue.waiting).toBe(1);
  });
  state.settings = { ...state.settings, variant: 'fast' };
  answer();
  await holding;
  await untilRun(2);
  answer();
  expect(await waiting).toMatchObject({ variant: 'fast' });
  expect(stored.size).toBe(2);
  for (const [key, { look }] of stored as Map<string, StoredLook>)
    expect(key).toContain(look.variant);
});

/** Looks at the one picture, as a worker that then stops. */
async function lookOnce(changes: Parameters<typeof open>[0] = {}) {
  const world = open(changes);
  const first = world.classifier.classify(raster(1), request('a'));
  await world.untilRun(1);
  world.answer();
  return { ...world, prediction: await first };
}

test('a dismissed label is kept back; what is stored of the picture stays as the model saw it', async () => {
  const { classifier, prediction, state, untilRun, answer } = await lookOnce();
  const { picture, hint, predictions } = prediction;
  const [before] = [...stored.values()] as StoredLook[];
  const ask = (isPrivate = false) => classifier.classify(raster(1), request('b', isPrivate));

  dismissals.of.mockResolvedValue([TABBY.synset]);
  expect(await ask()).toMatchObject({
    ...{ hint: null, draft: null, silence: 'dismissed', picture, predictions, kept: hint },
  });
  expect(dismissals.of).toHaveBeenLastCalledWith(picture, { touch: true });
  expect([...stored.values()]).toMatchObject([{ look: before?.look, backend: 'wasm' }]);
  const inPrivate = ask(true);
  await untilRun(2);
  answer();
  await inPrivate;
  expect(dismissals.of).toHaveBeenLastCalledWith(picture, { touch: false });

  dismissals.of.mockRejectedValue(new Error('The database is broken.'));
  expect(await ask()).toMatchObject({ hint, kept: null });
  expect(state.runs).toBe(2);
});

test('an answer in the same voice is the stored one, and needs none of the tables', async () => {
  const { prediction } = await lookOnce();
  expect(tables.said).toBe(1);
  const next = open();
  const again = await next.classifier.classify(raster(1), request('b'));
  expect(again).toEqual({ ...prediction, cached: true, inferenceMilliseconds: 0 });
  expect(tables.said).toBe(1);
  expect(await next.looks.sayAgain(prediction.picture, OURS)).not.toBeNull();
  expect(tables.said).toBe(1);
});

test('in another voice it is said anew from the look, once', async () => {
  await lookOnce();
  const { classifier, state } = open();
  state.settings = { ...state.settings, deniedSynsets: ['n02121808'] };
  for (const id of ['b', 'c']) {
    const { hint, cached } = await classifier.classify(raster(1), request(id));
    expect({ hint: hint?.synset, cached }).not.toMatchObject({ hint: TABBY.synset });
    expect(cached).toBe(true);
  }
  expect([state.runs, tables.said, stored.size]).toEqual([0, 2, 1]);
});

test('an update of the extension keeps the looks, and says anew what its words may say otherwise', async () => {
  const { prediction } = await lookOnce();
  const updated = open({ version: '1.1.0' });
  const again = await updated.classifier.classify(raster(1), request('b'));
  expect(again).toMatchObject({ cached: true, hint: prediction.hint });
  expect([updated.state.runs, tables.said]).toEqual([0, 2]);
});

test('who wants to be surer than one view settles has the picture looked at again', async () => {
  // Sure enough after one view as built; not for more than that.
  const { state, classifier, untilRun, answer, looks, prediction } = await lookOnce({
    look: lookAtCat({ lead: 4 }),
  });
  const { picture } = prediction;
  expect(prediction).toMatchObject({ views: 1, hint: { synset: TABBY.synset } });
  state.settings = { ...state.settings, minimumConfidence: 0.999 };
  // Nothing is said in a hurry that would be taken back.
  expect(await looks.sayAgain(picture, OURS)).toBeNull();
  state.look = lookAtCat({ lead: 4, views: 2 });
  const surer = classifier.classify(raster(1), request('b'));
  await untilRun(2);
  answer();
  expect(await surer).toMatchObject({ views: 2, cached: false });
  expect(await classifier.classify(raster(1), request('c'))).toMatchObject({
    ...{ views: 2, cached: true },
  });
  // With less confidence wanted again, what is known is more than enough.
  state.settings = { ...state.settings, minimumConfidence: 0 };
  expect(await classifier.classify(raster(1), request('d'))).toMatchObject({ cached: true });
  expect(state.runs).toBe(2);
});

test('what changes while the model runs holds in the answer', async () => {
  const { classifier, untilRun, answer, state } = open();
  const asked = classifier.classify(raster(1), request('a'));
  await untilRun(1);
  state.settings = { ...state.settings, deniedSynsets: [TABBY.synset] };
  answer();
  expect((await asked).hint?.synset).not.toBe(TABBY.synset);
});

test('a picture of a private window is spoken of again from memory, and there alone', async () => {
  const { classifier, untilRun, answer, looks, voices } = open();
  const asked = classifier.classify(raster(1), request('a', true));
  await untilRun(1);
  answer();
  const { picture, hint } = await asked;
  const here = placeOf(sender('document of a', true), { isClick: false });
  expect(await looks.sayAgain(picture, ownPlace({ isPrivate: true }))).toMatchObject({ hint });
  expect(await looks.sayAgain(picture, here)).toMatchObject({ hint });
  await voices.judge({ picture, synset: TABBY.synset }, null, true, here);
  expect(await looks.sayAgain(picture, here)).toMatchObject({ silence: 'dismissed', kept: hint });
  await voices.judge({ picture, synset: TABBY.synset }, null, false, here);
  expect(await looks.sayAgain(picture, here)).toMatchObject({ hint });
  expect(await looks.sayAgain(picture, OURS)).toBeNull();
  expect(stored.size).toBe(0);
});

test('of a picture that nobody looked at nothing is said again', async () => {
  const { looks } = open();
  expect(await looks.sayAgain(`${'ab'.repeat(32)}-400x300`, OURS)).toBeNull();
});

test('a look that is taken while its place is searched is found', async () => {
  const { looks, state } = open();
  const picture = `${'cd'.repeat(32)}-100x100`;
  const place = placeOf(sender('searching'), { isClick: false });
  const taken = { look: state.look, backend: 'wasm', said: null } as const;
  const search = looks.find(picture, state.settings, place);
  const elsewhere = looks.find(picture, state.settings, ownPlace({ isPrivate: true }));
  const keeping = looks.keep(picture, state.settings, taken, place);
  expect(await search).toMatchObject({ look: { likeliest: state.look.likeliest } });
  expect(await elsewhere).toBeNull();
  await keeping;
  stored.clear();
  expect(await looks.find(picture, state.settings, place)).toBeNull();
});

describe('what another site had looked at', () => {
  const ask = ({ classifier }: ReturnType<typeof open>, page: object, priority: Priority) =>
    classifier.classify(raster(1), {
      ...{ requestId: crypto.randomUUID(), priority, rung: 'decoded' },
      sender: { ...sender('another'), ...page },
    });
  const FILE = { pageAddress: 'file:///home/page.html' };
  const PLACES: [string, object, object][] = [
    ['a page of another site', {}, { pageAddress: OTHER_SITE }],
    ['the same name by another way', {}, { pageAddress: 'http://example.org/' }],
    ['a frame in the site', {}, { frameId: 1, pageAddress: OTHER_SITE, tabAddress: PAGE }],
    ['the site in a frame', {}, { frameId: 1, tabAddress: OTHER_SITE }],
    ['the site in a tab of unknown address', {}, { frameId: 1 }],
    ['a sandboxed page of the site', {}, { pageOrigin: 'null' }],
    ['a private window', {}, { isPrivate: true }],
    ['a file', {}, FILE],
    ['another file', FILE, { pageAddress: 'file:///home/other.html', documentId: 'other' }],
    ['the window after a private one', { isPrivate: true }, {}],
  ];

  test.each(PLACES)('is looked at anew for a label: %s', async (_name, before, then) => {
    const world = open();
    const first = ask(world, before, 'visible');
    await world.untilRun(1);
    world.answer();
    await first;
    const second = ask(world, then, 'visible');
    await world.untilRun(2);
    world.answer();
    expect(await second).toMatchObject({ cached: false });
  });

  test.each(PLACES)('while it is looked at, too: %s', async (_name, before, then) => {
    const world = open();
    const asked = [ask(world, before, 'visible'), ask(world, then, 'visible')];
    for (const run of [1, 2]) {
      await world.untilRun(run);
      world.answer();
    }
    expect(await Promise.all(asked)).toMatchObject([{ cached: false }, { cached: false }]);
  });

  test.each([
    ['another page of the site', { pageAddress: `${PAGE}other/` }],
    ['a frame of the site in the site', { frameId: 1, tabAddress: PAGE }],
    [
      'an empty frame of it',
      {
        frameId: 1,
        pageAddress: 'about:blank',
        pageOrigin: 'https://example.org',
        tabAddress: PAGE,
      },
    ],
  ])('is known to %s, also by a worker that starts anew', async (_name, then) => {
    await lookOnce();
    expect(await ask(open(), then, 'visible')).toMatchObject({ cached: true });
  });

  test('a click is answered from what clicks found anywhere, and tells its page no more than that', async () => {
    const world = open();
    const first = ask(world, {}, 'user');
    await world.untilRun(1);
    world.answer();
    await first;
    expect(await ask(world, { pageAddress: OTHER_SITE }, 'user')).toMatchObject({ cached: true });
    // Known to clicks or not: what was clicked on is known to its page afterwards.
    for (const pageAddress of [PAGE, OTHER_SITE])
      expect(await ask(world, { pageAddress }, 'visible')).toMatchObject({ cached: true });
    const third = ask(world, { pageAddress: 'https://third.example/' }, 'visible');
    await world.untilRun(2);
    world.answer();
    expect(await third).toMatchObject({ cached: false });
  });

  test('clicks know what was looked at before looks were kept by site', async () => {
    const { prediction } = await lookOnce();
    const [[key, look] = ['', null]] = stored;
    stored.clear();
    stored.set(key.replace(/^[0-9a-f]+/u, prediction.picture), look);
    expect(await ask(open(), { pageAddress: OTHER_SITE }, 'user')).toMatchObject({ cached: true });
  });

  test('is not spoken of again, but by our own pages', async () => {
    const { looks, prediction } = await lookOnce();
    const { picture } = prediction;
    const again = (pageAddress: string, from = looks) =>
      from.sayAgain(picture, placeOf({ ...sender('b'), pageAddress }, { isClick: false }));
    expect(await again(OTHER_SITE)).toBeNull();
    expect(await again(PAGE)).not.toBeNull();
    expect(await looks.sayAgain(picture, OURS)).not.toBeNull();
    // By a worker that starts anew, to who names the page.
    const { looks: later } = open();
    expect(await later.sayAgain(picture, OURS)).toBeNull();
    expect(await again(OTHER_SITE, later)).toBeNull();
    expect(await later.sayAgain(picture, ownPlace({ isPrivate: false }, PAGE))).not.toBeNull();
  });

  test('is kept under a name that tells neither picture nor site', async () => {
    const { prediction } = await lookOnce();
    const [[key, look] = ['', null]] = stored;
    expect(key).not.toContain(prediction.picture.slice(0, 64));
    expect(JSON.stringify([key, look])).not.toContain('example.org');
    expect(JSON.stringify(look)).not.toContain(prediction.picture.slice(0, 64));
  });

  test('a fetched address is fetched again for another site', async () => {
    const world = open();
    const fetched = (pageAddress: string) =>
      world.classifier.classifyAddress('https://cdn.example/cat.jpg', {
        ...{ requestId: 'a', priority: 'visible', sender: sender('a', false, pageAddress) },
      });
    const first = fetched(PAGE);
    await world.untilRun(1);
    world.answer();
    await first;
    const second = fetched(OTHER_SITE);
    await world.untilRun(2);
    world.answer();
    expect(await second).toMatchObject({ cached: false });
    // Not out of the worker's files, either.
    const stores = fetchImage.mock.calls.map((call) => (call as unknown[])[3]);
    expect(stores).toEqual(['no-store', 'no-store']);
  });
});
