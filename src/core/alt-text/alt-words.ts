/** Texts that say nothing about their picture, told by the text alone. W3C failure F30. */
import { flat } from './flat';
import { folded } from './folded';
import { isSlug, isTemplateOrSize } from './program-names';
import { saysImageOf, saysNoMoreThanImage } from './vocabulary';

/**
 * A longer text may belong beside the picture: screen readers read it without a pause. No standard has a
 * limit, and whole sentences of good texts have up to 200.
 */
export const MAX_ALT_CHARACTERS = 250;

const FILE_ENDINGS = new Set(
  (
    'apng avif bmp cgi eps gif heic heif ico jfif jpeg jpg jxl pdf php png psd raw svg svgz tif ' +
    'tiff webp'
  ).split(' '),
);
const MAX_FILE_NAME_CHARACTERS = 200;
const SCHEME_ADDRESS = /^(?:(?:https?|ftp|file|blob):\S*|data:[\w+./-]*[;,]\S*)$/iu;
const HOST_ADDRESS = /^(?:www\.|\/\/)(\S+)$/iu;
const PATH = /^[\w%.~-]*(?:[/\\][\w%.~@-]+)+$/iu;

/** A text without what its end has of these characters. @param character matches one */
export function withoutEnding(text: string, character: RegExp): string {
  let end = text.length;
  while (end > 0 && character.test(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end);
}

/** What two texts are compared by: letters and digits of any script, lower case. */
export function comparable(text: string): string {
  return flat(
    text
      .normalize('NFKC')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\p{M}]+/gu, ' '),
  );
}

/** How long is a file's name without its ending? 0 where it has none of a file of pictures. */
function stemLength(text: string): number {
  const dot = text.lastIndexOf('.');
  return dot > 0 && FILE_ENDINGS.has(text.slice(dot + 1).toLowerCase()) ? dot : 0;
}

function isPath(text: string): boolean {
  const query = text.indexOf('?');
  if (query !== -1 && /\s/u.test(text.slice(query))) return false;
  const path = query === -1 ? text : text.slice(0, query);
  const stem = stemLength(path);
  return stem > 0 && !/[/\\]/u.test(path.charAt(stem - 1)) && PATH.test(path);
}

/** Is the whole text an address or a path? */
export function isAddress(text: string): boolean {
  if (SCHEME_ADDRESS.test(text) || isPath(text)) return true;
  const host = HOST_ADDRESS.exec(text)?.[1];
  return host?.slice(1, -1).includes('.') === true;
}

/** Sentences speak of files too: a name of more words than these is none, unless the picture has it. */
const MAX_FILE_WORDS = 4;
const DOCUMENT_ENDING = /\.(?:pdf|eps|php|cgi)$/iu;

/** Ends like a file: is all of it the file's name, or does it speak of the file? */
function isWholeName(text: string): boolean {
  if (/[/\\:?"<>|,;]/u.test(text)) return false;
  const words = text.split(/\s+/u).length;
  return words === 1 || (words <= MAX_FILE_WORDS && !DOCUMENT_ENDING.test(text));
}

/**
 * Is the whole text a file's name: with its ending, joined as only files are, or just the picture's own without it?
 * @param fileName the last part of the picture's address, or null
 */
export function isFileName(text: string, fileName: string | null): boolean {
  const compared = text.normalize('NFKC');
  const length = stemLength(compared);
  if (text.length > MAX_FILE_NAME_CHARACTERS) return false;
  if ((length > 0 && isWholeName(compared)) || isSlug(text)) return true;
  if (fileName === null || /\s/u.test(text)) return false;
  if (text === fileName) return length > 0;
  // `dog.jpg` may well show a dog, and `r2-d2.jpg` R2-D2; `dog-04-final.jpg` is not how people
  // write. What has capitals where the file has none was written.
  const isTechnical = text.includes('_') || text.indexOf('-') !== text.lastIndexOf('-');
  const stem = fileName.replace(/\.\w{2,5}$/u, '');
  return isTechnical && stem.length > 3 && stem === text;
}

/** Not a number that people say: a counter with zeros before it, or one of a data base. */
const COUNTER = /^[#\s]*(?:0\d{3,}|\d{6,})$/u;

/** Only words for any picture and placeholders of whatever language, numbered or not (`image 3`), or a counter alone. */
export function isGenericWord(text: string): boolean {
  if (isTemplateOrSize(text)) return true;
  const compared = folded(text);
  return /^n ?\/ ?a$/u.test(compared) || COUNTER.test(compared) || saysNoMoreThanImage(compared);
}

/** Signs that picture something themselves: emoji, stars of a rating, signs of money and of mathematics. */
const PICTURING = /[\p{L}\p{N}\p{Extended_Pictographic}\p{RI}\p{Sc}★☆♪♫✓∀-⋿]/u;

/** Only punctuation, arrows, bullets and lines. */
export function isSymbolsOnly(text: string): boolean {
  return !PICTURING.test(text);
}

/** Does it open with what is said anyway: that it is an image? */
export function isOpenedAsImage(text: string): boolean {
  return saysImageOf(folded(text));
}

export function isTooLong(text: string): boolean {
  return text.length > MAX_ALT_CHARACTERS;
}
