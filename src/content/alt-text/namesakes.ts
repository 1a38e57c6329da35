import { comparable } from '../../core/alt-text/alt-words';
import { getAttribute, isDrawn } from '../dom';
import { composedAncestors } from '../find/shadow-roots';
import { picturesOf } from '../lent';
import { isAriaHidden } from './name-of';
import { createSamePicture } from './same-picture';

/** Which texts stand for several different pictures of a frame. */
export interface Namesakes {
  /** Reads the `alt` text of one of the frame's elements. */
  add: (element: Element) => void;
  /**
   * Has a different picture the same text? Pictures are compared by their pixels, and what cannot be compared is
   * not called different; what is hidden is left out, and links that lead to the same are named the same by
   * right. Pictures without an address are never compared.
   */
  hasOther: (element: Element, name: string) => boolean;
}

/** With one text, more pictures than these are not compared with each other. */
const MAX_COMPARED = 12;

interface Namesake {
  element: Element;
  address: string;
  target: string | null;
}

function addressOf(element: Element): string | null {
  return picturesOf(element)[0]?.address ?? null;
}

/** Where the link around an element leads; null where there is none. */
function targetOf(element: Element): string | null {
  for (const around of composedAncestors(element)) {
    if (around instanceof HTMLAnchorElement && around.href !== '') return around.href;
  }
  return null;
}

function isHeard(element: Element): boolean {
  if (!isDrawn(element, { visibilityProperty: true })) return false;
  return ![...composedAncestors(element)].some(isAriaHidden);
}

export function createNamesakes(): Namesakes {
  const namesakes = new Map<string, Namesake[]>();
  const isSamePicture = createSamePicture();

  function isOther(one: Namesake, other: Namesake): boolean {
    if (one.element === other.element || one.address === other.address) return false;
    if (one.target !== null && one.target === other.target) return false;
    const [image, otherImage] = [one.element, other.element];
    if (!(image instanceof HTMLImageElement && otherImage instanceof HTMLImageElement))
      return false;
    return isSamePicture(image, otherImage) === false;
  }

  return {
    add: (element) => {
      const text = comparable(getAttribute(element, 'alt') ?? '');
      const address = text === '' ? null : addressOf(element);
      if (address === null) return;
      const known = namesakes.get(text) ?? [];
      namesakes.set(text, known);
      const isKnown = known.some(
        (each) => each.address === address && each.target === targetOf(element),
      );
      if (known.length >= MAX_COMPARED || isKnown || !isHeard(element)) return;
      known.push({ element, address, target: targetOf(element) });
    },
    hasOther: (element, name) => {
      const same = namesakes.get(comparable(name));
      const address = same === undefined ? null : addressOf(element);
      if (same === undefined || address === null) return false;
      const own = { element, address, target: targetOf(element) };
      return same.some((other) => isOther(own, other));
    },
  };
}
