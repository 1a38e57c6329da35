/** Rules on a page's images that ask a person something, beside the report's own verdicts. */
import type { ReportImage } from '../../src/core/report/page-report';
import type { AuditRule } from './rules';

/** A picture of this side or less, CSS px, hardly tells anything. */
const SPACER_SIDE_PX = 24;
/** What is this large, CSS px on both sides, was hardly put there as decoration. */
const LARGE_SIDE_PX = 200;
/** So sure the model must be that there is something to tell. */
const SURE = 0.9;
/** Fewer items are a list that a person might write. */
const LEAST_KEYWORDS = 6;
const MOST_WORDS_A_KEYWORD = 3;
const LEAST_REPEATS = 3;
/** Shorter words come three times in good sentences. */
const LEAST_REPEATED_LETTERS = 4;

/** "Image" as the last word of a text, in the languages of the interface. */
const IMAGE_WORDS = new Set(
  (
    'image picture photo photograph graphic icon bild foto grafik abbildung imagen imágen fotografía ' +
    'imagem fotografia immagine fotografia afbeelding plaatje zdjęcie obraz obrazek resim fotoğraf ' +
    'görsel зображення фото світлина صورة छवि चित्र तस्वीर 画像 写真 图片 照片 图像 사진 이미지'
  ).split(' '),
);

function wordsOf(text: string): string[] {
  return (
    text
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{M}\p{N}]+/gu) ?? []
  );
}

/** Does the text end in a word for image, after at least one word of its own? */
export function endsInImage(text: string): boolean {
  const words = wordsOf(text);
  return words.length > 1 && IMAGE_WORDS.has(words.at(-1) ?? '');
}

/** Is the text a list of search words: many short items, or one word over and over? */
export function isKeywordList(text: string): boolean {
  const items = text
    .split(/[,;|/、，]/u)
    .map((item) => wordsOf(item).length)
    .filter((words) => words > 0);
  if (items.length >= LEAST_KEYWORDS && items.every((words) => words <= MOST_WORDS_A_KEYWORD)) {
    return true;
  }
  const counts = new Map<string, number>();
  for (const word of wordsOf(text)) {
    if (word.length >= LEAST_REPEATED_LETTERS) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return [...counts.values()].some((count) => count >= LEAST_REPEATS);
}

function looksDecorative({ need, width, height, name }: ReportImage): boolean {
  const isSpoken = need === 'weak' || need === 'named';
  const isSmall = Math.min(width, height) > 0 && Math.max(width, height) <= SPACER_SIDE_PX;
  return isSpoken && isSmall && name !== '';
}

function looksMeaningful({ need, rule, width, height, hint }: ReportImage): boolean {
  if (need !== 'decorative' || rule !== 'empty-alt') return false;
  return Math.min(width, height) >= LARGE_SIDE_PX && hint !== null && hint.probability >= SURE;
}

/**
 * What is asked of the images of one page, in page order.
 * @returns for each image the rules that ask; none for most
 */
export function questionsOf(images: readonly ReportImage[]): AuditRule[][] {
  return images.map((image, index) => {
    const asked: AuditRule[] = [];
    const before = images[index - 1];
    const isRun =
      image.name !== '' && before?.frameId === image.frameId && before.name === image.name;
    // The first of a run is heard with profit; what is a fault for its text already is not asked about it too.
    if (isRun && image.rule !== 'same-text') asked.push('run-of-same-text');
    if (isKeywordList(image.name)) asked.push('keyword-list');
    if (endsInImage(image.name)) asked.push('ends-in-image');
    if (looksDecorative(image)) asked.push('looks-decorative');
    if (looksMeaningful(image)) asked.push('looks-meaningful');
    return asked;
  });
}
