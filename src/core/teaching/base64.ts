/** Base64 (RFC 4648, section 4), which core has no function of the browser's for. */
const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

const valueOf = new Map(Array.from(DIGITS, (digit, value) => [digit, value]));

export function toBase64(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at += 3) {
    const left = bytes.length - at;
    const triple = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
    const digits = [18, 12, 6, 0].map((shift) => DIGITS.charAt((triple >> shift) & 63)).join('');
    parts.push(left >= 3 ? digits : digits.slice(0, left + 1).padEnd(4, '='));
  }
  return parts.join('');
}

/** The bytes of a text that `toBase64` wrote; null for any other. */
export function fromBase64(text: string): Uint8Array | null {
  if (text.length % 4 !== 0) return null;
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  const bytes = new Uint8Array((text.length / 4) * 3 - padding);
  const digits = text.length - padding;
  let [bits, held, at] = [0, 0, 0];
  for (let place = 0; place < digits; place += 1) {
    const value = valueOf.get(text.charAt(place));
    if (value === undefined) return null;
    bits = ((bits << 6) | value) & 0xffff;
    held += 6;
    if (held < 8) continue;
    held -= 8;
    bytes[at] = (bits >> held) & 0xff;
    at += 1;
  }
  return bytes;
}
