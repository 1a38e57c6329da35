import type { AltFacts } from './alt-facts';

/** Where the words stand, those that are most about the picture first. */
export const TEXT_SOURCES = ['caption', 'heading', 'link', 'fileName'] as const;
export type TextSource = (typeof TEXT_SOURCES)[number];

/** What a page says beside a picture, white space collapsed; empty where it says nothing. */
export type PageTexts = Readonly<Record<TextSource, string>>;

/** Longer texts are no alternatives: no more of them travels. */
export const MAX_PAGE_TEXT_CHARACTERS = 200;

/** The texts beside a picture, as its facts have them; a text that is too long is left out. */
export function pageTextsOf({ caption, heading, linkText, fileName }: AltFacts): PageTexts {
  const kept = (text: string): string => (text.length > MAX_PAGE_TEXT_CHARACTERS ? '' : text);
  return {
    caption: kept(caption),
    heading: kept(heading),
    link: kept(linkText),
    fileName: kept(fileName ?? ''),
  };
}
