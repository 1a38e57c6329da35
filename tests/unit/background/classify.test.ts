import { beforeEach, expect, test, vi } from 'vitest';

import type { Answer } from '../../../src/background/classify';
import type { Pages } from '../../../src/background/pages';
import { DEFAULT_SETTINGS } from '../../../src/core/settings/settings';
import type { ClassifierOutput, ModelManifest } from '../../../src/inference/engine/engine';
import { serveInTurn } from './serve-in-turn';
import { CAT } from '../../fixtures/popup/report-image';

const { session, predictions } = vi.hoisted(() => ({
  session: new Map<string, unknown>(),
  predictions: new Map<string, unknown>(),
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
vi.mock('../../../src/platform/prediction-store', () => ({
  findPrediction: (key: string) => Promise.resolve(predictions.get(key) ?? null),
  storePrediction: (key: string, prediction: unknown) => {
    predictions.set(key, prediction);
    return Promise.resolve();
  },
}));
const fetchImage = vi.hoisted(() => vi.fn());
vi.mock('../../../src/background/fetch-image', () => ({ fetchImage }));
vi.mock('../../../src/background/decode', () => ({
  decodeFile: () => Promise.resolve(raster(1)),
}));
const { keepForReports, isDismissed } = vi.hoisted(() => ({
  keepForReports: vi.fn(),
  isDismissed: vi.fn(),
}));
vi.mock('../../../src/background/thumbnails', () => ({
  makeThumbnail: () => Promise.resolve('data:image/webp;base64,AA'),
  keepForReports,
}));
vi.mock('../../../src/platform/dismissal-store', () => ({ isDismissed }));

const { createClassifier } = await import('../../../src/background/classify');
const { createQueue } = await import('../../../src/background/queue');

const model = { weightsSha256: 'ab'.repeat(32) };
const models = { accurate: model, fast: model } as unknown as ModelManifest;

function raster(value: number) {
  return { width: 100, height: 100, data: new Uint8ClampedArray(40_000).fill(value) };
}

/** A classifier on an engine whose next run waits for `answer()`. */
function open() {
  const state = { settings: { ...DEFAULT_SETTINGS }, runs: 0 };
  let variant = state.settings.variant;
  let answer: () => void = () => undefined;
  const lane = {
    look: async (): Promise<ClassifierOutput> => {
      state.runs += 1;
      await new Promise<void>((resolve) => {
        answer = resolve;
      });
      return {
        logits: [new Float32Array(1001)],
        embeddings: [new Float32Array(1024)],
        pixels: { texture: 0.5, softness: 0.5, palette: 0.5 },
        ...{ backend: 'wasm', variant, views: 1, inferenceMilliseconds: 2, runMilliseconds: 1 },
      };
    },
  };
  const count = vi.fn();
  const queue = createQueue<Answer>();
  serveInTurn(queue, lane);
  const classifier = createClassifier({
    engineSettings: {
      start: () => {
        ({ variant } = state.settings);
        return Promise.resolve();
      },
    },
    models,
    queue,
    pages: { ready: Promise.resolve(), count } as unknown as Pages,
    settings: () => Promise.resolve(state.settings),
    version: '1.0.0',
  });
  const untilRun = async (runs: number): Promise<void> => {
    await vi.waitFor(() => {
      expect(state.runs).toBe(runs);
    });
  };
  return {
    ...{ state, queue, count, classifier, untilRun },
    answer: () => {
      answer();
    },
  };
}

const sender = (documentId: string, isPrivate = false) => ({
  ...{ kind: 'content' as const, tabId: 1, frameId: 0, documentId, isPrivate },
  ...{ pageAddress: 'https://example.org/', tabAddress: undefined },
});
const request = (requestId: string, isPrivate = false) => ({
  ...{ requestId, priority: 'visible' as const, rung: 'decoded' as const },
  sender: sender(`document of ${requestId}`, isPrivate),
});

beforeEach(() => {
  session.clear();
  predictions.clear();
  fetchImage.mockReset().mockResolvedValue(new Uint8Array(7));
  isDismissed.mockReset().mockResolvedValue(false);
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
    expect(predictions.size).toBe(1);
  });
  expect(count).toHaveBeenCalledOnce();
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
  expect([predictions.size, session.size]).toEqual([0, 0]);
  expect(keepForReports).not.toHaveBeenCalled();
  const second = classifier.classify(raster(1), request('b', true));
  await untilRun(2);
  answer();
  expect(await second).toMatchObject({ cached: false });
  expect(state.runs).toBe(2);
});

test('a fetched address is known for the session, until the person chooses otherwise', async () => {
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

  // What is denied from now on must not come from an answer of before.
  state.settings = { ...state.settings, deniedSynsets: ['n02084071'] };
  const anew = ask();
  await untilRun(2);
  answer();
  expect(await anew).toMatchObject({ cached: false });
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
  expect(predictions.size).toBe(1);
});

test('a dismissed label is kept back; what is stored of the picture stays as the model said it', async () => {
  const { classifier, untilRun, answer } = open();
  const first = classifier.classify(raster(1), request('a'));
  await untilRun(1);
  answer();
  const { picture } = await first;
  // Nothing was said of it: nothing can have been dismissed.
  expect(isDismissed).not.toHaveBeenCalled();
  const { hint, guess, silence, draft, predictions: classes } = CAT;
  for (const key of predictions.keys()) {
    predictions.set(key, { hint, guess, silence, draft, predictions: classes });
  }
  const ask = (isPrivate = false) => classifier.classify(raster(1), request('b', isPrivate));
  expect(await ask()).toMatchObject({ hint, picture, dismissed: null });

  isDismissed.mockResolvedValue(true);
  expect(await ask()).toMatchObject({
    ...{ hint: null, draft: null, silence: 'dismissed', picture, predictions: classes },
    dismissed: { hint, guess, silence, draft },
  });
  const label = { picture, synset: hint?.synset };
  expect(isDismissed).toHaveBeenLastCalledWith(label, { touch: true });
  expect([...predictions.values()]).toMatchObject([{ hint, silence: null }]);
  await ask(true);
  expect(isDismissed).toHaveBeenLastCalledWith(label, { touch: false });

  isDismissed.mockRejectedValue(new Error('The database is broken.'));
  expect(await ask()).toMatchObject({ hint, dismissed: null });
});
