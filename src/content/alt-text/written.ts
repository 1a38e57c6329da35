import { getAttribute, leaveNote, removeAttribute, setAttribute } from '../dom';

/** An attribute that was written on an element. */
export interface Written {
  name: string;
  ours: string;
  /** What was there before; null: nothing. */
  before: string | null;
}

/** Puts back what was there before, as far as the page has not changed it since. */
export function putBack(element: Element, attributes: readonly Written[]): void {
  // Backwards: the text goes before the mark that tells whose it is.
  for (const { name, ours, before } of attributes.toReversed()) {
    if (getAttribute(element, name) !== ours) continue;
    if (before === null) removeAttribute(element, name);
    else setAttribute(element, name, before);
  }
  leaveNote(element, null);
}

/** Did the page only write again what is there? Its own attributes count by what they were before. */
export function isUntouched(
  element: Element,
  attributes: readonly Written[],
  records: readonly MutationRecord[],
): boolean {
  if (attributes.some(({ name, ours }) => getAttribute(element, name) !== ours)) return false;
  return records.every(
    ({ target, attributeName, oldValue }) =>
      target !== element ||
      attributeName === null ||
      attributes.some(({ name }) => name === attributeName) ||
      getAttribute(element, attributeName) === oldValue,
  );
}
