/** A promise that is made when it is first asked for, and shared by all who ask. */
export interface Memoised<T> {
  (): Promise<T>;
  /** The next question makes it anew. */
  forget: () => void;
  /** What is to be answered from now on. */
  set: (value: T) => void;
}

/** Makes a promise once and keeps it; a failure is told to those who asked and forgotten: the next one tries again. */
export function memoised<T>(make: () => Promise<T>): Memoised<T> {
  let made: Promise<T> | undefined;
  function ask(): Promise<T> {
    if (made !== undefined) return made;
    const mine = make();
    made = mine;
    mine.catch(() => {
      if (made === mine) made = undefined;
    });
    return mine;
  }
  return Object.assign(ask, {
    forget: () => {
      made = undefined;
    },
    set: (value: T) => {
      made = Promise.resolve(value);
    },
  });
}
