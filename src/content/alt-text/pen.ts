import { leaveNote, setAttribute } from '../dom';
import { MARK } from './mark';
import { putBack, type Written } from './written';

/** What of an element decides about its text: where the page changes one of these, its word counts. */
const WATCHED = [
  ...['alt', 'aria-label', 'aria-labelledby', 'aria-hidden', 'role', 'title', 'lang', MARK],
];

/** Writes on elements of the page, and hears what the page writes on them. */
export interface Pen {
  /** From now on the page's changes of this element are heard. */
  observe: (element: Element) => void;
  put: (element: Element, attributes: readonly Written[]) => void;
  /** Puts back what was there before, as far as the page has not changed it since. */
  restore: (element: Element, attributes: readonly Written[]) => void;
  end: () => void;
}

/** @param onChanges hears the page's changes of the observed elements, never our own */
export function createPen(onChanges: (records: MutationRecord[]) => void): Pen {
  const changes = new MutationObserver(onChanges);

  /** Writes without hearing of it; what the page did before is heard first. */
  function quietly(write: () => void): void {
    onChanges(changes.takeRecords());
    write();
    changes.takeRecords();
  }

  return {
    observe: (element) => {
      changes.observe(element, { attributeFilter: WATCHED, attributeOldValue: true });
    },
    put: (element, attributes) => {
      quietly(() => {
        for (const { name, ours } of attributes) setAttribute(element, name, ours);
        leaveNote(element, JSON.stringify(attributes));
      });
    },
    restore: (element, attributes) => {
      quietly(() => {
        putBack(element, attributes);
      });
    },
    end: () => {
      changes.disconnect();
    },
  };
}
