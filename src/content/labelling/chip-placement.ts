export const INSET_PX = 6;
/** A chip's height, and the least width that is worth a word. */
export const CHIP_PX = 24;
export const LEAST_WIDTH_PX = 48;
/** A picture taller than this share of the screen keeps its label in view while it is scrolled through. */
const TALL_SHARE = 0.7;

export interface ChipPlace {
  /** The chip's start corner, CSS px of the viewport. */
  x: number;
  y: number;
  maxWidth: number;
  /** Is the corner in view, not clipped away by the page's own containers? */
  isSeen: boolean;
}

type Rect = Pick<DOMRectReadOnly, 'left' | 'right' | 'top' | 'bottom' | 'width' | 'height'>;

/**
 * Where the chip of an image goes: inside its upper start corner. CSS px of the viewport.
 * @param clip the part of the image that is in view
 * @param viewportHeight CSS px
 */
export function chipPlace(
  image: Rect,
  clip: Rect,
  viewportHeight: number,
  isRtl: boolean,
): ChipPlace {
  const isTall = image.height > viewportHeight * TALL_SHARE;
  const y = Math.min((isTall ? clip.top : image.top) + INSET_PX, image.bottom - CHIP_PX);
  // The corner itself must be seen: a chip in mid-image would seem to belong to what clips it.
  const start = isRtl ? image.right - INSET_PX : image.left + INSET_PX;
  const isSeen =
    clip.width > 0 &&
    start >= clip.left - 1 &&
    start <= clip.right + 1 &&
    y >= clip.top - 1 &&
    y + CHIP_PX <= clip.bottom + 1 + INSET_PX;
  const room = isRtl ? start - clip.left : clip.right - start;
  const maxWidth = Math.round(Math.max(0, room - INSET_PX));
  return { x: start, y, maxWidth, isSeen: isSeen && maxWidth >= LEAST_WIDTH_PX };
}
