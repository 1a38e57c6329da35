import { describe, expect, test, vi } from 'vitest';

import { createQueue, type Requester } from '../../../src/background/queue';
import type { Priority } from '../../../src/messages/protocol';

const requester = (requestId: string, priority: Priority, tabId = 1): Requester => ({
  requestId,
  priority,
  tabId,
  documentId: `document-${tabId}`,
});

const atOnce = (task: () => void): void => {
  task();
};

/** A queue whose first job holds it until `open()`, so that what follows really waits. */
function heldQueue(capacity?: number) {
  const ran: string[] = [];
  const queue = createQueue<string>({ later: atOnce, ...(capacity !== undefined && { capacity }) });
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
  const bad = queue.submit('bad', requester('1', 'user'), () =>
    Promise.reject(new Error('broken')),
  );
  const good = queue.submit('good', requester('2', 'user'), () => Promise.resolve('fine'));
  await expect(bad).rejects.toMatchObject({ code: 'internal', message: 'Error: broken' });
  await expect(good).resolves.toBe('fine');
});

describe('several at a time', () => {
  /** A queue whose jobs end when the test says so. */
  function open(places: { count: number }) {
    const running = new Map<string, () => void>();
    const onWaiting = vi.fn();
    const queue = createQueue<string>({
      ...{ concurrency: () => places.count, onWaiting, later: atOnce },
    });
    const submit = (key: string, priority: Priority): Promise<string> =>
      queue.submit(
        key,
        requester(key, priority),
        () =>
          new Promise((resolve) => {
            running.set(key, () => {
              running.delete(key);
              resolve(key);
            });
          }),
      );
    return { queue, running, submit, onWaiting };
  }

  test('as many as there are places; a click takes one more', async () => {
    const { running, submit } = open({ count: 2 });
    const all = ['a', 'b', 'c'].map((key) => submit(key, 'visible'));
    expect([...running.keys()]).toEqual(['a', 'b']);
    const click = submit('click', 'user');
    expect([...running.keys()]).toEqual(['a', 'b', 'click']);
    const secondClick = submit('second click', 'user');
    expect(running.has('second click')).toBe(false);
    for (const key of ['a', 'b']) running.get(key)?.();
    await Promise.all([all[0], all[1]]);
    await vi.waitFor(() => {
      expect([...running.keys()]).toEqual(['click', 'second click']);
    });
    for (const key of ['click', 'second click']) running.get(key)?.();
    await Promise.all([click, secondClick]);
    await vi.waitFor(() => {
      expect([...running.keys()]).toEqual(['c']);
    });
    running.get('c')?.();
    await Promise.all(all);
  });

  test('clicks take no more places than there are for each other', () => {
    const { running, submit } = open({ count: 2 });
    for (const key of ['a', 'b', 'c']) void submit(key, 'user');
    expect([...running.keys()]).toEqual(['a', 'b']);
  });

  test('only what has no place elsewhere leaves the turn first', () => {
    const tasks: (() => void)[] = [];
    const ran: string[] = [];
    const queue = createQueue<string>({
      ...{ concurrency: () => 2, later: (task) => tasks.push(task) },
    });
    const submit = (key: string, priority: Priority): void => {
      void queue.submit(key, requester(key, priority), () => {
        ran.push(key);
        return new Promise(() => undefined);
      });
    };
    for (const key of ['a', 'b']) submit(key, 'visible');
    expect(ran).toEqual(['a', 'b']);
    submit('click', 'user');
    expect(ran).toEqual(['a', 'b']);
    tasks.shift()?.();
    expect(ran).toEqual(['a', 'b', 'click']);
    expect(tasks).toEqual([]);
  });

  test('new places are filled when it is told of them', () => {
    const places = { count: 1 };
    const { queue, running, submit, onWaiting } = open(places);
    for (const key of ['a', 'b', 'c']) void submit(key, 'visible');
    expect(onWaiting.mock.calls).toEqual([[0], [1], [2]]);
    places.count = 3;
    queue.refill();
    expect([...running.keys()]).toEqual(['a', 'c', 'b']);
  });
});

test('a job leaves the turn to what arrives in it, and then the most urgent goes first', async () => {
  const tasks: (() => void)[] = [];
  const ran: string[] = [];
  const queue = createQueue<string>({ later: (task) => tasks.push(task) });
  const submit = (key: string, priority: Priority): Promise<string> =>
    queue.submit(key, requester(key, priority), () => {
      ran.push(key);
      return Promise.resolve(key);
    });
  const all = [submit('near', 'near'), submit('visible', 'visible')];
  expect(ran).toEqual([]);
  expect(tasks).toHaveLength(1);
  all.push(submit('click', 'user'));
  expect(ran).toEqual([]);
  while (ran.length < 3) {
    await vi.waitFor(() => {
      expect(tasks).not.toHaveLength(0);
    });
    tasks.shift()?.();
  }
  await Promise.all(all);
  expect(ran).toEqual(['click', 'visible', 'near']);
});
