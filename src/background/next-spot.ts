/** Which image of a page comes next, through its frames in reading order. */
import type { FrameImages } from '../messages/protocol';

/** An image, and its place among all of the page. */
export interface Spot {
  frameId: number;
  id: string;
  /** From 1. */
  position: number;
  count: number;
}

export interface WalkedFrame {
  frameId: number;
  images: FrameImages;
}

interface Listed {
  frameId: number;
  id: string;
  /** Place in its frame. */
  place: number;
}

/** All images in reading order: a frame's where the frame is, those of frames without a place at the end. */
function allImages(frames: readonly WalkedFrame[]): Listed[] {
  const found: Listed[] = [];
  const left = new Set(frames);
  const byPath = new Map(frames.map((frame) => [frame.images.path?.join() ?? null, frame]));
  const visit = (frame: WalkedFrame): void => {
    if (!left.delete(frame)) return;
    const { frameId, images } = frame;
    const visitBefore = (place: number): void => {
      for (const { before, index } of images.frames) {
        const inner =
          before === place && images.path !== null
            ? byPath.get([...images.path, index].join())
            : undefined;
        if (inner !== undefined) visit(inner);
      }
    };
    images.ids.forEach((id, place) => {
      visitBefore(place);
      found.push({ frameId, id, place });
    });
    visitBefore(images.ids.length);
  };
  const top = byPath.get('');
  if (top !== undefined) visit(top);
  for (const frame of frames) visit(frame);
  return found;
}

/**
 * The image after or before the one that was last spoken of; after the last comes the first. Null where
 * the page has none.
 * @param step 1 forwards, -1 backwards
 */
export function nextSpot(frames: readonly WalkedFrame[], step: 1 | -1): Spot | null {
  const all = allImages(frames);
  const count = all.length;
  if (count === 0) return null;
  const here = frames
    .filter(({ images }) => images.at !== null)
    .toSorted((a, b) => b.images.since - a.images.since)[0];
  const at = here?.images.at ?? null;
  const inFrame = (wanted: (place: number) => boolean) => (each: Listed) =>
    each.frameId === here?.frameId && wanted(each.place);
  let from = step === 1 ? -1 : count;
  if (at !== null) {
    // Between two that are left, the one before counts as passed going on, and the one behind going back.
    const passed = all.findLastIndex(inFrame((place) => place <= at));
    const ahead = all.findIndex(inFrame((place) => place >= at));
    from = step === 1 ? passed : ahead === -1 ? passed + 1 : ahead;
  }
  const index = (from + step + count) % count;
  const image = all[index];
  if (image === undefined) return null;
  return { frameId: image.frameId, id: image.id, position: index + 1, count };
}
