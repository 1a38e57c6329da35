/**
 * Makes a value when it is first asked for, once. A service worker is started many times a day, mostly
 * for something else: what takes milliseconds to make is made by those who need it.
 */
export function lazy<T extends object>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}
