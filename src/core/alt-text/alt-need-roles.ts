/**
 * What roles mean for an image's name. Source: WAI-ARIA 1.3, as axe-core 4.14 has it in its standards
 * (`accessibleNameRequired`); the end-to-end test holds the two together.
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

/** Does this role say that the element is no image, so that it needs no name as one? */
export function isNamelessRole(role: string): boolean {
  return NAMELESS_ROLES.has(role);
}

export function isImageRole(role: string): boolean {
  return role === 'img' || role === 'image';
}
