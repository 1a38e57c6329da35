import type { ComponentChildren } from 'preact';

import { text } from '../platform/i18n';

/** Private-use characters stand in for the elements while the text is looked up. */
const FIRST_PLACE = 0xe000;

/** A localised text whose substitutions are elements: `Press $1` with a `<kbd>`. */
export function RichText({ of, with: parts }: { of: string; with: ComponentChildren[] }) {
  const places = parts.map((_, index) => String.fromCharCode(FIRST_PLACE + index));
  return text(of, ...places)
    .split(/([\uE000-\uE0FF])/)
    .map((piece) => {
      const place = places.indexOf(piece);
      return place === -1 ? piece : parts[place];
    });
}
