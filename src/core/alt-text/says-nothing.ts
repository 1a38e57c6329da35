/**
 * Texts that can say nothing to anyone. Only these give way to a label by themselves: what is short, odd
 * or a name (`R2-D2`, `P1000`, `404`, `★★★★☆`, `Avatar`) may be all that its author has to say.
 */

/** Values that programs write where there is none. Source: JavaScript, Python, Go and PHP, as they print nothing. */
const VALUES = new Set(['null', 'undefined', 'nan', '[object object]', '<nil>', '(null)']);
const UUID = /^\{?[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\}?$/iu;
/** A digest of a file: MD5, SHA-1 and SHA-256 as hexadecimal digits, with a digit among them. */
const DIGEST = /^(?=[a-f]*\d)(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64})$/iu;
/** What cameras, phones and scanners put before their numbers (DCF, "DSC_0042"); none of them is a word. */
const CAMERA =
  /^_?(?:img|dsc[fn]?|pxl|mvimg|gopr|cimg|kimg|dji|imgp|hpim|pict|mvc|fb_img)?[ _-]?\d{3,}(?:[ _-]\d+)*(?: ?\(\d+\))?$/iu;
const ENDING =
  /\.(?:apng|avif|bmp|gif|heic|heif|ico|jfif|jpe?g|jxl|png|psd|raw|svgz?|tiff?|webp)$/iu;
const SCHEME = /^(?:https?|ftp|file|blob):\S*$/iu;
const DATA = /^data:image\/[\w.+-]+[;,]\S*$/iu;
const PATH = /^[\w%.~@:-]*(?:[/\\][\w%.~@-]*)+$/u;
/** No letter at all, or one that is no word in any script. */
const LETTERLESS = /^(?:[^\p{L}\p{M}]*|[a-z])$/iu;

/** What comes before a question mark or a hash, where no space follows. */
function withoutQuery(text: string): string {
  const end = text.search(/[?#]/u);
  return end === -1 || /\s/u.test(text.slice(end)) ? text : text.slice(0, end);
}

/** The last part of a path. */
function lastPart(path: string): string {
  const last = path.split(/[/\\]/u).at(-1) ?? '';
  try {
    return decodeURIComponent(last);
  } catch {
    return last;
  }
}

/** Is a file's name, without its ending, of numbers alone, with or without what a camera puts before them? */
function isWordless(stem: string): boolean {
  return CAMERA.test(stem) || UUID.test(stem) || DIGEST.test(stem) || LETTERLESS.test(stem);
}

/** A file of a picture, or the path to one; the folders are no words of the author's, the file's name may be. */
function isWordlessFile(text: string): boolean {
  const plain = withoutQuery(text);
  const file = SCHEME.test(plain) || PATH.test(plain) ? lastPart(plain) : text;
  const stem = file.replace(ENDING, '');
  return stem !== file && isWordless(stem);
}

/**
 * Can the text say nothing to anyone: a path, a camera's number with its ending, a UUID, "null"?
 * @param text white space collapsed
 */
export function saysNothing(text: string): boolean {
  const trimmed = text.trim();
  if (trimmed === '') return true;
  return (
    VALUES.has(trimmed.toLowerCase()) ||
    UUID.test(trimmed) ||
    DIGEST.test(trimmed) ||
    DATA.test(trimmed) ||
    isWordlessFile(trimmed)
  );
}
