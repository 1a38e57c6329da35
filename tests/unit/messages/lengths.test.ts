/** Whatever a page's renderer sends: texts and lists have a longest length, numbers a range, and what is over gets a code. */
import * as v from 'valibot';
import { expect, test, vi } from 'vitest';

import {
  describeMessages,
  labellingMessages,
  parseFrameMessage,
} from '../../../src/messages/frame-messages';
import { workerMessages, type SenderKind } from '../../../src/messages/worker-messages';
import { fake, OUR_ID, OUR_URL } from '../support/fake-browser';

vi.mock('webextension-polyfill', () => import('../support/fake-browser'));

const { serve } = await import('../../../src/messages/server');
const { serveFrame } = await import('../../../src/messages/frame-server');

interface Step {
  type: string;
  requirement?: unknown;
  pipe?: readonly Step[];
}

interface Node extends Step {
  entries?: Record<string, Node>;
  item?: Node;
  wrapped?: Node;
  options?: readonly (Node | string)[];
  value?: Node;
  key?: Node;
}

/** A pattern without an open end: what fits has a longest length. */
function isBounded({ requirement }: { requirement?: unknown }): boolean {
  if (!(requirement instanceof RegExp)) return false;
  const { source } = requirement;
  return source.startsWith('^') && source.endsWith('$') && !/[*+]|,\}/.test(source);
}

/** A pipe begins with a schema, which may be a pipe. */
function stepsOf({ pipe = [] }: Pick<Node, 'pipe'>): Step[] {
  return pipe.flatMap((step, index) => [step, ...(index === 0 ? stepsOf(step) : [])]);
}

/** The places in a schema that have no bound. */
function unbounded(node: Node, path: string): string[] {
  const pipe = stepsOf(node);
  const has = (...types: string[]) =>
    types.every((type) => pipe.some((each) => each.type === type));
  const inside = [
    ...Object.entries(node.entries ?? {}).map(([name, each]) => [name, each] as const),
    ...[node.item, node.wrapped, node.key].flatMap((each) => (each ? [['', each] as const] : [])),
    ...(node.type === 'union' ? (node.options as Node[]).map((each) => ['', each] as const) : []),
  ].flatMap(([name, each]) => unbounded(each, `${path}.${name}`));
  // A pipe's first part is the schema itself.
  const isEndless =
    (node.type === 'string' && !has('max_length') && !pipe.some(isBounded)) ||
    (node.type === 'array' && !has('max_length')) ||
    (node.type === 'number' && !(has('max_value') && (has('min_value') || has('gt_value')))) ||
    (['record', 'instance'].includes(node.type) && !has('check') && !path.endsWith('pixels')) ||
    ['any', 'unknown', 'bigint', 'custom'].includes(node.type);
  return isEndless ? [`${path} (${node.type})`, ...inside] : inside;
}

test('every field of a message to the worker has a bound', () => {
  const rows = Object.entries(workerMessages);
  expect(rows.length).toBeGreaterThan(30);
  const endless = rows.flatMap(([type, { fields }]) => unbounded(fields as never, type));
  expect(endless).toEqual([]);
  // The look-out works.
  expect(unbounded(v.object({ a: v.array(v.string()), b: v.number() }) as never, 'x')).toEqual([
    'x.a (array)',
    'x.a. (string)',
    'x.b (number)',
  ]);
});

const PICTURE = `${'ab'.repeat(32)}-256x341`;
const STATE = {
  ...{ active: true, displayMode: 'chips', listenerMode: 'missing', minimumSizePx: 64 },
  ...{ shownPredictions: 5, silentSigns: false },
};
const error = { code: 'image-gone', message: '' };

/** One good message of each type that carries anything. */
const TO_WORKER: Record<string, Record<string, unknown>> = {
  classifyPixels: {
    ...{ requestId: 'r', pixels: new Blob([new Uint8Array(24)]), width: 2, height: 3 },
    ...{ rung: 'decoded', priority: 'user', source: null },
  },
  classifyAddress: { requestId: 'r', address: 'https://a.example/', priority: 'near' },
  classifyScreen: {
    ...{ requestId: 'r', source: null, viewport: { width: 800, height: 600 } },
    rect: { x: 1, y: 2, width: 3, height: 4 },
  },
  recordOutcome: {
    ...{ requestId: 'r', milliseconds: 5, cardMilliseconds: 3, failure: null },
    failedRungs: [{ rung: 'decoded', error }],
  },
  requestAccess: { origins: ['https://a.example/*'] },
  cancelRequests: { requestIds: ['r'] },
  setPriorities: { requestIds: ['r'], priority: 'rest' },
  reportProgress: {
    progress: { found: 1, pending: 0, labelled: 1, skipped: 0, failed: 0, far: 0, wanted: 0 },
  },
  showWhileHere: { name: 'tied-1-22-333-4444', isInTop: false },
  reportTraffic: { traffic: { requests: 1, sentBytes: 0 } },
  setDismissal: { picture: PICTURE, synset: 'n02084071', isDismissed: true, isPrivate: false },
  sayAgain: { pictures: [PICTURE] },
  setSettings: { settings: { views: 2 } },
  labelPage: { tabId: 5 },
  getLineage: { predictions: [{ classIndex: 5, probability: 0.5 }], language: 'en' },
  setSiteRule: { origin: 'https://a.example', rule: 'always' },
  pauseLabelling: { until: 5 },
  restoreDismissals: { dismissals: [{ picture: PICTURE, synset: 'n02084071' }] },
  fetchFile: { address: 'https://a.example/' },
};

