/**
 * What every contender's worker does: open on a backend, then say what it sees in the golden picture when
 * asked, and time it. One worker a contender, so that none works in the heap of another. All start
 * from the same pixels, and the others cut their view with our code: ours does it on its own way in.
 */
import type { Backend } from '../../src/core/saying/prediction';
import { type Raster, travelSize } from '../../src/core/look/raster';
import { cutViews } from '../../src/core/look/views';

export interface Looked {
  logits: Float32Array;
  embedding: Float32Array;
}

export interface Opened {
  /** What the graphics driver calls itself, where it tells. */
  device: string | null;
  /** Logits [1001] of the centre crop of a picture. */
  run: (picture: Raster) => Promise<Float32Array>;
  /** The same, with the embedding [1024] that the logits are made of. */
  look?: (picture: Raster) => Promise<Looked>;
  /** What is timed, where that ends in something else than logits. */
  timed?: (picture: Raster) => Promise<unknown>;
  /** Cuts the first view and the second of a picture, where the contender does it in a way of its own. */
  cut?: (picture: Raster) => void;
}

export type Open = (backend: Backend) => Promise<Opened>;

export type ContenderCall =
  | { call: 'open'; backend: Backend }
  /** Logits of the golden picture. */
  | { call: 'run' }
  /** Logits, and the embedding where the contender tells, of a view [224, 224, 3]: bytes in base 64. */
  | { call: 'look'; view: string }
  /** Milliseconds of each of so many runs; stops early when `limitMs` is over. */
  | { call: 'time'; count: number; limitMs: number }
  /** Milliseconds of cutting the view alone, so many times. */
  | { call: 'cut'; count: number }
  /** Milliseconds of `Opened.cut` on a picture as it travels, so many times; none where there is no such way. */
  | { call: 'ownCut'; count: number };

export type ContenderAnswer = { ok: true; value: unknown } | { ok: false; error: string };

export const INPUT_SIDE_PX = 224;
/** The centre crop keeps 7/8 of it, pixel by pixel. */
const PICTURE_SIDE_PX = 256;

/** A picture whose centre crop is a view [224, 224, 3], byte by byte; white around it. */
function pictureAround(byteAt: (index: number) => number): Raster {
  const data = new Uint8ClampedArray(PICTURE_SIDE_PX * PICTURE_SIDE_PX * 4).fill(255);
  const border = (PICTURE_SIDE_PX - INPUT_SIDE_PX) / 2;
  for (let index = 0; index < INPUT_SIDE_PX * INPUT_SIDE_PX * 3; index += 1) {
    const pixel = Math.floor(index / 3);
    const x = border + (pixel % INPUT_SIDE_PX);
    const y = border + Math.floor(pixel / INPUT_SIDE_PX);
    data[(y * PICTURE_SIDE_PX + x) * 4 + (index % 3)] = byteAt(index);
  }
  return { width: PICTURE_SIDE_PX, height: PICTURE_SIDE_PX, data };
}

/** The synthetic input of golden-logits.json. */
function goldenPicture(): Raster {
  return pictureAround((index) => (index * 7919) % 255);
}

/** A photo of 4:3 as it travels to the worker. */
function travelledPicture(): Raster {
  const { width, height } = travelSize(1600, 1200);
  const data = new Uint8ClampedArray(width * height * 4).map((_, index) =>
    index % 4 === 3 ? 255 : (index * 7919) % 255,
  );
  return { width, height, data };
}

/** The model's input [224, 224, 3] in [-1, 1], RGB. */
export function cutInput(picture: Raster): Float32Array {
  return cutViews(picture, INPUT_SIDE_PX, 1);
}

async function timed(
  count: number,
  limitMs: number,
  action: () => Promise<unknown>,
): Promise<number[]> {
  const milliseconds: number[] = [];
  const end = performance.now() + limitMs;
  while (milliseconds.length < count && performance.now() < end) {
    const startedAt = performance.now();
    await action();
    milliseconds.push(performance.now() - startedAt);
  }
  return milliseconds;
}

/** Answers the calls of the page that started this worker, one after the other. */
export function serveContender(open: Open): void {
  let opened: Opened | undefined;
  const picture = goldenPicture();

  async function answer(message: ContenderCall): Promise<unknown> {
    if (message.call === 'open') {
      opened = await open(message.backend);
      return opened.device;
    }
    if (message.call === 'cut') {
      return timed(message.count, Infinity, () => Promise.resolve(cutInput(picture)));
    }
    if (opened === undefined) throw new Error('Open the contender first.');
    const { run, look, timed: action = run, cut } = opened;
    if (message.call === 'ownCut') {
      if (cut === undefined) return [];
      const travelled = travelledPicture();
      return timed(message.count, Infinity, () => {
        cut(travelled);
        return Promise.resolve();
      });
    }
    if (message.call === 'look') {
      const bytes = Uint8Array.from(atob(message.view), (each) => each.charCodeAt(0));
      const view = pictureAround((index) => bytes[index] ?? 0);
      if (look === undefined) return { logits: Array.from(await run(view)) };
      const { logits, embedding } = await look(view);
      return { logits: Array.from(logits), embedding: Array.from(embedding) };
    }
    if (message.call === 'run') return Array.from(await run(picture));
    return timed(message.count, message.limitMs, () => action(picture));
  }

  addEventListener('message', ({ data }: MessageEvent<ContenderCall>) => {
    answer(data).then(
      (value) => {
        postMessage({ ok: true, value } satisfies ContenderAnswer);
      },
      (error: unknown) => {
        const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
        postMessage({ ok: false, error: text } satisfies ContenderAnswer);
      },
    );
  });
}

/** A file of the extension. */
export async function packagedFile(path: string): Promise<ArrayBuffer> {
  const response = await fetch(new URL(`/${path}`, location.href));
  if (!response.ok) throw new Error(`${path} is not in the extension.`);
  return response.arrayBuffer();
}

export async function packagedJson<T>(path: string): Promise<T> {
  return JSON.parse(new TextDecoder().decode(await packagedFile(path))) as T;
}
