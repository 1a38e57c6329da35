/**
 * What every contender's worker does: open on a backend, then run the golden input when asked, and time
 * it. One module worker a contender, so that none works in the heap of another.
 */
import type { Backend } from '../../../src/core/prediction';

export interface Opened {
  /** What the graphics driver calls itself, where it tells. */
  device: string | null;
  /**
   * Logits [1001] of one picture [224, 224, 3] in [-1, 1], RGB, in the layout that `input` gave: from
   * values in script to values in script.
   */
  run: (input: Float32Array) => Promise<Float32Array>;
  /** The contender's own layout of the picture; default as it is. */
  arrange?: (input: Float32Array) => Float32Array;
}

export type Open = (backend: Backend) => Promise<Opened>;

export type ContenderCall =
  | { call: 'open'; backend: Backend }
  /** Logits of the synthetic input. */
  | { call: 'run' }
  /** Milliseconds of each of so many runs; stops early when `limitMs` is over. */
  | { call: 'time'; count: number; limitMs: number };

export type ContenderAnswer = { ok: true; value: unknown } | { ok: false; error: string };

export const INPUT_SIDE_PX = 224;

/** The synthetic picture of golden-logits.json. */
function syntheticInput(): Float32Array {
  return Float32Array.from(
    { length: INPUT_SIDE_PX * INPUT_SIDE_PX * 3 },
    (_, index) => ((index * 7919) % 255) / 127.5 - 1,
  );
}

/** Answers the calls of the page that started this worker, one after the other. */
export function serveContender(open: Open): void {
  let opened: Opened | undefined;
  let input = syntheticInput();

  async function answer(message: ContenderCall): Promise<unknown> {
    if (message.call === 'open') {
      opened = await open(message.backend);
      input = opened.arrange?.(input) ?? input;
      return opened.device;
    }
    if (opened === undefined) throw new Error('Open the contender first.');
    if (message.call === 'run') return Array.from(await opened.run(input));
    const milliseconds: number[] = [];
    const end = performance.now() + message.limitMs;
    while (milliseconds.length < message.count && performance.now() < end) {
      const startedAt = performance.now();
      await opened.run(input);
      milliseconds.push(performance.now() - startedAt);
    }
    return milliseconds;
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
