const CSS_URL = /url\(\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|((?:[^)"'\\]|\\.)*))\s*\)/gs;

/**
 * The addresses in a computed CSS image value (`background-image`, `content`), in its order: `url("…")`,
 * also inside `image-set(…)` and between gradients. Computed values hold absolute addresses in quotes.
 */
export function cssImageAddresses(value: string): string[] {
  return [...value.matchAll(CSS_URL)]
    .map(([, double, single, bare]) => unescapeCss((double ?? single ?? bare ?? '').trim()))
    .filter((address) => address !== '');
}

/** CSS escapes: `\"` and the like stand for the character, `\22 ` for its code point. */
function unescapeCss(text: string): string {
  return text.replace(/\\(?:([0-9a-f]{1,6})\s?|(.))/gis, (_, hex: string | undefined, char) =>
    hex === undefined ? String(char) : String.fromCodePoint(parseInt(hex, 16)),
  );
}
