/** Where the page's own words for a picture were found, in words. */
import type { TextSource } from '../alt-text/page-texts';

/** By source the key of its text in `_locales`. */
export const DRAFT_SOURCE_KEYS = {
  caption: 'popup_draft_of_caption',
  heading: 'popup_draft_of_heading',
  link: 'popup_draft_of_link',
  fileName: 'popup_draft_of_file_name',
} as const satisfies Record<TextSource, string>;
