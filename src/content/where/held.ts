import { isConnected } from '../dom';

/** What lies below a surface while a person looks at it, one at a time. */
export interface Held {
  /** @param end takes it away; also where its own button does */
  hold: (below: HTMLElement, end: () => void) => void;
  /** Takes it away. @returns false where nothing is there */
  end: () => boolean;
}

export function createHeld(place: (below: HTMLElement) => void): Held {
  let held: { below: HTMLElement; end: () => void } | null = null;
  const end = (): boolean => {
    const before = held;
    held = null;
    // A frame's script draws in the document of the top.
    const isThere = before !== null && isConnected(before.below);
    before?.end();
    return isThere;
  };
  return {
    end,
    hold: (below, endIt) => {
      end();
      held = { below, end: endIt };
      place(below);
    },
  };
}
