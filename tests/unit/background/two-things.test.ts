import { expect, test, vi } from 'vitest';

import { createSeekTwo } from '../../../src/background/two-things';
import { ownPlace } from '../../../src/background/known-looks';
import type { Saying } from '../../../src/core/saying/prediction';
import { DEFAULT_SETTINGS } from '../../../src/core/settings/settings';

const PICTURE = `${'0'.repeat(64)}-6x3`;
const RASTER = { width: 6, height: 3, data: new Uint8ClampedArray(6 * 3 * 4) };
const SAYING = { silence: 'unsure', hint: null } as Saying;

/** @param known what is said of the picture before it is asked about */
function open({
  known = SAYING,
  raster = RASTER,
}: {
  known?: Saying;
  raster?: typeof RASTER | null;
}) {
  const output = {
    ...{ variant: 'accurate', backend: 'wasm', runMilliseconds: 1 },
    ...{ logits: [new Float32Array(1001)], embeddings: [new Float32Array(1024)] },
    pixels: { texture: 0.5, softness: 0.5, palette: 0.5 },
  };
  const classifyTogether = vi.fn((asked: readonly { raster: { width: number } }[]) =>
    asked.map(() => Promise.resolve(output)),
  );
  let isKept = false;
  const looks = {
    sayAgain: () => Promise.resolve(isKept ? { ...SAYING, two: null } : known),
    keepEnds: vi.fn(() => {
      isKept = true;
      return Promise.resolve();
    }),
  };
  const follow = vi.fn(() => Promise.resolve());
  const alsoSaid = vi.fn(() => Promise.resolve());
  const start = vi.fn(() => Promise.resolve());
  const seek = createSeekTwo({
    ...{ looks, start, followers: { follow }, outcomes: { alsoSaid } },
    engine: { classifyTogether } as never,
    settings: () => Promise.resolve(DEFAULT_SETTINGS),
    places: { rasterOf: () => raster },
  });
  return { seek, start, looks, follow, alsoSaid, classifyTogether };
}

test('what is known already costs no look', async () => {
  const { seek, start } = open({ known: { ...SAYING, two: null } });
  expect(await seek(PICTURE, ownPlace({ isPrivate: false }))).toMatchObject({ two: null });
  expect(start).not.toHaveBeenCalled();
});

test.each([
  ['without pixels', null],
  ['in a picture that is neither wide nor tall', { ...RASTER, width: 4, height: 3 }],
])('nothing can be told %s', async (_, raster) => {
  const { seek, looks, follow } = open({ raster });
  expect(await seek(PICTURE, ownPlace({ isPrivate: false }))).toBeNull();
  expect(looks.keepEnds).not.toHaveBeenCalled();
  expect(follow).not.toHaveBeenCalled();
});

test('both ends are looked at, kept, and told to all that shows the picture', async () => {
  const { seek, looks, follow, alsoSaid, classifyTogether } = open({});
  expect(await seek(PICTURE, ownPlace({ isPrivate: false }))).toMatchObject({ two: null });
  const [[asked] = [[]]] = classifyTogether.mock.calls;
  expect(asked.map(({ raster }) => raster.width)).toEqual([3, 3]);
  expect(looks.keepEnds).toHaveBeenCalledOnce();
  await vi.waitFor(() => {
    expect(alsoSaid).toHaveBeenCalledExactlyOnceWith(PICTURE, { ...SAYING, two: null });
  });
  const concerned = { pictures: [PICTURE], labels: [] };
  expect(follow).toHaveBeenCalledExactlyOnceWith(concerned, { privateOnly: false });
});

test('of a private window nothing is listed', async () => {
  const { seek, follow, alsoSaid } = open({});
  await seek(PICTURE, ownPlace({ isPrivate: true }));
  expect(follow).toHaveBeenCalledExactlyOnceWith(expect.anything(), { privateOnly: true });
  expect(alsoSaid).not.toHaveBeenCalled();
});
