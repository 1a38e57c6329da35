/** Where an accessible name comes from, in the order in which it is looked for. */
export const NAME_SOURCES = [
  'aria-labelledby',
  'aria-label',
  'label',
  'alt',
  'svg-title',
  'title',
] as const;
export type NameSource = (typeof NAME_SOURCES)[number];

/** What is known of an image on a page, as its author left it. */
export interface AltFacts {
  /** `button` is an image button, `object` an embedded picture; `other` is anything else that may have an image role. */
  kind: 'img' | 'button' | 'area' | 'object' | 'svg' | 'other';
  /** The role that the `role` attribute gives, see `roleOf`; empty where it gives none. */
  role: string;
  /** Hidden from assistive technology by whatever means. */
  isHidden: boolean;
  isFocusable: boolean;
  /** Has one of the ARIA attributes that every element may have. */
  hasGlobalAria: boolean;
  /** The `alt` attribute as it is written; null where there is none. */
  alt: string | null;
  /** The accessible name, white space collapsed; empty where there is none. */
  name: string;
  /** Null where there is no name. */
  nameFrom: NameSource | null;
  /**
   * It is seen in a control or heading that nothing names, or is one: its text would be the control's.
   * Null where there is none around it, or where that has a name without it.
   */
  control: 'link' | 'button' | 'other' | null;
  /** Words are drawn over it, as on the background of a heading: content, no alternative. */
  hasWords?: boolean;
  /** Texts beside it, white space collapsed; empty where there are none. */
  caption: string;
  linkText: string;
  heading: string;
  /** What the paragraph, cell or list item around it says. */
  block?: string;
  /** The `title` attribute, white space collapsed. */
  tooltip?: string;
  /** The last part of its address, decoded; null where it has none. */
  fileName: string | null;
  /** Primary language subtag in effect, lower case; null where the page does not say. */
  language: string | null;
  /** Another picture in this frame has the same text. */
  hasNamesake: boolean;
}
