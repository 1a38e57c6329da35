/** An address that an image of a style may show, and how many of its pixels go to a CSS pixel. */
export interface CssCandidate {
  address: string;
  density: number;
}

/**
 * An image of a style. The first candidate is the one that the browser should show; the others are
 * those that it may have chosen instead. None: a gradient, or whatever else has no address.
 */
export type CssImage = readonly CssCandidate[];

/** What browsers choose a candidate by. */
export interface CssChoice {
  /** `devicePixelRatio` */
  pixelRatio: number;
  /** By media type, lower case. */
  isTypeSupported: (type: string) => boolean;
}

/** A computed value of `content`. */
export interface CssContent {
  images: CssImage[];
  /** Of an element: does it start with an image? Alone, the image takes the place of what is inside. */
  isImageFirst: boolean;
  isSingle: boolean;
}

/** Deeper ones are passed over: styles of a page nest as deep as they like. */
const MAX_DEPTH = 4;
const MAX_NAME_LENGTH = 20;
const NO_IMAGE: CssImage = [];
const ENDS_NAME = /[\s,/()"']/;
const SPACE = /\s/;

/** Where a value is read: forward only, and each search for a backslash is made once. */
interface Cursor {
  readonly text: string;
  readonly choice: CssChoice;
  at: number;
  backslash: number;
}

type Item =
  | { kind: 'image'; image: CssImage }
  | { kind: 'string'; text: string }
  | { kind: 'word'; text: string }
  | { kind: 'mark'; text: string };

function cursorOf(text: string, choice: CssChoice): Cursor {
  return { text, choice, at: 0, backslash: -1 };
}

/**
 * The images of a computed list (`background-image`), one an item of the list, in its order. Reads the
 * value once, in steps linear in its length; addresses without escapes are not copied.
 */
export function cssImages(value: string, choice: CssChoice): CssImage[] {
  // Nearly all values of a page.
  if (value === 'none' || value === '') return [];
  const cursor = cursorOf(value, choice);
  const images: CssImage[] = [];
  let image = NO_IMAGE;
  for (let item = next(cursor, 0); item !== null; item = next(cursor, 0)) {
    if (item.kind === 'image') image = item.image;
    else if (item.kind === 'mark' && item.text === ',') {
      images.push(image);
      image = NO_IMAGE;
    }
  }
  return [...images, image];
}

/** What a computed value of `content` holds before the words for listeners, which follow a slash. */
export function cssContent(value: string, choice: CssChoice): CssContent {
  const content: CssContent = { images: [], isImageFirst: false, isSingle: false };
  if (value === 'normal' || value === 'none' || value === '') return content;
  const cursor = cursorOf(value, choice);
  let items = 0;
  for (let item = next(cursor, 0); item !== null; item = next(cursor, 0)) {
    if (item.kind === 'mark' && item.text === '/') break;
    items += 1;
    if (item.kind !== 'image') continue;
    content.isImageFirst ||= items === 1;
    if (item.image.length > 0) content.images.push(item.image);
  }
  content.isSingle = items === 1;
  return content;
}

/** The next word, string, image or mark; null at the end. Moves on by one character at least. */
function next(cursor: Cursor, depth: number): Item | null {
  const { text } = cursor;
  skipSpace(cursor);
  const letter = text[cursor.at];
  if (letter === undefined) return null;
  if (letter === '"' || letter === "'") return { kind: 'string', text: readString(cursor) };
  const start = cursor.at;
  while (cursor.at < text.length && !ENDS_NAME.test(text[cursor.at] ?? '')) cursor.at += 1;
  if (cursor.at === start) {
    cursor.at += 1;
    return { kind: 'mark', text: letter };
  }
  const name = text.slice(start, cursor.at);
  if (text[cursor.at] !== '(') return { kind: 'word', text: name };
  cursor.at += 1;
  return readFunction(cursor, depth, name.slice(0, MAX_NAME_LENGTH).toLowerCase());
}

/** @param depth of functions in functions, as far as they are read */
function readFunction(cursor: Cursor, depth: number, name: string): Item {
  if (name === 'url') return { kind: 'image', image: imageAt(readUrl(cursor)) };
  if (depth < MAX_DEPTH) {
    if (/^(-webkit-)?image-set$/.test(name)) {
      return { kind: 'image', image: readSet(cursor, depth + 1) };
    }
    if (/^(-webkit-)?cross-fade$/.test(name)) {
      return { kind: 'image', image: readFade(cursor, depth + 1) };
    }
    if (name === 'type') return { kind: 'word', text: `type ${readType(cursor, depth + 1)}` };
  }
  skipFunction(cursor);
  if (/gradient$|^(-webkit-|-moz-)?(element|paint|image|image-set|cross-fade)$/.test(name)) {
    return { kind: 'image', image: NO_IMAGE };
  }
  return { kind: 'word', text: name };
}

/** A place in the same document is no picture. */
function imageAt(address: string): CssImage {
  return address === '' || address.startsWith('#') ? NO_IMAGE : [{ address, density: 1 }];
}

interface Option {
  image: CssImage;
  resolution: number;
  isSupported: boolean;
}

/**
 * Browsers leave out what they cannot decode, then show the least resolution that is enough, else the
 * greatest; of equal ones the first (https://drafts.csswg.org/css-images-4/#image-set-notation).
 */
function readSet(cursor: Cursor, depth: number): CssImage {
  const { pixelRatio, isTypeSupported } = cursor.choice;
  const options: Option[] = [];
  let option: Option | null = null;
  for (let item = next(cursor, depth); item !== null; item = next(cursor, depth)) {
    if (item.kind === 'mark') {
      if (item.text === ')') break;
      if (item.text === ',') option = null;
    } else if (item.kind === 'word') {
      if (option === null) continue;
      if (item.text.startsWith('type ')) option.isSupported = isTypeSupported(item.text.slice(5));
      else option.resolution = resolutionOf(item.text) ?? option.resolution;
    } else {
      const image: CssImage = item.kind === 'image' ? item.image : imageAt(item.text);
      option = { image, resolution: 1, isSupported: true };
      options.push(option);
    }
  }
  let best: Option | undefined;
  for (const each of options) {
    if (each.isSupported && (best === undefined || isBetter(each, best, pixelRatio))) best = each;
  }
  if (best === undefined || best.image.length === 0) return NO_IMAGE;
  const order = [best, ...options.filter((each) => each !== best)];
  return order.flatMap(({ image, resolution }) =>
    image.map(({ address, density }) => ({ address, density: density * resolution })),
  );
}

function isBetter(option: Option, than: Option, pixelRatio: number): boolean {
  return than.resolution >= pixelRatio
    ? option.resolution >= pixelRatio && option.resolution < than.resolution
    : option.resolution > than.resolution;
}

/** In dots a CSS pixel; null for another word. */
function resolutionOf(word: string): number | null {
  const number = parseFloat(word);
  if (!(number > 0) || word.length > MAX_NAME_LENGTH) return null;
  const unit = word.replace(/^[\d.+e]+/i, '').toLowerCase();
  if (unit === 'x' || unit === 'dppx') return number;
  if (unit === 'dpi') return number / 96;
  return unit === 'dpcm' ? (number * 2.54) / 96 : null;
}

/** Both pictures are seen; the one that is seen more is the first. */
function readFade(cursor: Cursor, depth: number): CssImage {
  const parts: { image: CssImage; share: number | null }[] = [];
  for (let item = next(cursor, depth); item !== null; item = next(cursor, depth)) {
    if (item.kind === 'mark' && item.text === ')') break;
    if (item.kind === 'image') parts.push({ image: item.image, share: null });
    else if (item.kind === 'word') {
      const share = parseFloat(item.text) / (item.text.endsWith('%') ? 100 : 1);
      const last = parts.at(-1);
      if (last !== undefined && Number.isFinite(share)) last.share = share;
    }
  }
  const given = parts.reduce((sum, { share }) => sum + (share ?? 0), 0);
  const rest = (1 - given) / Math.max(1, parts.filter(({ share }) => share === null).length);
  return parts
    .sort((one, other) => (other.share ?? rest) - (one.share ?? rest))
    .flatMap(({ image }) => image);
}

function readType(cursor: Cursor, depth: number): string {
  let type = '';
  for (let item = next(cursor, depth); item !== null; item = next(cursor, depth)) {
    if (item.kind === 'mark' && item.text === ')') break;
    if (item.kind === 'string') type = item.text.toLowerCase();
  }
  return type;
}

/** After `url(`: the address; what may follow it is passed over. */
function readUrl(cursor: Cursor): string {
  const { text } = cursor;
  skipSpace(cursor);
  const letter = text[cursor.at];
  if (letter === '"' || letter === "'") {
    const address = readString(cursor);
    skipFunction(cursor);
    return address.trim();
  }
  return readUntil(cursor, ')').trim();
}

/** From the quote on; ends after the other one. */
function readString(cursor: Cursor): string {
  const quote = cursor.text[cursor.at] ?? '';
  cursor.at += 1;
  return readUntil(cursor, quote);
}

/** Up to an unescaped character, which is passed, or to the end. */
function readUntil(cursor: Cursor, closing: string): string {
  const { text } = cursor;
  const start = cursor.at;
  let isEscaped = false;
  let end = text.indexOf(closing, start);
  if (end === -1) end = text.length;
  for (let at = nextBackslash(cursor, start); at < end; at = nextBackslash(cursor, at + 2)) {
    isEscaped = true;
    if (at + 1 === end) {
      end = text.indexOf(closing, at + 2);
      if (end === -1) end = text.length;
    }
  }
  cursor.at = Math.min(end + 1, text.length);
  const within = text.slice(start, end);
  return isEscaped ? unescapeCss(within) : within;
}

/** The first one at or after `from`, else the end. */
function nextBackslash(cursor: Cursor, from: number): number {
  if (cursor.backslash < from) {
    const at = cursor.text.indexOf('\\', from);
    cursor.backslash = at === -1 ? cursor.text.length : at;
  }
  return cursor.backslash;
}

/** To the end of a function whose opening bracket is passed. */
function skipFunction(cursor: Cursor): void {
  const { text } = cursor;
  for (let open = 1; open > 0 && cursor.at < text.length;) {
    const letter = text[cursor.at];
    if (letter === '"' || letter === "'") {
      readString(cursor);
      continue;
    }
    if (letter === '(') open += 1;
    else if (letter === ')') open -= 1;
    cursor.at += letter === '\\' ? 2 : 1;
  }
}

function skipSpace(cursor: Cursor): void {
  while (cursor.at < cursor.text.length && SPACE.test(cursor.text[cursor.at] ?? '')) cursor.at += 1;
}

/** CSS escapes: `\"` and the like stand for the character, `\22 ` for its code point. */
function unescapeCss(text: string): string {
  return text.replace(/\\(?:([0-9a-f]{1,6})\s?|(.))/gis, (_, hex: string | undefined, letter) =>
    hex === undefined ? (letter === '\n' ? '' : String(letter)) : letterOf(parseInt(hex, 16)),
  );
}

/** As style sheets read code points that are none. */
function letterOf(code: number): string {
  const isNone = code === 0 || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff);
  return isNone ? '\ufffd' : String.fromCodePoint(code);
}
