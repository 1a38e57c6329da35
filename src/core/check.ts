/**
 * Tiny validators, for what cannot carry a schema library along: content scripts, which every page pays
 * for. A check is a type guard; checks are made of checks.
 */
export type Check<T> = (value: unknown) => value is T;

/** What a check lets through. */
export type Checked<C> = C extends Check<infer T> ? T : never;

/** One of these values, and no other. */
export function oneOf<const T extends string | number | boolean | null>(
  ...values: readonly T[]
): Check<T> {
  return (value): value is T => (values as readonly unknown[]).includes(value);
}

/** A text of at most so many UTF-16 units. */
export function textUpTo(maxLength: number): Check<string> {
  return (value): value is string => typeof value === 'string' && value.length <= maxLength;
}

/** A number that is neither infinite nor NaN. */
export function isFiniteNumber(value: unknown): value is number {
  return Number.isFinite(value);
}

/** A whole number from `least` to `most`. */
export function wholeFrom(least: number, most: number): Check<number> {
  return (value): value is number =>
    isFiniteNumber(value) && value % 1 === 0 && value >= least && value <= most;
}

/** A number from `least` to `most`. */
export function numberFrom(least: number, most: number): Check<number> {
  return (value): value is number => isFiniteNumber(value) && value >= least && value <= most;
}

/** A text that a pattern without nested repeats lets through. */
export function textLike(pattern: RegExp): Check<string> {
  return (value): value is string => typeof value === 'string' && pattern.test(value);
}

export function isBoolean(value: unknown): value is boolean {
  return typeof value === 'boolean';
}

/** What the check lets through, or null. */
export function orNull<T>(check: Check<T>): Check<T | null> {
  return (value): value is T | null => value === null || check(value);
}

/** What the check lets through, or nothing at all. */
export function orMissing<T>(check: Check<T>): Check<T | undefined> {
  return (value): value is T | undefined => value === undefined || check(value);
}

/** A list of at most so many entries. */
export function listOf<T>(check: Check<T>, maxLength: number): Check<T[]> {
  return (value): value is T[] => {
    if (!Array.isArray(value) || value.length > maxLength) return false;
    // Spread, so that holes count as entries.
    return [...(value as unknown[])].every((each) => check(each));
  };
}

/** Of what a store holds as a list, the first `most` entries that fit; none where it is no list. */
export function fittingEntries<T>(check: Check<T>, most: number, stored: unknown): T[] {
  return Array.isArray(stored) ? stored.filter((each) => check(each)).slice(0, most) : [];
}

/** Checks by the name of their field. */
export type Shape = Readonly<Record<string, Check<unknown>>>;
export type Shaped<S extends Shape> = { -readonly [N in keyof S]: Checked<S[N]> };

/** An object with these fields; others beside them do no harm. */
export function shapeOf<S extends Shape>(shape: S): Check<Shaped<S>> {
  const checks = Object.entries(shape);
  return (value): value is Shaped<S> => {
    if (typeof value !== 'object' || value === null) return false;
    const fields: Readonly<Record<string, unknown>> = { ...value };
    return checks.every(([name, check]) => check(fields[name]));
  };
}
