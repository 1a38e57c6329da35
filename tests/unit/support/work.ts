/**
 * Counts work in steps, not in time: what a pattern compares (`patternSteps`), what the texts' own methods
 * go over, and how often each block of our code runs (the engine's coverage).
 */
import { Session } from 'node:inspector/promises';
import { setFlagsFromString } from 'node:v8';

import { patternSteps, TooManySteps } from './pattern-steps';

/** So many steps of one pattern are far from linear in the texts of these tests. */
const PATTERN_LIMIT = 3_000_000;

/** What these go over, in characters. `result` is what came out, `from` where they were to begin. */
const GONE_OVER: Record<string, (text: string, result: unknown, from: number) => number> = {
  indexOf: (text, result, from) => (result === -1 ? text.length : Number(result)) - from,
  lastIndexOf: (text, result) => text.length - Math.max(0, Number(result)),
  includes: (text) => text.length,
  replaceAll: (text) => text.length,
  split: (text) => text.length,
  trim: (text) => text.length,
  trimEnd: (text, result) => text.length - String(result).length,
  toLowerCase: (text) => text.length,
  toUpperCase: (text) => text.length,
  normalize: (text) => text.length,
};

let steps = 0;
let isCounting = false;

function count(of: () => number): void {
  isCounting = false;
  try {
    steps += of();
  } finally {
    isCounting = true;
  }
}

/** Counts what patterns and texts do, until the returned function is called. */
function watchBuiltIns(): () => void {
  const texts = String.prototype as unknown as Record<string, (...values: unknown[]) => unknown>;
  const patterns = RegExp.prototype;
  // eslint-disable-next-line @typescript-eslint/unbound-method -- called with a pattern
  const exec = patterns.exec;
  const before = Object.keys(GONE_OVER).map((name) => [name, texts[name]] as const);
  for (const [name, method] of before) {
    if (method === undefined) throw new Error(`No method ${name}.`);
    const goneOver = GONE_OVER[name];
    texts[name] = function (this: string, ...values) {
      const result = Reflect.apply(method, this, values);
      if (isCounting) count(() => 1 + (goneOver?.(this, result, Number(values[1] ?? 0)) ?? 0));
      return result;
    };
  }
  // All that goes by a pattern asks this (ECMA-262, RegExpExec).
  patterns.exec = function (text) {
    if (isCounting) count(() => patternSteps(this, text, PATTERN_LIMIT));
    return Reflect.apply(exec, this, [text]);
  };
  return () => {
    patterns.exec = exec;
    for (const [name, method] of before) if (method !== undefined) texts[name] = method;
  };
}

/** Steps of patterns and texts while this runs; Infinity where a pattern takes too many. */
export function builtInSteps(run: () => unknown): number {
  const stop = watchBuiltIns();
  steps = 0;
  isCounting = true;
  try {
    run();
  } catch (error) {
    // What a function refuses it has read all the same.
    if (error instanceof TooManySteps) return Infinity;
  } finally {
    isCounting = false;
    stop();
  }
  return steps;
}

export interface BlockCounter {
  /** How often blocks of our code in `src` ran since the last call. */
  take: () => Promise<number>;
  close: () => Promise<void>;
}

/** Counts blocks of all modules that are loaded from now on. Nothing is optimised from then on: that would not count. */
export async function countBlocks(): Promise<BlockCounter> {
  setFlagsFromString('--max-optimized-bytecode-size=0');
  setFlagsFromString('--no-maglev');
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  return {
    async take() {
      const { result } = await session.post('Profiler.takePreciseCoverage');
      return result
        .filter(({ url }) => url.includes('/src/') && !url.includes('/node_modules/'))
        .flatMap(({ functions }) => functions.flatMap(({ ranges }) => ranges))
        .reduce((sum, { count: times }) => sum + times, 0);
    },
    async close() {
      await session.post('Profiler.stopPreciseCoverage');
      session.disconnect();
    },
  };
}
