import { describe, expect, test } from 'vitest';

import { createQueue, type Requester } from '../../../src/background/queue';
import type { Priority } from '../../../src/messages/protocol';
import { serveInTurn } from './serve-in-turn';

const requester = (requestId: string, priority: Priority, tabId = 1): Requester => ({
  requestId,
  priority,
  tabId,
  documentId: `document-${tabId}`,
});

type Run = () => Promise<string>;

const run = (work: Run): Promise<string> => work();

/** A queue whose first job holds it until `open()`, so that what follows really waits. */
function heldQueue(capacity?: number) {
  const ran: string[] = [];
  const queue = createQueue<Run, string>(capacity);
  serveInTurn(queue, run);
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
  const queue = createQueue<Run, string>();
  serveInTurn(queue, run);
  const bad = queue.submit('bad', requester('1', 'user'), () =>
    Promise.reject(new Error('broken')),
  );
  const good = queue.submit('good', requester('2', 'user'), () => Promise.resolve('fine'));
  await expect(bad).rejects.toMatchObject({ code: 'internal', message: 'Error: broken' });
  await expect(good).resolves.toBe('fine');
});

test('what a lane pulls it must end, and nothing is pulled where nothing waits', async () => {
  const queue = createQueue<string, string>();
  expect(queue.pull(1)).toEqual([]);
  const asked = queue.submit('a', requester('a', 'near'), 'work');
  expect([queue.waiting, queue.isClickNext, queue.isClickRunning]).toEqual([1, false, false]);
  const [taken] = queue.pull(1);
  expect(taken?.work).toBe('work');
  expect(queue.waiting).toBe(0);
  await taken?.end(Promise.resolve('done'));
  expect(await asked).toBe('done');
});

describe('several for one run', () => {
  const pulled = (jobs: readonly { work: string }[]): string[] => jobs.map(({ work }) => work);

  function waitingQueue(...asked: [key: string, priority: Priority][]) {
    const queue = createQueue<string, string>();
    for (const [key, priority] of asked) {
      queue.submit(key, requester(key, priority), key).catch(() => undefined);
    }
    return queue;
  }

  test('the most urgent, in their order, and no more than are asked for', () => {
    const queue = waitingQueue(['a', 'near'], ['b', 'visible'], ['c', 'rest'], ['d', 'visible']);
    expect(pulled(queue.pull(3))).toEqual(['d', 'b', 'a']);
    expect(pulled(queue.pull(3))).toEqual(['c']);
    expect(queue.pull(3)).toEqual([]);
  });

  test('clicks first, and in no run with labels', () => {
    const queue = waitingQueue(['a', 'visible'], ['click 1', 'user'], ['b', 'visible']);
    void queue.submit('click 2', requester('click 2', 'user'), 'click 2');
    expect(pulled(queue.pull(8))).toEqual(['click 1', 'click 2']);
    expect(pulled(queue.pull(8))).toEqual(['b', 'a']);
  });

  test('one that does not fit ends the run: nobody overtakes it', () => {
    const queue = waitingQueue(['a', 'near'], ['Z', 'near'], ['b', 'near'], ['c', 'near']);
    const fits = (first: string, next: string): boolean =>
      /[a-z]/.test(first) === /[a-z]/.test(next);
    expect(pulled(queue.pull(8, fits))).toEqual(['c', 'b']);
    expect(pulled(queue.pull(8, fits))).toEqual(['Z']);
    expect(pulled(queue.pull(8, fits))).toEqual(['a']);
  });

  test('one is pulled, whatever is said of it', () => {
    const queue = waitingQueue(['a', 'near'], ['b', 'near']);
    expect(pulled(queue.pull(8, () => false))).toEqual(['b']);
  });

  test('each ends by itself', async () => {
    const queue = createQueue<string, string>();
    const [good, bad] = ['good', 'bad'].map((key) =>
      queue.submit(key, requester(key, 'user'), key),
    );
    const [first, second] = queue.pull(2);
    await second?.end(Promise.reject(new Error('broken')));
    await expect(bad).rejects.toMatchObject({ code: 'internal' });
    expect(queue.isClickRunning).toBe(true);
    await first?.end(Promise.resolve('fine'));
    expect(await good).toBe('fine');
    expect(queue.isClickRunning).toBe(false);
  });
});

test('whether a click goes next, and whether one runs, is known as long as somebody waits for it', async () => {
  const queue = createQueue<Run, string>();
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
  const ended = queue.pull(1).map((taken) => taken.end(taken.work()));
  expect([queue.isClickNext, queue.isClickRunning]).toEqual([false, true]);
  queue.cancel(() => true);
  await expect(click).rejects.toMatchObject({ code: 'cancelled' });
  expect(queue.isClickRunning).toBe(false);
  end('');
  await Promise.all(ended);
});