const TO_FRAME: Record<string, Record<string, unknown>> = {
  describeImage: {
    ...{ requestId: 'r', requestedAt: 5, target: 'image', srcUrl: 'https://a.example/' },
    menuTarget: 5,
    ...{ frameUrl: 'https://a.example/', answer: 'card', shownPredictions: 5 },
  },
  startLabelling: { state: STATE },
  stopLabelling: { state: { active: false, reason: 'off', resumeAt: 5 } },
  followVoice: { concerned: { pictures: [PICTURE], labels: ['n02123045'] } },
  showImage: { id: 'i' },
  setAltText: { id: 'i', text: 'A cat' },
  getThumbnails: { ids: ['i'] },
};

/** The message with one of its texts, lists and numbers far over, in turn. */
function* tooMuch(value: unknown): Generator {
  if (typeof value === 'string') yield `${value}${'x'.repeat(3_000_000)}`;
  else if (typeof value === 'number') yield* [1e300, -1e300, NaN, Infinity, -Infinity];
  else if (Array.isArray(value)) {
    yield Array<unknown>(200_000).fill(value[0]);
    for (const other of tooMuch(value[0])) yield [other];
  } else if (typeof value === 'object' && value !== null && !(value instanceof Blob)) {
    for (const [name, inside] of Object.entries(value)) {
      for (const other of tooMuch(inside)) yield { ...value, [name]: other };
    }
  }
}

const refused = { ok: false, error: { code: 'message-refused' } };

test.each(Object.entries(TO_WORKER))(
  '%s, far over in any field, is refused with a code',
  async (type, fields) => {
    const handler = vi.fn(() => Promise.resolve(null));
    fake.onMessage.clear();
    serve(new Proxy({}, { get: () => handler }) as never);
    const { from } = workerMessages[type as keyof typeof workerMessages];
    const sender = (from as readonly SenderKind[]).includes('extension-page')
      ? { id: OUR_ID, url: `${OUR_URL}src/popup/index.html` }
      : { id: OUR_ID, url: 'https://a.example/', frameId: 0, tab: { id: 7, incognito: false } };
    const send = async (sent: unknown) =>
      (await fake.onMessage.dispatch(sent, sender)[0]) as { error?: { message: string } };
    expect(await send({ type, ...fields })).toEqual({ ok: true, value: null });
    let tries = 0;
    for (const wrong of tooMuch(fields)) {
      // Settings are checked field by field, so that one that is wrong costs no other.
      if (type === 'setSettings' && JSON.stringify(wrong).length < 1000) continue;
      handler.mockClear();
      const answer = await send({ type, ...(wrong as object) });
      if (handler.mock.calls.length > 0)
        expect(JSON.stringify(handler.mock.calls[0]).length).toBeLessThan(5000);
      else {
        expect(answer).toMatchObject(refused);
        expect(answer.error?.message.length).toBeLessThan(1000);
      }
      tries += 1;
    }
    if (type !== 'setSettings') expect(tries).toBeGreaterThan(0);
  },
);

test.each(Object.entries(TO_FRAME))(
  '%s to a frame, far over in any field, is refused with a code',
  async (type, fields) => {
    const rows = { ...describeMessages, ...labellingMessages };
    expect(parseFrameMessage(rows, { type, ...fields })).not.toBeNull();
    const controller = new AbortController();
    fake.onMessage.clear();
    serveFrame(rows, new Proxy({}, { get: () => () => null }) as never, controller.signal);
    let tries = 0;
    for (const wrong of tooMuch(fields)) {
      const sent = { type, ...(wrong as object) };
      expect(await fake.onMessage.dispatch(sent, { id: OUR_ID })[0]).toMatchObject(refused);
      tries += 1;
    }
    expect(tries).toBeGreaterThan(0);
    expect(fake.onMessage.dispatch({ type: 'another' }, { id: OUR_ID })).toEqual([undefined]);
    controller.abort();
  },
);

test('an unknown type of any length is refused with a code', async () => {
  fake.onMessage.clear();
  serve({} as never);
  const sender = { id: OUR_ID, url: `${OUR_URL}src/popup/index.html` };
  for (const type of ['x'.repeat(1_000_000), 5, null, { toString: 5, valueOf: 5 }, [], 10n]) {
    const [answer] = fake.onMessage.dispatch({ type }, sender) as Promise<{
      error: { message: string };
    }>[];
    expect(await answer).toMatchObject(refused);
    expect((await answer)?.error.message.length).toBeLessThan(1000);
  }
});
