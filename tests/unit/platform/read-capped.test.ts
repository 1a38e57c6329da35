import { expect, test } from 'vitest';

import { readCapped } from '../../../src/platform/read-capped';

const CAP = 10;

/** Chunks of 4 bytes without end; `isCancelled` tells whether its reader had enough. */
function endless() {
  let given = 0;
  let isCancelled = false;
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        given += 1;
        controller.enqueue(new Uint8Array(4));
      },
      cancel() {
        isCancelled = true;
      },
    },
    { highWaterMark: 0 },
  );
  return { body, given: () => given, isCancelled: () => isCancelled };
}

test('the whole body, up to the cap itself', async () => {
  expect([...(await readCapped(new Response('abc'), CAP))]).toEqual([97, 98, 99]);
  expect(await readCapped(new Response('x'.repeat(CAP)), CAP)).toHaveLength(CAP);
  expect(await readCapped(new Response(null), CAP)).toHaveLength(0);
});

test('a body over the cap is given up at the chunk that passes it', async () => {
  const { body, given, isCancelled } = endless();
  await expect(readCapped(new Response(body), CAP)).rejects.toMatchObject({
    code: 'image-too-many-bytes',
  });
  expect([given(), isCancelled()]).toEqual([3, true]);
});

test('nothing is read of a body that says that it is too long', async () => {
  const { body, given, isCancelled } = endless();
  const response = new Response(body, { headers: { 'content-length': `${CAP + 1}` } });
  await expect(readCapped(response, CAP)).rejects.toMatchObject({ code: 'image-too-many-bytes' });
  expect([given(), isCancelled()]).toEqual([0, true]);
});

test('a body that breaks off fails as it does', async () => {
  const body = new ReadableStream({
    pull(controller) {
      controller.error(new TypeError('gone'));
    },
  });
  await expect(readCapped(new Response(body), CAP)).rejects.toThrow('gone');
});
