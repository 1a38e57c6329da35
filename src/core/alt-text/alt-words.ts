/** Texts that say nothing about their picture, told by the text alone. W3C failure F30. */

/** A longer text belongs beside the picture: screen readers read it without a pause. WebAIM's limit is about 150. */
export const MAX_ALT_CHARACTERS = 150;

const FILE_ENDING =
  'apng|avif|bmp|cgi|eps|gif|heic|heif|ico|jfif|jpe?g|jxl|pdf|php|png|psd|raw|svgz?|tiff?|webp';
const FILE_NAME = new RegExp(`^[^/\\\\:?"<>|]{1,200}\\.(?:${FILE_ENDING})$`, 'iu');
const ADDRESS = new RegExp(
  `^(?:(?:https?|ftp|file|blob):\\S*|data:[\\w+./-]*[;,]\\S*|(?:www\\.|//)\\S+\\.\\S+|[\\w%.~-]*(?:[/\\\\][\\w%.~@-]+)+\\.(?:${FILE_ENDING})(?:\\?\\S*)?)$`,
  'iu',
);

/** As cameras, phones and programs name their files. */
const CAMERA_NAME =
  /^(?:_?(?:img|imag|image|dsc[nf]?|dscf|pict?|pxl|mvimg|gopr?|gp|sam|cimg|kimg|dji|mvc|imgp|hpim|p|vid|fb_img|wp|photo|scan|capture)[ _-]?\d{3,}[\w-]*|(?:screen[ _-]?shot|screenshot|bildschirmfoto|whatsapp[ _-]image|signal|received|untitled)[ _-]+\d[\d\w .:_-]*|\d{8}[_-]\d{4,6}\w*|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9a-f]{24,64})(?: ?\(\d+\)| ?copy)?$/iu;

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

/** White space collapsed, no space at the ends. */
export function flat(text: string): string {
  return text.replace(/\s+/gu, ' ').trim();
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

/** Is the whole text an address or a path? */
export function isAddress(text: string): boolean {
  return ADDRESS.test(text);
}

/**
 * Is the whole text a file's name: with its ending, or just the picture's own without it?
 * @param fileName the last part of the picture's address, or null
 */
export function isFileName(text: string, fileName: string | null): boolean {
  if (FILE_NAME.test(text)) return true;
  if (fileName === null || !/[\d_]|-.*-/u.test(text) || /\s/u.test(text)) return false;
  // `dog.jpg` may well show a dog; `dog_04-final.jpg` is not how people write.
  const stem = fileName.replace(/\.\w{2,5}$/u, '');
  return stem.length > 3 && stem.toLowerCase() === text.toLowerCase();
}

export function isCameraName(text: string): boolean {
  return CAMERA_NAME.test(text);
}

/** One word for any picture, or a placeholder; numbered or not (`image 3`), or a number alone. */
export function isGenericWord(text: string): boolean {
  const bare = flat(
    text
      .toLowerCase()
      .replace(/^[[({<"'\s]+|[\])}>"'.…:!\s]+$/gu, '')
      .replace(/[_-]+/gu, ' '),
  );
  if (GENERIC_WORDS.has(bare) || /^[#\s]*\d+$/u.test(bare)) return true;
  const unnumbered = bare.replace(/[\s#.]*\d+$/u, '');
  return unnumbered !== bare && GENERIC_WORDS.has(unnumbered);
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
