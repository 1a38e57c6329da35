import type { Where } from '../../core/where/where';
import { paintVeil } from '../../ui/veil-pixels';
import type { Box } from '../card/card-placement';
import { node } from '../card/nodes';
import type { PaintedPicture } from './painted-picture';

/** Where a picture is now: the box of its element, CSS px of the viewport of the veil's document. */
export interface PictureNow extends PaintedPicture {
  box: Box;
}

/**
 * A veil for a picture, thin where a label comes from. From the frame after the one that puts it into a
 * surface it follows the picture, until it is taken away.
 */
export function createVeil(where: Where, now: () => PictureNow | null): HTMLElement {
  const canvas = node('canvas');
  paintVeil(canvas, where);
  const veil = node('div', { class: 'veil', 'aria-hidden': 'true' }, canvas);
  let at = { x: 0, y: 0 };
  let drawn = '';

  const follow = (): void => {
    if (!veil.isConnected) return;
    const found = now();
    veil.hidden = found === null;
    if (found !== null) {
      const { box, frame, picture } = found;
      const [width, height] = [frame.width * box.width, frame.height * box.height];
      // What it is placed by depends on the surface: by how far it is off it is moved.
      const { x, y } = veil.getBoundingClientRect();
      at = {
        x: at.x + box.x + frame.x * box.width - x,
        y: at.y + box.y + frame.y * box.height - y,
      };
      const place = `translate(${at.x.toFixed(1)}px, ${at.y.toFixed(1)}px)`;
      const style = `transform:${place};width:${width}px;height:${height}px`;
      if (style !== drawn) veil.style.cssText = style;
      drawn = style;
      const { style: inside } = canvas;
      inside.cssText =
        `left:${picture.x * 100}%;top:${picture.y * 100}%;` +
        `width:${picture.width * 100}%;height:${picture.height * 100}%`;
    }
    requestAnimationFrame(follow);
  };
  requestAnimationFrame(follow);
  return veil;
}
