/**
 * What roles mean for an image. Sources: WAI-ARIA 1.2 (with `image` of 1.3), Graphics-ARIA 1.0, DPUB-ARIA 1.1;
 * of which roles a name is asked: axe-core 4.14's standards (`accessibleNameRequired`).
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

/** All others that are known and not abstract. */
const NAMED_ROLES = new Set(
  (
    'alertdialog application button checkbox combobox dialog graphics-document graphics-symbol img image ' +
    'link listbox menuitem menuitemcheckbox menuitemradio meter none option presentation progressbar ' +
    'radio searchbox slider spinbutton switch textbox treeitem doc-abstract doc-acknowledgments ' +
    'doc-afterword doc-appendix doc-backlink doc-bibliography doc-biblioref doc-chapter doc-colophon ' +
    'doc-conclusion doc-cover doc-credit doc-credits doc-dedication doc-endnotes doc-epigraph ' +
    'doc-epilogue doc-errata doc-example doc-footnote doc-foreword doc-glossary doc-glossref doc-index ' +
    'doc-introduction doc-noteref doc-notice doc-pagebreak doc-pagefooter doc-pageheader doc-pagelist ' +
    'doc-part doc-preface doc-prologue doc-pullquote doc-qna doc-subtitle doc-tip doc-toc'
  ).split(' '),
);

/**
 * The role that a `role` attribute gives: of its tokens the first that is known and not abstract; empty
 * where there is none. WAI-ARIA 1.2, 8.1 (user agents must use the first token that matches).
 */
export function roleOf(attribute: string | null): string {
  const tokens = (attribute ?? '').slice(0, MAX_ROLE_CHARACTERS).toLowerCase().split(/\s+/u);
  return tokens.find((token) => NAMELESS_ROLES.has(token) || NAMED_ROLES.has(token)) ?? '';
}
const MAX_ROLE_CHARACTERS = 1000;

/** Does this role say that the element is no image, so that it needs no name as one? */
export function isNamelessRole(role: string): boolean {
  return NAMELESS_ROLES.has(role);
}

export function isImageRole(role: string): boolean {
  return role === 'img' || role === 'image';
}

export function isPresentationRole(role: string): boolean {
  return role === 'none' || role === 'presentation';
}
