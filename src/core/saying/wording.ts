/** How a label becomes a sentence. */
import type { PlainLabel } from './labels';

/** WebAIM and the W3C techniques ask for short alternatives; screen readers split longer ones. */
export const MAX_DRAFT_CHARACTERS = 125;

function described({ article, name, isKind }: PlainLabel): string {
  if (isKind) return `a kind of ${name}`;
  return article === '' ? name : `${article} ${name}`;
}

/** What a listener hears: hedged, like `May be a tabby cat` or `May be a kind of dog`. */
export function hintText(label: PlainLabel): string {
  return `May be ${described(label)}`;
}

/** What is shown of two things, like `dog and bicycle`. */
export function twoLabel(first: PlainLabel, second: PlainLabel): string {
  return `${first.name} and ${second.name}`;
}

/** What a listener hears of two things, like `May be a dog and a bicycle`. */
export function twoText(first: PlainLabel, second: PlainLabel): string {
  return `May be ${described(first)} and ${described(second)}`;
}

/** What card and popup show for a leaf that is likelier than not: `Possibly a tabby cat`. */
export function guessText(label: PlainLabel): string {
  return `Possibly ${described(label)}`;
}

/** Alt text for an author to review, of two things, like `Dog and bicycle`. */
export function twoDraft(first: PlainLabel, second: PlainLabel): string {
  return draftText({ ...first, name: twoLabel(first, second) });
}

/** Alt text for an author to review: the bare label with a capital, like `Tabby cat`. */
export function draftText({ name }: PlainLabel): string {
  return (name.charAt(0).toUpperCase() + name.slice(1)).slice(0, MAX_DRAFT_CHARACTERS);
}
