import { getAttribute } from '../dom';
import { MARK } from './mark';
import { replacementKey } from './replacement-key';
import type { Written } from './written';

/** A copy that the page makes of an element with our text has the text as well: what stood there before. */
export interface Copies {
  /** Tells what is written on an element; `attribute` gets the text. */
  onWritten: (
    element: Element,
    alt: { mark: string; text: string },
    attribute: string,
    written: Written[],
  ) => void;
  /** What was written on what this may be a copy of. */
  originalsOf: (element: Element) => Written[][];
}

/** Equal for an element and its copies; two pictures may have the same text of ours, but not of their author's. */
function copyKey(element: Element, mark: string, attribute: string, text: string): string {
  return `${mark} ${attribute} ${replacementKey(element, text)}`;
}

export function createCopies(): Copies {
  const originals = new Map<string, Written[]>();

  return {
    onWritten: (element, { mark, text }, attribute, written) => {
      // An attribute of the page that is named as our mark is copied along.
      const copied = getAttribute(element, MARK) ?? mark;
      originals.set(copyKey(element, copied, attribute, text), written);
    },
    originalsOf: (element) => {
      const mark = getAttribute(element, MARK);
      if (mark === null) return [];
      return ['alt', 'aria-label'].flatMap((name) => {
        const written = originals.get(
          copyKey(element, mark, name, getAttribute(element, name) ?? ''),
        );
        return written === undefined ? [] : [written];
      });
    },
  };
}
