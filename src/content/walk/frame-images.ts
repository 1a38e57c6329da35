import type { FrameImages } from '../../messages/protocol';
import { boxOf, isHere, isDrawn, matches, parentElementOf } from '../dom';
import { isSpacer } from '../find/picture';
import { shownPicture } from '../labelling/tracked-image';
import { isOwn } from '../layer';
import { inReadingOrder } from './reading-order';

const PICTURES =
  'img, svg, canvas, video, input[type=image i], object, embed, [role=img i], [role=image i]';
/** As many as a page is gone through, one by one. */
const MAX_IMAGES = 10_000;
/** As many frames as a page holds by any right. */
const MAX_FRAMES = 1000;

/** The images of this frame, for the keys that go from one to the next. */
export interface FrameWalk {
  /** @param minimumSizePx the shorter side of the smallest images that count, CSS px */
  list: (minimumSizePx: number) => FrameImages;
  /** The image of this id, from where the next list goes on; null where it is gone. */
  standAt: (id: string) => Element | null;
}

function isListed(element: Element, minimumSizePx: number): boolean {
  if (!matches(element, PICTURES) || isOwn(element)) return false;
  // Of a drawing its parts are none of their own.
  if (parentElementOf(element) instanceof SVGElement) return false;
  if (!isDrawn(element, { opacityProperty: true, visibilityProperty: true })) return false;
  const picture = shownPicture(element);
  if (picture === null || isSpacer(picture)) return false;
  // What is loaded when it comes near has no size before, maybe.
  if (element instanceof HTMLImageElement && !element.complete) return true;
  const { width, height } = boxOf(element);
  return Math.min(width, height) >= minimumSizePx;
}

/** Which of the windows in this one is shown by the element; -1 where none that is counted. */
function windowIndex(shown: Window | null, within: Window): number {
  const count = Math.min(within.length, MAX_FRAMES);
  for (let index = 0; index < count; index += 1) if (within[index] === shown) return index;
  return -1;
}

/** Where this frame is among those of the page: places from the top one down; null where that cannot be told. */
function framePath(): number[] | null {
  const path: number[] = [];
  for (let at: Window = window; at !== at.parent; at = at.parent) {
    const index = windowIndex(at, at.parent);
    if (index === -1 || path.length > MAX_FRAMES) return null;
    path.unshift(index);
  }
  return path;
}

export function createFrameWalk(): FrameWalk {
  const ids = new WeakMap<Element, string>();
  let named = 0;
  let listed: Element[] = [];
  let standing: { element: Element; place: number; since: number } | null = null;

  function idOf(element: Element): string {
    const known = ids.get(element);
    if (known !== undefined) return known;
    named += 1;
    const id = `walk-${named}`;
    ids.set(element, id);
    return id;
  }

  return {
    list: (minimumSizePx) => {
      const frames: FrameImages['frames'] = [];
      listed = [];
      for (const element of inReadingOrder()) {
        if (element instanceof HTMLIFrameElement) {
          const index = windowIndex(element.contentWindow, window);
          if (index !== -1) frames.push({ before: listed.length, index });
        } else if (isListed(element, minimumSizePx)) listed.push(element);
        if (listed.length === MAX_IMAGES) break;
      }
      const found = standing === null ? -1 : listed.indexOf(standing.element);
      // Of one that is gone, between its neighbours.
      const at = found === -1 && standing !== null ? standing.place - 0.5 : found;
      return {
        ...{ ids: listed.map(idOf), frames: frames.slice(0, MAX_FRAMES), path: framePath() },
        at: standing === null ? null : Math.min(at, listed.length - 0.5),
        since: standing?.since ?? 0,
      };
    },
    standAt: (id) => {
      const place = listed.findIndex((element) => ids.get(element) === id);
      const element = listed[place];
      if (element === undefined || !isHere(element)) return null;
      standing = { element, place, since: Date.now() };
      return element;
    },
  };
}
