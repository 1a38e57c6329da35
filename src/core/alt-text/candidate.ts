/** Which images of a page are labelled, and why the others are left alone. */
import type { BackgroundLayer } from '../look/painted-area';

/** Why an image is left alone. Stable: reports and texts (`skip_<reason with _>`) go by them. */
export const SKIP_REASONS = [
  'excluded-site', // the person's word: never on this site, whatever the image is like
  'decorative', // the author's word: empty alt, presentation role, aria-hidden
  'invisible', // hidden by CSS, or fully transparent
  'spacer', // a file of a few pixels: layout or tracking
  'too-small', // smaller on a side than the person chose
  'extreme-aspect-ratio', // a rule, a banner, a ribbon
  'sprite', // one cell of a sheet of icons
  'pattern', // a small tile repeated over a surface
  'no-picture', // listed for its text alone: an area, an icon font, an image without a file
  'unsettled', // keeps changing: a canvas, a camera, a source made anew again and again
] as const;

export type SkipReason = (typeof SKIP_REASONS)[number];

/** What is known of an image on a page, without touching its pixels. */
export interface CandidateFacts {
  /** Its box on the page, CSS pixels. */
  width: number;
  height: number;
  /** The file's own size, pixels; null where the page does not tell. */
  natural: { width: number; height: number } | null;
  isVisible: boolean;
  isDecorative: boolean;
  /** Null for what is not a CSS background. */
  background: BackgroundLayer | null;
}

/** Spacers and tracking pixels are 1 x 1, or strips 1 to 3 px wide that are stretched. */
const MAX_SPACER_SIDE_PX = 3;

/** Leaderboard advertisements are 8.1 : 1 (728 x 90), panoramic film frames at most 4 : 1. */
const MAX_ASPECT_RATIO = 6;

/** From this many times its box on a side, a file that is not scaled down shows one cell of a sheet. */
const SPRITE_RATIO = 2;

/** Computed sizes: `auto` and `auto auto` draw the file as large as it is. */
function isUnscaled(size: string): boolean {
  return /^auto( auto)?(,|$)/.test(size);
}

function isSprite({ width, height, natural, background }: CandidateFacts): boolean {
  if (background === null || /cover|contain/.test(background.size)) return false;
  // A sheet is moved up and to the left until the cell is in the box: negative lengths, never percentages.
  if (/(^|\s)-\d[\d.]*px/.test(background.position)) return true;
  return (
    natural !== null &&
    isUnscaled(background.size) &&
    (natural.width >= width * SPRITE_RATIO || natural.height >= height * SPRITE_RATIO)
  );
}

function isPattern({ width, height, natural, background }: CandidateFacts): boolean {
  if (background === null || natural === null || !isUnscaled(background.size)) return false;
  if (background.repeat.includes('no-repeat')) return false;
  return natural.width * 2 <= width || natural.height * 2 <= height;
}

/**
 * Why an image is left alone, or null where it is to be labelled. The first reason in the order of
 * certainty is told: what the author said, then what cannot be seen, then what the numbers say.
 * @param minimumSizePx the least width and height, CSS pixels
 */
export function skipReason(facts: CandidateFacts, minimumSizePx: number): SkipReason | null {
  const { width, height, natural } = facts;
  if (facts.isDecorative) return 'decorative';
  if (!facts.isVisible) return 'invisible';
  if (
    natural !== null &&
    natural.width > 0 &&
    Math.min(natural.width, natural.height) <= MAX_SPACER_SIDE_PX
  ) {
    return 'spacer';
  }
  if (width < minimumSizePx || height < minimumSizePx) return 'too-small';
  if (Math.max(width, height) > Math.min(width, height) * MAX_ASPECT_RATIO) {
    return 'extreme-aspect-ratio';
  }
  if (isSprite(facts)) return 'sprite';
  if (isPattern(facts)) return 'pattern';
  return null;
}
