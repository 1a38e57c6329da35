/** Square photos in the shapes of natural ones. */
import sharp from 'sharp';

/** Shapes of photos as cameras take them, by width and height. */
export const FRAMES = {
  '4:3': [4, 3],
  '3:2': [3, 2],
  '2:3': [2, 3],
  '16:9': [16, 9],
} as const satisfies Record<string, readonly [width: number, height: number]>;
export type Frame = keyof typeof FRAMES;

/** As blurred as a background out of focus, px. */
const BLUR_PX = 9;
/** From the photo's edge outward, over so many px, the mirrored border gives way to its blurred copy. */
const FALL_OFF_PX = 60;

/** How opaque the sharp copy is, 0-1, at a place along the side that was made longer. */
function sharpness(place: number, from: number, length: number): number {
  const outside = Math.max(from - place, place - (from + length - 1), 0);
  return Math.max(0, 1 - outside / FALL_OFF_PX);
}

/**
 * A square photo in a wider or higher frame: its borders mirrored outward, and blurred the more the farther
 * out. All of the photo stays as it is, so that the subject is whole, but no longer in the middle.
 * @param at where in the room that is won the photo lies, 0-1: 0.5 is the middle
 * @returns PNG
 */
export async function framed(photo: Buffer, frame: Frame, at: number): Promise<Buffer> {
  const [across, down] = FRAMES[frame];
  const { data, info } = await sharp(photo)
    .removeAlpha()
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  const { width, height, channels } = info;
  const isWide = across > down;
  const long = Math.round(isWide ? (height * across) / down : (width * down) / across);
  const room = Math.max(0, long - (isWide ? width : height));
  const before = Math.round(room * at);
  const extended = await sharp(data, { raw: { width, height, channels } })
    .extend({
      ...(isWide ? { left: before, right: room - before } : { top: before, bottom: room - before }),
      extendWith: 'mirror',
    })
    .png()
    .toBuffer();
  const size = isWide ? { width: width + room, height } : { width, height: height + room };
  const mask = Buffer.alloc(size.width * size.height * 4);
  for (let y = 0; y < size.height; y += 1) {
    for (let x = 0; x < size.width; x += 1) {
      const opacity = isWide ? sharpness(x, before, width) : sharpness(y, before, height);
      mask[(y * size.width + x) * 4 + 3] = Math.round(255 * opacity);
    }
  }
  const sharpPart = await sharp(extended)
    .ensureAlpha()
    .composite([{ input: mask, raw: { ...size, channels: 4 }, blend: 'dest-in' }])
    .png()
    .toBuffer();
  const blurred = await sharp(extended).blur(BLUR_PX).png().toBuffer();
  return sharp(blurred)
    .composite([{ input: sharpPart }])
    .png()
    .toBuffer();
}
