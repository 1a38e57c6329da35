import { comparable } from '../../core/alt-text/alt-words';
import { getAttribute } from '../dom';
import { picturesOf } from '../find/picture';

/** Which texts stand for several different pictures of a frame. */
export interface Namesakes {
  /** Has a picture at another address the same text? Pictures without an address are never compared. */
  hasOther: (element: Element, name: string) => boolean;
}

function addressOf(element: Element): string | null {
  return picturesOf(element)[0]?.address ?? null;
}

/** Reads the `alt` texts of these elements once. */
export function readNamesakes(elements: Iterable<Element>): Namesakes {
  const addresses = new Map<string, Set<string>>();
  for (const element of elements) {
    const text = comparable(getAttribute(element, 'alt') ?? '');
    const address = text === '' ? null : addressOf(element);
    if (address === null) continue;
    const known = addresses.get(text);
    if (known === undefined) addresses.set(text, new Set([address]));
    else known.add(address);
  }
  return {
    hasOther: (element, name) => {
      const same = addresses.get(comparable(name));
      if (same === undefined) return false;
      const own = addressOf(element);
      return own !== null && (same.size > 1 || !same.has(own));
    },
  };
}
