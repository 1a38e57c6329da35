/** A seeded source of everything that varies between drawings. */
export interface Random {
  /** In [low, high). */
  between: (low: number, high: number) => number;
  /** A whole number in [low, high]. */
  whole: (low: number, high: number) => number;
  pick: <T>(items: readonly [T, ...T[]]) => T;
  /** `make(0)` to `make(count - 1)`, joined. */
  join: (count: number, make: (index: number) => string) => string;
  colour: () => string;
  /** Lower-case words, capitalised at the start. */
  words: (count: number) => string;
}

const SYLLABLES =
  'ta ler mo vin sa re ko pal dis men tor al be ri no cu fer lan go ex pri me sol ver ti can du';

/** mulberry32 (Tommy Ettinger, public domain): small, and the same everywhere. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const between = (low: number, high: number): number => low + next() * (high - low);
  const whole = (low: number, high: number): number => Math.floor(between(low, high + 1));
  const syllables = SYLLABLES.split(' ');
  const word = (): string =>
    Array.from({ length: whole(1, 4) }, () => syllables[whole(0, syllables.length - 1)]).join('');
  return {
    between,
    whole,
    pick: <T>(items: readonly [T, ...T[]]): T => items[whole(0, items.length - 1)] ?? items[0],
    join: (count, make) => Array.from({ length: count }, (_, index) => make(index)).join(''),
    colour: () => `hsl(${whole(0, 359)} ${whole(20, 95)}% ${whole(20, 85)}%)`,
    words: (count) => {
      const text = Array.from({ length: count }, word).join(' ');
      return text.charAt(0).toUpperCase() + text.slice(1);
    },
  };
}
