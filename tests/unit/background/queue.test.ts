import { describe, expect, test } from 'vitest';

import { createQueue, type Lane, type Requester } from '../../../src/background/queue';
import type { Priority } from '../../../src/messages/protocol';
import { serveInTurn } from './serve-in-turn';

const requester = (requestId: string, priority: Priority, tabId = 1): Requester => ({
  requestId,
  priority,
  tabId,
  documentId: `document-${tabId}`,
});

const lane: Lane = { look: () => Promise.reject(new Error('Nothing is looked at here.')) };

/** A queue whose first job holds it until `open()`, so that what follows really waits. */
function heldQueue(capacity?: number) {
  const ran: string[] = [];
  const queue = createQueue<string>(capacity);
  serveInTurn(queue, lane);
  let openGate: (value: string) => void = () => undefined;
  const gate = new Promise<string>((resolve) => {
    openGate = resolve;
  });
  const held = queue.submit('gate', requester('gate', 'user', 99), () => gate);
  const submit = (key: string, priority: Priority, requestId = key, tabId = 1): Promise<string> =>
    queue.submit(key, requester(requestId, priority, tabId), () => {
      ran.push(key);
      return Promise.resolve(`value of ${key}`);
    });
  const open = async (): Promise<void> => {
    openGate('');
    await held;
  };
  return { queue, ran, submit, open };
}

describe('order', () => {
  test('a click first, then the newest on screen, near, the rest', async () => {
    const { ran, submit, open } = heldQueue();
    const all = [
      submit('rest', 'rest'),
      submit('visible 1', 'visible'),
      submit('near', 'near'),
      submit('visible 2', 'visible'),
      submit('click 1', 'user'),
      submit('click 2', 'user'),
    ];
    await open();
    await Promise.all(all);
    expect(ran).toEqual(['click 1', 'click 2', 'visible 2', 'visible 1', 'near', 'rest']);
  });

  test('a picture that comes into view moves ahead', async () => {
    const { queue, ran, submit, open } = heldQueue();
    const all = [submit('a', 'rest'), submit('b', 'near')];
    queue.setPriority(({ requestId }) => requestId === 'a', 'visible');
    await open();
    await Promise.all(all);
    expect(ran).toEqual(['a', 'b']);
  });
});

describe('sharing', () => {
  test('one run answers all who ask for the same picture, also while it runs', async () => {
    const { ran, submit, open } = heldQueue();
    const first = submit('a', 'rest', 'r1');
    const second = submit('a', 'visible', 'r2', 2);
    await open();
    await expect(first).resolves.toBe('value of a');
    await expect(second).resolves.toBe('value of a');
    expect(ran).toEqual(['a']);
  });

  test('it runs for as long as one of them waits', async () => {
    const { queue, ran, submit, open } = heldQueue();
    const first = submit('a', 'visible', 'r1', 1);
    const second = submit('a', 'visible', 'r2', 2);
    queue.cancel(({ tabId }) => tabId === 1);
    await expect(first).rejects.toMatchObject({ code: 'cancelled' });
    await open();
    await expect(second).resolves.toBe('value of a');
    expect(ran).toEqual(['a']);
  });
});

test('what nobody waits for any more never runs', async () => {
  const { queue, ran, submit, open } = heldQueue();
  const gone = submit('a', 'visible');
  const kept = submit('b', 'rest', 'b', 2);
  queue.cancel(({ tabId }) => tabId === 1);
  await expect(gone).rejects.toMatchObject({ code: 'cancelled' });
  await open();
  await kept;
  expect(ran).toEqual(['b']);
});

test('a full queue drops the farthest, never a click', async () => {
  const { submit, open, queue } = heldQueue(2);
  const click = submit('click', 'user');
  const old = submit('old', 'near');
  const young = submit('young', 'near');
  await expect(old).rejects.toMatchObject({ code: 'queue-full' });
  expect(queue.waiting).toBe(2);
  await open();
  await expect(click).resolves.toBe('value of click');
  await expect(young).resolves.toBe('value of young');
});

test('a failing job fails only itself', async () => {
  const queue = createQueue<string>();
  serveInTurn(queue, lane);
  const bad = queue.submit('bad', requester('1', 'user'), () =>
    Promise.reject(new Error('broken')),
  );
  const good = queue.submit('good', requester('2', 'user'), () => Promise.resolve('fine'));
  await expect(bad).rejects.toMatchObject({ code: 'internal', message: 'Error: broken' });
  await expect(good).resolves.toBe('fine');
});

test('a job is run on the lane that pulls it, and nothing is pulled where nothing waits', async () => {
  const queue = createQueue<Lane>();
  expect(queue.pull(lane)).toBeNull();
  const asked = queue.submit('a', requester('a', 'near'), (given) => Promise.resolve(given));
  expect([queue.waiting, queue.isClickNext, queue.isClickRunning]).toEqual([1, false, false]);
  await queue.pull(lane);
  expect(await asked).toBe(lane);
  expect(queue.waiting).toBe(0);
});

test('whether a click goes next, and whether one runs, is known as long as somebody waits for it', async () => {
  const queue = createQueue<string>();
  let end: (value: string) => void = () => undefined;
  const click = queue.submit(
    'click',
    requester('click', 'user'),
    () =>
      new Promise((resolve) => {
        end = resolve;
      }),
  );
  expect([queue.isClickNext, queue.isClickRunning]).toEqual([true, false]);
  const ended = queue.pull(lane);
  expect([queue.isClickNext, queue.isClickRunning]).toEqual([false, true]);
  queue.cancel(() => true);
  await expect(click).rejects.toMatchObject({ code: 'cancelled' });
  expect(queue.isClickRunning).toBe(false);
  end('');
  await ended;
});
