import { comparable } from '../../core/alt-text/alt-words';
import { getAttribute } from '../dom';
import { picturesOf } from '../lent';

/** Which texts stand for several different pictures of a frame. */
export interface Namesakes {
  /** Reads the `alt` text of one of the frame's elements. */
  add: (element: Element) => void;
  /** Has a picture at another address the same text? Pictures without an address are never compared. */
  hasOther: (element: Element, name: string) => boolean;
}

function addressOf(element: Element): string | null {
  return picturesOf(element)[0]?.address ?? null;
}

export function createNamesakes(): Namesakes {
  const addresses = new Map<string, Set<string>>();
  return {
    add: (element) => {
      const text = comparable(getAttribute(element, 'alt') ?? '');
      const address = text === '' ? null : addressOf(element);
      if (address === null) return;
      const known = addresses.get(text);
      if (known === undefined) addresses.set(text, new Set([address]));
      else known.add(address);
    },
    hasOther: (element, name) => {
      const same = addresses.get(comparable(name));
      if (same === undefined) return false;
      const own = addressOf(element);
      return own !== null && (same.size > 1 || !same.has(own));
    },
  };
}
