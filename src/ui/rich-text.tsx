import type { ComponentChildren } from 'preact';

import { text, type MessageKey } from '../platform/i18n';

/** Private-use characters stand in for the elements while the text is looked up. */
const FIRST_PLACE = 0xe000;

interface RichTextProps {
  of: MessageKey;
  /** In the order of the text's substitutions. */
  with: ComponentChildren[];
}

/** A localised text whose substitutions are elements: `Press $1` with a `<kbd>`. */
export function RichText({ of, with: parts }: RichTextProps) {
  const places = parts.map((_, index) => String.fromCharCode(FIRST_PLACE + index));
  return text(of, ...places)
    .split(/([\uE000-\uE0FF])/)
    .map((piece) => {
      const place = places.indexOf(piece);
      return place === -1 ? piece : parts[place];
    });
}
