/** Names that cameras, phones, programs and stock libraries give, and what templates leave when they fail. */
import { folded } from './folded';
import { isNumberedByProgram, saysNoMoreThanImage } from './vocabulary';

/** As cameras and phones name their files. Model names (P1000, DX3900) have fewer digits or other letters. */
const CAMERA =
  /^_?(?:img|imag|dsc[nf]?|dscf|pict|pxl|mvimg|gopr|gp|sam|cimg|kimg|dji|mvc|imgp|hpim|vid|fb_img|wp|photo|image|scan|capture|mmexport)[ _-]?\d{3}[\w-]*$/u;
const NUMBERED = /^(?:p\d{7}|\d{8}[_-]\d{4}\w*|(?:signal|received)[_-]\d[\w-]*|[0-9a-f]{24,64})$/u;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/u;
/** Layers without a number (Figma, Sketch, Illustrator), and a phone's name for any picture. */
const NAMELESS =
  /^(?:mask group|clip path group|bitmap|combined shape|vector|rectangle|canva design|fullsizerender)$/u;
/** Variants in Figma (`Property 1=Default`), shapes in Google Slides, and what programs put before a date. */
const PROGRAM =
  /^(?:property \d+=|google shape;|cleanshot \d|chatgpt image \w{3,9} \d|dall[·.-]?e \d{4})/u;
const AT_SCALE = /@\dx$/u;
/** What is put behind a name to tell copies apart. */
const COPY = / ?\(\d+\)$| copy(?: \d+)?$/u;
const COPY_OF = /^(?:copy of|kopie von|copie de|copia de|copia di|kopie van|kopia) /u;

const MAX_NAME_CHARACTERS = 120;
const MIN_LONG_NUMBER = /\d{5}/u;
/** So many parts make an address's part of a phrase: `state-of-the-art` has four. */
const MIN_SLUG_PARTS = 5;

/** Joined as only files and addresses are: `dog-1234567_1280`, `red-shoes-on-the-table`. */
export function isSlug(name: string): boolean {
  const text = folded(name).replace(COPY, '');
  if (/[^\p{L}\p{M}\d._@-]|^[@.]/u.test(text) || !/\p{L}/u.test(text)) return false;
  const parts = text.split(/[-_]+/u).filter((part) => part !== '');
  if (parts.length < 2) return false;
  return (
    /[^_]_[^_]/u.test(text) ||
    parts.length >= MIN_SLUG_PARTS ||
    MIN_LONG_NUMBER.test(text) ||
    /-\d{2,4}x\d{2,4}/u.test(text) ||
    text.endsWith('-unsplash')
  );
}

/** A word for a picture or a screen with a date or a long number: `Bildschirmfoto 2024-05-01 um 10.11.12`. */
function isDated(text: string): boolean {
  return (text.match(/\d/gu) ?? []).length >= 5 && saysNoMoreThanImage(text.replace(/\d+/gu, ' '));
}

/** Is the whole text a name that a camera or a program gave? */
export function isCameraName(text: string): boolean {
  if (text.length > MAX_NAME_CHARACTERS) return false;
  const whole = folded(text);
  const name = whole.replace(COPY, '').replace(COPY_OF, '');
  return (
    [CAMERA, NUMBERED, UUID, NAMELESS, PROGRAM].some((pattern) => pattern.test(name)) ||
    isNumberedByProgram(name.replace(AT_SCALE, '')) ||
    isNumberedByProgram(whole) ||
    isDated(name)
  );
}

/** What is in brackets of a template language, or a value that was none. */
const TEMPLATE =
  /^(?:\{\{[^{}]*\}\}|\{%[^%]*%\}|<%[^%]*%>|[$#]\{[^{}]*\}|\{\d+\}|%(?:\d\$)?[sd@]|%\w+%|\[object \w+\]|(?:&#?\w+;)+|\w+\.(?:alt|title|name|caption|description))$/u;
/** A size in pixels. Cars (4x4) and prints in centimetres are smaller, or have a unit. */
const SIZE = /^\d{2,5} ?[x×*] ?\d{2,5}(?: ?(?:px|pixels?))?$/u;

/** Is the whole text what a template leaves, or the picture's size? */
export function isTemplateOrSize(text: string): boolean {
  if (text.length > MAX_NAME_CHARACTERS) return false;
  const compared = folded(text);
  return TEMPLATE.test(compared) || (SIZE.test(compared) && /\d{3}/u.test(compared));
}
