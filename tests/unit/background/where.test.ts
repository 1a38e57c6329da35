import { expect, test, vi } from 'vitest';

import { createPlaces } from '../../../src/background/where';
import type { Raster } from '../../../src/core/look/raster';

const PANDA = 'n02510455';
const TAUGHT = 'u0123abcd';
const RASTER: Raster = { width: 2, height: 4, data: new Uint8ClampedArray(32).fill(255) };

/** One channel, which speaks for every class, and is awake at the lower right alone. */
const SEEN = {
  map: { side: 2, channels: 1, values: Float32Array.of(0, 0, 0, 4) },
  classifier: {
    values: new Uint8Array(1001).fill(2),
    scale: 1,
    zeroPoint: 0,
    bias: new Float32Array(1001),
  },
};

function placesOf() {
  const see = vi.fn(() => Promise.resolve(SEEN));
  const start = vi.fn(() => Promise.resolve());
  const decode = vi.fn(() => Promise.resolve(RASTER));
  const directionOf = (label: string) =>
    label === TAUGHT ? { weights: Float32Array.of(1), mean: Float32Array.of(1) } : null;
  const speaker = () => Promise.resolve({ mark: '', match: () => null, directionOf });
  const places = createPlaces({
    ...{ engine: { see }, start, decode, ownLabels: { speaker } },
    variant: () => Promise.resolve('accurate'),
  });
  return { see, start, decode, places };
}

test('one look at the whole picture, and none for another label of it', async () => {
  const { places, see, start } = placesOf();
  places.keep('a', RASTER, 'here');
  const where = await places.inPicture('a', PANDA, 'here');
  expect(where).toEqual({ side: 2, values: [0, 0, 0, 255], part: 'lower_right' });
  expect(see).toHaveBeenCalledWith(RASTER, { left: 0, top: 0, width: 2, height: 4 });
  expect(start).toHaveBeenCalledBefore(see);
  await places.inPicture('a', 'n02084071', 'here');
  // Classified again, as by a second press: the map is still that of these pixels.
  places.keep('a', RASTER, 'here');
  await places.inPicture('a', PANDA, 'here');
  expect(see).toHaveBeenCalledOnce();
});

test('what is not at hand is not looked at: an older picture, another document’s, no label of ours', async () => {
  const { places, see } = placesOf();
  for (const picture of ['a', 'b', 'c', 'd', 'e']) places.keep(picture, RASTER, 'here');
  expect(await places.inPicture('a', PANDA, 'here')).toBeNull();
  expect(await places.inPicture('e', PANDA, 'elsewhere')).toBeNull();
  expect(await places.inPicture('e', PANDA, null)).toBeNull();
  expect(see).not.toHaveBeenCalled();
  expect(await places.inPicture('b', PANDA, 'here')).not.toBeNull();
  expect(await places.inPicture('b', 'n00000000', 'here')).toBeNull();
});

test('a label that a person taught has its place on the same map; a forgotten one has none', async () => {
  const { places, see } = placesOf();
  places.keep('a', RASTER, 'here');
  expect(await places.inPicture('a', TAUGHT, 'here')).toMatchObject({ part: 'lower_right' });
  expect(await places.inPicture('a', 'uffffffff', 'here')).toBeNull();
  expect(see).toHaveBeenCalledOnce();
});

test('a look that failed is taken again', async () => {
  const { places, see } = placesOf();
  see.mockRejectedValueOnce(new Error('The device is gone.'));
  places.keep('a', RASTER, null);
  await expect(places.inPicture('a', PANDA, null)).rejects.toThrow('gone');
  expect(await places.inPicture('a', PANDA, null)).not.toBeNull();
  expect(see).toHaveBeenCalledTimes(2);
});

test('in a small copy that a page of ours shows', async () => {
  const { places, decode } = placesOf();
  const bytes = Uint8Array.of(1, 2, 3);
  expect(await places.inFile(bytes, PANDA)).toMatchObject({ part: 'lower_right' });
  expect(decode).toHaveBeenCalledWith(bytes);
});
