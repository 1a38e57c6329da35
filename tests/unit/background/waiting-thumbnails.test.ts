import { beforeEach, expect, test, vi } from 'vitest';

const { makeThumbnail } = vi.hoisted(() => ({ makeThumbnail: vi.fn() }));
vi.mock('../../../src/background/thumbnails', () => ({ makeThumbnail }));

const { createWaitingThumbnails } = await import('../../../src/background/waiting-thumbnails');

const RASTER = { data: new Uint8ClampedArray(4), width: 1, height: 1 };

beforeEach(() => {
  makeThumbnail.mockReset().mockResolvedValue('data:image/webp;base64,AA');
});

test('no answer waits for a thumbnail: it is made in the turn after', async () => {
  let give: () => void = () => undefined;
  const answer = new Promise<void>((resolve) => {
    give = resolve;
  });
  const thumbnails = createWaitingThumbnails();
  thumbnails.keep('one', RASTER, answer);
  await new Promise((done) => setTimeout(done));
  expect(makeThumbnail).not.toHaveBeenCalled();
  give();
  await answer;
  expect(makeThumbnail).not.toHaveBeenCalled();
  expect(await thumbnails.take('one')).toBe('data:image/webp;base64,AA');
  expect(await thumbnails.take('one')).toBeNull();
});

test('a picture without an answer has one too; one that cannot be made is none', async () => {
  const thumbnails = createWaitingThumbnails();
  thumbnails.keep('failed', RASTER, Promise.reject(new Error('cancelled')));
  expect(await thumbnails.take('failed')).toBe('data:image/webp;base64,AA');
  makeThumbnail.mockRejectedValue(new Error('no canvas'));
  thumbnails.keep('broken', RASTER, Promise.resolve());
  expect(await thumbnails.take('broken')).toBeNull();
});
