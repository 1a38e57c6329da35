/** Texts that say nothing about their picture, told by the text alone. W3C failure F30. */
import { flat } from './flat';

/** A longer text belongs beside the picture: screen readers read it without a pause. WebAIM's limit is about 150. */
export const MAX_ALT_CHARACTERS = 150;

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

/** As cameras, phones and programs name their files. */
const CAMERA_NAME =
  /^(?:_?(?:img|imag|image|dsc[nf]?|dscf|pict?|pxl|mvimg|gopr?|gp|sam|cimg|kimg|dji|mvc|imgp|hpim|p|vid|fb_img|wp|photo|scan|capture)[ _-]?\d{3}[\w-]*|(?:screen[ _-]?shot|screenshot|bildschirmfoto|whatsapp[ _-]image|signal|received|untitled)[ _-]+\d[\d\w .:_-]*|\d{8}[_-]\d{4}\w*|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9a-f]{24,64})(?: ?\(\d+\)| ?copy)?$/iu;

const GENERIC_WORDS = new Set(
  (
    'image|images|img|photo|photos|photograph|picture|pictures|pic|pics|graphic|graphics|icon|' +
    'icons|figure|fig|illustration|thumbnail|thumb|banner|avatar|logo|clipart|clip art|' +
    'screenshot|gif|jpg|jpeg|png|svg|asset|media|file|object|artwork|' +
    'alt|alt text|alternative text|alt tag|text|title|caption|description|' +
    'image description|photo description|untitled|no title|no alt|no alt text|no name|unnamed|' +
    'null|undefined|nan|none|n/a|na|false|true|unknown|default|empty|blank|test|todo|tbd|xxx|' +
    'placeholder|placeholder image|image placeholder|no image|no image available|' +
    'image not available|missing image|default image|loading|spacer|pixel|bullet|arrow|' +
    'lorem ipsum|your image here|insert alt text here|add alt text|click here|link|button|' +
    'my image|the image|an image|a photo|a picture|a photograph|' +
    'bild|bilder|foto|fotos|grafik|abbildung|symbolbild|platzhalter|ohne titel|kein bild|' +
    'imagen|imágenes|fotografía|sin título|imagem|imagens|fotografia|sem título|' +
    'immagine|immagini|senza titolo|illustrazione|photographie|image sans titre|sans titre|' +
    'afbeelding|plaatje|zonder titel|obraz|obrazek|zdjęcie|bez tytułu|kuva|bilde|billede|' +
    'изображение|картинка|фото|фотография|рисунок|без названия|画像|写真|图片|照片|圖片|이미지|사진|صورة'
  ).split('|'),
);

const OPENINGS = [
  /^(?:this is )?(?:an? |the |my )?(?:image|photo|photograph|picture|pic|graphic|icon) (?:of|showing|shows|depicting|displaying)\b/iu,
  /^(?:ein |eine |das |der )?(?:bild|foto|fotografie|grafik|abbildung) (?:von|einer|eines|mit)(?![\p{L}])/iu,
  /^(?:une? |la |l['’])?(?:image|photo|photographie) (?:(?:de|du|des|montrant)(?![\p{L}])|d['’])/iu,
  /^(?:una |la )?(?:imagen|foto|fotografía) (?:de|del)(?![\p{L}])/iu,
  /^(?:uma |a )?(?:imagem|foto|fotografia) (?:de|do|da)(?![\p{L}])/iu,
  /^(?:un['’]|una |l['’]|la )?(?:immagine|foto|fotografia) (?:di|del|della)(?![\p{L}])/iu,
  /^(?:een |de )?(?:afbeelding|foto) van(?![\p{L}])/iu,
];

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

/**
 * Is the whole text a file's name: with its ending, or just the picture's own without it?
 * @param fileName the last part of the picture's address, or null
 */
export function isFileName(text: string, fileName: string | null): boolean {
  const length = stemLength(text);
  if (length > 0 && length <= MAX_FILE_NAME_CHARACTERS && !/[/\\:?"<>|]/u.test(text)) return true;
  const isTechnical = /[\d_]/u.test(text) || text.indexOf('-') !== text.lastIndexOf('-');
  if (fileName === null || !isTechnical || /\s/u.test(text)) return false;
  // `dog.jpg` may well show a dog; `dog_04-final.jpg` is not how people write.
  const stem = fileName.replace(/\.\w{2,5}$/u, '');
  return stem.length > 3 && stem.toLowerCase() === text.toLowerCase();
}

export function isCameraName(text: string): boolean {
  return CAMERA_NAME.test(text);
}

/** One word for any picture, or a placeholder; numbered or not (`image 3`), or a number alone. */
export function isGenericWord(text: string): boolean {
  const opened = text.toLowerCase().replace(/^[[({<"'\s]+/u, '');
  const bare = flat(withoutEnding(opened, /[\])}>"'.…:!\s]/u).replace(/[_-]+/gu, ' '));
  if (GENERIC_WORDS.has(bare) || /^[#\s]*\d+$/u.test(bare)) return true;
  const stem = withoutEnding(bare, /\d/u);
  return stem !== bare && GENERIC_WORDS.has(withoutEnding(stem, /[\s#.]/u));
}

/** Not one letter or digit: emoji, punctuation, symbols. */
export function isSymbolsOnly(text: string): boolean {
  return !/[\p{L}\p{N}]/u.test(text);
}

/** Does it open with what is said anyway: that it is an image? */
export function isOpenedAsImage(text: string): boolean {
  return OPENINGS.some((opening) => opening.test(text));
}

export function isTooLong(text: string): boolean {
  return text.length > MAX_ALT_CHARACTERS;
}
