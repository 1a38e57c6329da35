import { pictureSize } from '../../core/look/cache-key';
import { tileBox, type PlacedSize, type Size } from '../../core/look/painted-area';
import type { Prediction } from '../../core/saying/prediction';
import { zoomOf } from '../dom';
import { isOnCanvas } from '../find/painted-box';
import type { PictureOnPage } from '../find/picture';
import { seenPart, sizeOfFit } from '../find/seen-part';

/** Shares of a picture's box: where in it the whole picture is drawn, also beyond what is seen of it. */
export interface PaintedPicture {
  /** What is seen: inside of borders and padding. */
  frame: PlacedSize;
  /** The picture that was read, from the frame's corner. */
  picture: PlacedSize;
}

const WHOLE: PlacedSize = { x: 0, y: 0, width: 1, height: 1 };

function naturalSize({ kind, element }: PictureOnPage, read: Size): Size {
  if (kind !== 'image' || element.naturalWidth === 0) return read;
  return { width: element.naturalWidth, height: element.naturalHeight };
}

/**
 * Where in its box a picture is drawn, as shares of the box.
 * @param box the element's own, CSS px
 * @param read what was read of it: the ratio of its pixels is the picture's; of the screen it is what is seen
 */
export function paintedPicture(
  picture: PictureOnPage,
  box: Size,
  { picture: name, rung }: Pick<Prediction, 'picture' | 'rung'>,
): PaintedPicture {
  const { element, kind } = picture;
  const whole = { frame: WHOLE, picture: WHOLE };
  if (rung === 'screen' || !(box.width > 0 && box.height > 0)) return whole;
  const layer = kind === 'css' && picture.pseudo === null ? picture.layer : null;
  const isReplaced = kind === 'image' || kind === 'video' || kind === 'canvas';
  // Of parts and of the page's whole ground the box is an estimate already.
  if (layer === null ? !isReplaced : isOnCanvas(element)) return whole;
  const style = getComputedStyle(element);
  const zoom = zoomOf(element);
  const inset = (side: 'Top' | 'Right' | 'Bottom' | 'Left'): number => {
    const border = parseFloat(style[`border${side}Width`]) || 0;
    const padding = layer === null ? parseFloat(style[`padding${side}`]) || 0 : 0;
    return (border + padding) * zoom;
  };
  const [left, top] = [inset('Left'), inset('Top')];
  const inner = {
    width: Math.max(1, box.width - left - inset('Right')),
    height: Math.max(1, box.height - top - inset('Bottom')),
  };
  const natural = naturalSize(picture, pictureSize(name));
  const { size, position } = layer ?? {
    size: sizeOfFit(style.objectFit, inner, natural),
    position: style.objectPosition,
  };
  const tile = tileBox(size, position, inner, natural);
  // Of a part that was read alone, where that part is.
  const part = seenPart(picture) ?? WHOLE;
  return {
    frame: {
      x: left / box.width,
      y: top / box.height,
      width: inner.width / box.width,
      height: inner.height / box.height,
    },
    picture: {
      x: (tile.x + part.x * tile.width) / inner.width,
      y: (tile.y + part.y * tile.height) / inner.height,
      width: (part.width * tile.width) / inner.width,
      height: (part.height * tile.height) / inner.height,
    },
  };
}
