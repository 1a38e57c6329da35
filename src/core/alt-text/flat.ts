/**
 * No more of a text is gone by: three times what people write, and more than any rule looks at. A page
 * may have texts of any length.
 */
export const MAX_READ_CHARACTERS = 1000;

/** White space collapsed, no space at the ends, and no more of it than `MAX_READ_CHARACTERS`. */
export function flat(text: string): string {
  let collapsed = '';
  for (const [word] of text.matchAll(/\S+/gu)) {
    collapsed += collapsed === '' ? word : ` ${word}`;
    if (collapsed.length > MAX_READ_CHARACTERS) break;
  }
  return collapsed.slice(0, MAX_READ_CHARACTERS).trimEnd();
}
