/**
 * What roles and ARIA attributes mean for an image's name. Source: WAI-ARIA 1.3, as axe-core 4.14 has it
 * in its standards (`accessibleNameRequired`, `global`); the end-to-end test holds the two together.
 */

/** Roles of which nobody asks a name: an image that has one of them is not listened to as an image. */
const NAMELESS_ROLES = new Set(
  (
    'alert article banner blockquote caption cell code columnheader complementary contentinfo ' +
    'comment definition deletion directory document emphasis feed figure form grid gridcell group ' +
    'heading insertion list listitem log main mark marquee math menu menubar navigation note ' +
    'paragraph radiogroup region row rowgroup rowheader scrollbar search sectionfooter ' +
    'sectionheader separator status strong subscript suggestion superscript tab table tablist ' +
    'tabpanel term text time timer tooltip tree treegrid graphics-object'
  ).split(' '),
);

/** Any of these takes the word of `role="presentation"` and `alt=""` back. */
const GLOBAL_ATTRIBUTES = new Set(
  (
    'actions atomic braillelabel brailleroledescription busy controls current describedby ' +
    'description details disabled dropeffect errormessage flowto grabbed haspopup hidden invalid ' +
    'keyshortcuts label labelledby live owns relevant roledescription'
  )
    .split(' ')
    .map((name) => `aria-${name}`),
);

/** Does this role say that the element is no image, so that it needs no name as one? */
export function isNamelessRole(role: string): boolean {
  return NAMELESS_ROLES.has(role);
}

export function isPresentation(role: string): boolean {
  return role === 'presentation' || role === 'none';
}

export function isImageRole(role: string): boolean {
  return role === 'img' || role === 'image';
}

/** Is it one of the ARIA attributes that every element may have? */
export function isGlobalAria(attribute: string): boolean {
  return GLOBAL_ATTRIBUTES.has(attribute);
}
