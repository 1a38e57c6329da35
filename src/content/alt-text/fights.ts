import { isHere } from '../dom';
import { replacementKey } from './replacement-key';

const MAX_TRIES = 3;
/** An element that the page replaces within this time after it was written to was replaced because of that. */
const REPLACED_WITHIN_MS = 1000;

/** Texts that the page takes off again, or replaces the element for: not written more than a few times. */
export interface Fights {
  /** The page changed what was written on the element. */
  onUndone: (element: Element, text: string) => void;
  onWritten: (element: Element, text: string) => void;
  isFought: (element: Element, text: string) => boolean;
}

export function createFights(): Fights {
  const undone = new WeakMap<Element, { text: string; times: number }>();
  const lastWritten = new Map<string, { element: WeakRef<Element>; at: number; losses: number }>();

  return {
    onUndone: (element, text) => {
      const before = undone.get(element);
      undone.set(element, { text, times: before?.text === text ? before.times + 1 : 1 });
    },
    onWritten: (element, text) => {
      const key = replacementKey(element, text);
      const losses = lastWritten.get(key)?.losses ?? 0;
      lastWritten.set(key, { element: new WeakRef(element), at: performance.now(), losses });
    },
    isFought: (element, text) => {
      const fights = undone.get(element);
      if (fights?.text === text && fights.times >= MAX_TRIES) return true;
      const last = lastWritten.get(replacementKey(element, text));
      const before = last?.element.deref();
      if (last === undefined || before === element || (before !== undefined && isHere(before)))
        return false;
      if (performance.now() - last.at > REPLACED_WITHIN_MS) return last.losses >= MAX_TRIES;
      last.losses += 1;
      return last.losses >= MAX_TRIES;
    },
  };
}
