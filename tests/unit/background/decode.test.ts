import sharp from 'sharp';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { decodeFile, MAX_WORKER_PIXELS } from '../../../src/background/decode';
import { MAX_IMAGE_PIXELS } from '../../../src/core/look/raster';

const decoder = vi.fn<typeof createImageBitmap>();

beforeEach(() => {
  vi.stubGlobal('createImageBitmap', decoder);
  decoder.mockRejectedValue(new DOMException('No.', 'InvalidStateError'));
});

afterEach(() => {
  vi.unstubAllGlobals();
  decoder.mockReset();
});

const picture = sharp({ create: { width: 300, height: 170, channels: 3, background: '#2a6' } });

/** A copy of a file with the size in its header exchanged. */
async function claiming(format: 'png' | 'gif' | 'jpeg' | 'avif', side: number) {
  const bytes = new Uint8Array(await picture.clone().toFormat(format).toBuffer());
  const view = new DataView(bytes.buffer);
  const header = Buffer.from(bytes.buffer);
  if (format === 'gif') {
    view.setUint16(6, side, true);
    view.setUint16(8, side, true);
  } else if (format === 'jpeg') {
    const at = header.indexOf(Buffer.from([0xff, 0xc0]));
    view.setUint16(at + 5, side);
    view.setUint16(at + 7, side);
  } else {
    const at = format === 'png' ? 16 : header.indexOf('ispe') + 8;
    view.setUint32(at, side);
    view.setUint32(at + 4, side);
  }
  return bytes;
}

test.each(['png', 'gif', 'jpeg', 'avif'] as const)(
  '%s: a bomb and a speck are refused by their header, before anything is decoded',
  async (format) => {
    const bomb = await claiming(format, 30_000);
    await expect(decodeFile(bomb)).rejects.toMatchObject({ code: 'image-too-large' });
    const speck = await claiming(format, 1);
    await expect(decodeFile(speck)).rejects.toMatchObject({ code: 'image-too-small' });
    expect(decoder).not.toHaveBeenCalled();
    await expect(decodeFile(await claiming(format, 300))).rejects.toMatchObject({
      code: 'image-truncated',
    });
    expect(decoder).toHaveBeenCalledOnce();
  },
);

test('the worker decodes smaller pictures than pages may, and few at a time', async () => {
  expect(MAX_WORKER_PIXELS).toBeLessThan(MAX_IMAGE_PIXELS);
  const side = Math.ceil(Math.sqrt(MAX_WORKER_PIXELS));
  await expect(decodeFile(await claiming('png', side + 1))).rejects.toMatchObject({
    code: 'image-too-large',
  });
  expect(decoder).not.toHaveBeenCalled();

  const waiting: (() => void)[] = [];
  decoder.mockImplementation(
    () =>
      new Promise((_, reject) => {
        waiting.push(() => {
          reject(new Error('done'));
        });
      }),
  );
  const bytes = await claiming('png', 300);
  const ends = Array.from({ length: 5 }, () => decodeFile(bytes).catch(() => 'ended'));
  for (let ended = 0; ended < 5; ended += 1) {
    await vi.waitFor(() => {
      expect(waiting).toHaveLength(Math.min(2, 5 - ended));
    });
    expect(decoder.mock.calls.length).toBeLessThanOrEqual(ended + 2);
    waiting.shift()?.();
  }
  expect(await Promise.all(ends)).toHaveLength(5);
});

test('a file whose size nobody can tell is not decoded', async () => {
  const cut = (await claiming('png', 300)).slice(0, 18);
  await expect(decodeFile(cut)).rejects.toMatchObject({ code: 'image-truncated' });
  expect(decoder).not.toHaveBeenCalled();
});

test.each([
  ['nothing', '', 'image-empty'],
  ['words', 'This is no picture.', 'image-not-an-image'],
  ['a web page', '<!doctype html><html>', 'image-not-an-image'],
  ['a drawing', '<svg xmlns="http://www.w3.org/2000/svg"/>', 'image-not-readable'],
])('%s: %s', async (_, text, code) => {
  await expect(decodeFile(new TextEncoder().encode(text))).rejects.toMatchObject({ code });
});
