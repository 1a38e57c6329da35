import { beforeEach, expect, test, vi } from 'vitest';

import { fake, OUR_ID, OUR_URL } from '../support/fake-browser';

vi.mock('webextension-polyfill', () => import('../support/fake-browser'));

const { serve } = await import('../../../src/messages/server');
const { CodedError } = await import('../../../src/core/errors');

const content = {
  id: OUR_ID,
  url: 'https://example.org/',
  frameId: 3,
  tab: { id: 7, windowId: 1 },
};
const page = { id: OUR_ID, url: `${OUR_URL}src/popup/index.html` };

const handlers = {
  classifyPixels: vi.fn(() => Promise.resolve('prediction')),
  getSettings: vi.fn(() => Promise.resolve('settings')),
  requestAccess: vi.fn(() => Promise.resolve({ granted: true })),
  setDismissal: vi.fn(() => Promise.resolve(null)),
};
serve(handlers as never);

function send(message: unknown, sender: unknown): Promise<unknown> | undefined {
  if (fake.onMessage.size !== 1) throw new Error('serve() registers one listener');
  const [answer] = fake.onMessage.dispatch(message, sender);
  return answer as Promise<unknown> | undefined;
}

beforeEach(() => {
  vi.clearAllMocks();
});

const pixels = {
  type: 'classifyPixels',
  requestId: 'r',
  pixels: new Blob([new Uint8Array(2 * 3 * 4)]),
  width: 2,
  height: 3,
  rung: 'decoded',
  priority: 'user',
  source: null,
};

test('a good message reaches its handler with the sender', async () => {
  await expect(send(pixels, content)).resolves.toEqual({ ok: true, value: 'prediction' });
  expect(handlers.classifyPixels).toHaveBeenCalledWith(
    expect.objectContaining({ width: 2, height: 3 }),
    expect.objectContaining({ kind: 'content', tabId: 7, frameId: 3 }),
  );
});

const dismissal = {
  ...{ type: 'setDismissal', picture: `${'ab'.repeat(32)}-256x341`, synset: 'n02084071' },
  ...{ isDismissed: true, isPrivate: false },
};

test('what pages of ours and content scripts may both say reaches its handler from either', async () => {
  for (const [sender, kind] of [
    [content, 'content'],
    [page, 'extension-page'],
  ] as const) {
    await expect(send(dismissal, sender)).resolves.toEqual({ ok: true, value: null });
    expect(handlers.setDismissal).toHaveBeenLastCalledWith(
      expect.objectContaining({ synset: 'n02084071', isDismissed: true }),
      expect.objectContaining({ kind }),
    );
  }
});

test('the handler runs in the turn of the message, where a click still counts', () => {
  void send({ type: 'requestAccess', origins: ['https://example.org/*'] }, content);
  expect(handlers.requestAccess).toHaveBeenCalledOnce();
});

test.each([
  ['another extension', pixels, { ...content, id: 'stranger' }],
  ['a page of ours where a content script must speak', pixels, page],
  ['a content script where a page of ours must speak', { type: 'getSettings' }, content],
  ['an unknown type', { type: 'formatDisk' }, page],
  ['an inherited name as type', { type: 'toString' }, page],
  ['too few pixels', { ...pixels, width: 3 }, content],
  ['pixels that are not a buffer', { ...pixels, pixels: [1, 2, 3] }, content],
  ['a size of zero', { ...pixels, width: 0 }, content],
  ['a rung that the page may not claim', { ...pixels, rung: 'screen' }, content],
  ['an origin with a path', { type: 'requestAccess', origins: ['https://a.org/x'] }, content],
  ['no origin at all', { type: 'requestAccess', origins: [] }, content],
  ['an endless id', { ...pixels, requestId: 'r'.repeat(65) }, content],
  ['settings that are text', { type: 'setSettings', settings: 'fast' }, page],
  ['a picture without its hash', { ...dismissal, picture: 'cat.jpg' }, content],
  ['a synset of another kind', { ...dismissal, synset: 'v02084071' }, page],
  ['a stranger where both of ours may speak', dismissal, { ...page, id: 'stranger' }],
  ['an origin of another scheme', { type: 'requestAccess', origins: ['file:///*'] }, content],
])('%s is refused', async (_name, message, sender) => {
  await expect(send(message, sender)).resolves.toMatchObject({
    ok: false,
    error: { code: 'message-refused' },
  });
  for (const handler of Object.values(handlers)) expect(handler).not.toHaveBeenCalled();
});

test('a failing handler answers with its code', async () => {
  handlers.getSettings.mockRejectedValueOnce(new CodedError('no-backend', 'none works'));
  await expect(send({ type: 'getSettings' }, page)).resolves.toEqual({
    ok: false,
    error: { code: 'no-backend', message: 'none works' },
  });
});

test('what is no message of ours is left to others', () => {
  expect(send('hello', content)).toBeUndefined();
  expect(send(null, content)).toBeUndefined();
});
