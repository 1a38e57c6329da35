/** Signs that change no word: accents, vowel points, the stretch of Arabic, the dot of Hindi loan sounds. */
const ACCENTS = /[\u0300-\u036f\u0640\u064b-\u065f\u0670\u093c\p{Cf}]+/gu;

/** The value of a decimal digit of any script. Blocks of Indian scripts begin at 6 of 16, others at 0. */
function asciiDigit(digit: string): string {
  const code = digit.charCodeAt(0);
  return String((code >= 0x966 && code <= 0xd6f ? code - 6 : code) & 15);
}

/**
 * A text as people mean it, however it is typed: compatibility forms (full width), case, accents and
 * the digits of all scripts made one.
 */
export function folded(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(ACCENTS, '')
    .normalize('NFKC')
    .replace(/[łı]/gu, (letter) => (letter === 'ł' ? 'l' : 'i'))
    .replace(/[^\P{Nd}0-9]/gu, asciiDigit);
}
