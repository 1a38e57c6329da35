/**
 * The author's word that a picture says nothing: an empty alternative or a presentation role, unless
 * something else takes that word back. The report and labelling go by the same. Global ARIA attributes:
 * WAI-ARIA 1.3, as axe-core 4.14 has them in its standards (`global`); the tests hold the two together.
 */
import type { AltFacts } from './alt-facts';
import { isPresentationRole } from './alt-need-roles';

export type WordFacts = Pick<
  AltFacts,
  'kind' | 'role' | 'isFocusable' | 'hasGlobalAria' | 'alt' | 'name' | 'nameFrom'
>;

/** Any of these takes the word back. */
const GLOBAL_ATTRIBUTES = new Set(
  (
    'actions atomic braillelabel brailleroledescription busy controls current describedby ' +
    'description details disabled dropeffect errormessage flowto grabbed haspopup hidden invalid ' +
    'keyshortcuts label labelledby live owns relevant roledescription'
  )
    .split(' ')
    .map((name) => `aria-${name}`),
);

/** Is it one of the ARIA attributes that every element may have? */
export function isGlobalAria(attribute: string): boolean {
  return GLOBAL_ATTRIBUTES.has(attribute);
}

/** The word of a presentation role or of `alt=""` is taken back by what makes the element interesting. */
function hasConflict({ isFocusable, hasGlobalAria }: WordFacts): boolean {
  return isFocusable || hasGlobalAria;
}

/** A control stays one, whatever its role says. WAI-ARIA 1.2, 7.4 (presentational roles conflict resolution). */
export function isPresentation(facts: WordFacts): boolean {
  const { role, kind } = facts;
  return isPresentationRole(role) && !hasConflict(facts) && kind !== 'button' && kind !== 'area';
}

/** Is the alternative empty, and nothing else names the image? A tooltip alone is no such name. */
export function isUnnamedEmptyAlt({ kind, alt, name, nameFrom, ...facts }: WordFacts): boolean {
  const isNamed = name !== '' && (nameFrom !== 'title' || facts.isFocusable || facts.hasGlobalAria);
  return kind === 'img' && alt === '' && !isNamed;
}

/**
 * Does an empty alternative make it decoration? Not where focus, a global ARIA attribute or another role
 * expose it all the same. HTML-AAM 1.0, `img` with an empty `alt`: as role `none`.
 */
export function isEmptyAlt(facts: WordFacts): boolean {
  const hasRole = facts.role !== '' && !isPresentationRole(facts.role);
  return isUnnamedEmptyAlt(facts) && !hasRole && !hasConflict(facts);
}
