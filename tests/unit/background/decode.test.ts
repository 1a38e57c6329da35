import sharp from 'sharp';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { decodeFile } from '../../../src/background/decode';

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

test.each([
  ['nothing', '', 'image-empty'],
  ['words', 'This is no picture.', 'image-not-an-image'],
  ['a web page', '<!doctype html><html>', 'image-not-an-image'],
  ['a drawing', '<svg xmlns="http://www.w3.org/2000/svg"/>', 'image-not-readable'],
])('%s: %s', async (_, text, code) => {
  await expect(decodeFile(new TextEncoder().encode(text))).rejects.toMatchObject({ code });
});
