import { fittingEntries, oneOf, orNull, shapeOf, textUpTo, type Check } from '../../core/check';
import { noteOn } from '../dom';
import { queryDeep } from '../find/shadow-roots';
import { MARK } from './mark';
import { putBack, type Written } from './written';

/** Attributes that are written on one element, and how long such a text may be. */
const MAX_ATTRIBUTES = 3;
const MAX_TEXT = 100_000;

const isWritten: Check<Written> = shapeOf({
  name: oneOf('alt', 'aria-label', 'lang', MARK),
  ours: textUpTo(MAX_TEXT),
  before: orNull(textUpTo(MAX_TEXT)),
});

/** What was written there, by its note; a page may have made anything of that. */
function notedOn(element: Element): Written[] {
  try {
    return fittingEntries(isWritten, MAX_ATTRIBUTES, JSON.parse(noteOn(element) ?? 'null'));
  } catch {
    return [];
  }
}

/** Takes back the texts of a version that ended without a word, as they do in Firefox. */
export function takeBackLeftovers(): void {
  for (const element of queryDeep(`[${MARK}]`)) putBack(element, notedOn(element));
}
