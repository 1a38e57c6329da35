import { intersect } from '../card/card-placement';
import { boxOf } from '../dom';
import { paintedBox } from '../find/painted-box';
import { paintedPicture } from '../where/painted-picture';
import type { Chip } from './chip';
import type { ViewportFacts } from './chip-layer';
import type { TrackedImage } from './tracked-image';

/** Where a picture is drawn, and what is in view of that; CSS px of the viewport. */
interface SeenPlace {
  box: DOMRectReadOnly;
  clip: DOMRectReadOnly;
}

const NOTHING = { width: 0 };
/** Sizes are whole px: so much may the shape of a picture differ from that of its box. */
const SHAPE_SLACK = 0.05;
/** A frame so narrow, as a share of the box, makes no difference. */
const MOST = 0.97;

/** Of a picture that is drawn elsewhere than its element is. */
export function placeElsewhere(
  { picture, element }: TrackedImage,
  { width, height }: ViewportFacts,
): SeenPlace {
  const painted = (picture === null ? null : paintedBox(picture)) ?? boxOf(element);
  const inView = intersect(painted, { x: 0, y: 0, width, height }) ?? NOTHING;
  return { box: DOMRect.fromRect(painted), clip: DOMRect.fromRect(inView) };
}

/** Of an image that leaves some of its box free: a picture of another shape, or a frame around. */
export function placeInside(chip: Chip, box: DOMRectReadOnly, clip: DOMRectReadOnly): SeenPlace {
  const { picture } = chip.image;
  if (picture?.kind !== 'image') return { box, clip };
  const { naturalWidth, naturalHeight } = picture.element;
  const difference = Math.abs(naturalWidth * box.height - naturalHeight * box.width);
  if (difference <= SHAPE_SLACK * naturalWidth * box.height) return { box, clip };
  const { width, height } = box;
  // Styles are read once for each size: labels are placed in every frame while the page is scrolled.
  if (chip.seen?.width !== width || chip.seen.height !== height) {
    const { frame, picture: drawn } = paintedPicture(picture, box, chip.prediction);
    const left = Math.max(0, drawn.x);
    const top = Math.max(0, drawn.y);
    const part = {
      x: frame.x + left * frame.width,
      y: frame.y + top * frame.height,
      width: (Math.min(1, drawn.x + drawn.width) - left) * frame.width,
      height: (Math.min(1, drawn.y + drawn.height) - top) * frame.height,
    };
    chip.seen = { width, height, part };
  }
  const { part } = chip.seen;
  if (part.width > MOST && part.height > MOST) return { box, clip };
  const seen = {
    x: box.x + part.x * width,
    y: box.y + part.y * height,
    width: part.width * width,
    height: part.height * height,
  };
  return {
    box: DOMRect.fromRect(seen),
    clip: DOMRect.fromRect(intersect(seen, clip) ?? NOTHING),
  };
}
