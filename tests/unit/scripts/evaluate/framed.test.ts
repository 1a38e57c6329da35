import sharp from 'sharp';
import { expect, test } from 'vitest';

import { framed, FRAMES, type Frame } from '../../../../scripts/evaluate/framed';

const SIDE = 90;

/** Noise, so that a place that moves is seen. */
async function photo(): Promise<{ file: Buffer; pixels: Buffer }> {
  const pixels = Buffer.from(
    Array.from({ length: SIDE * SIDE * 3 }, (_, place) => (place * 7919) % 251),
  );
  const raw = { width: SIDE, height: SIDE, channels: 3 } as const;
  return { file: await sharp(pixels, { raw }).png().toBuffer(), pixels };
}

test.each(Object.keys(FRAMES) as Frame[])('%s: the photo is in it as it was', async (frame) => {
  const { file, pixels } = await photo();
  const at = 0.25;
  const framedFile = await framed(file, frame, at);
  const { width, height } = await sharp(framedFile).metadata();
  const [across, down] = FRAMES[frame];
  expect(width / height).toBeCloseTo(across / down, 1);
  expect(Math.min(width, height)).toBe(SIDE);
  const inside = await sharp(framedFile)
    .removeAlpha()
    .extract({
      left: Math.round((width - SIDE) * at),
      top: Math.round((height - SIDE) * at),
      width: SIDE,
      height: SIDE,
    })
    .raw()
    .toBuffer();
  expect(inside.equals(pixels)).toBe(true);
});
