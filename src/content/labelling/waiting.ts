import { PRIORITIES, type Priority } from '../../messages/protocol';
import { createLine, type Line } from './line';
import type { Reading, TrackedImage } from './tracked-image';

/** Which reading is asked for, by which of its images, and how urgently. */
export interface Asked {
  reading: Reading;
  image: TrackedImage;
  priority: Priority;
}

/** What holds back what is next. */
export interface Holds {
  isHidden: boolean;
  /** Is something that is on screen under way? */
  isScreenBusy: boolean;
  hasRoomToFill: boolean;
}

/** The images that are near, wanted or filled, and which of them is read next. */
export interface Waiting {
  /** The image is read from now on as it is near, wanted or filled; where it is none of these, no more. */
  place: (image: TrackedImage) => void;
  /** It is not read any more. */
  displace: (image: TrackedImage) => void;
  next: (holds: Holds) => Asked | null;
}

export function placeOf({ isVisible, isNear, isWanted, isFilled }: TrackedImage): Priority | null {
  if (isVisible) return 'visible';
  if (isNear) return 'near';
  return isWanted || isFilled ? 'rest' : null;
}

/** Is it only read so that a listener who comes by hears something? */
export function isFilling({ isVisible, isNear, isWanted }: TrackedImage): boolean {
  return !isVisible && !isNear && !isWanted;
}

/** An image that can be asked for now, with its reading; else null. */
function askable(image: TrackedImage): Asked | null {
  const { reading } = image;
  const priority = placeOf(image);
  if (priority === null || !image.isReady || reading?.state !== 'waiting') return null;
  return { reading, image, priority };
}

function isBefore(one: Asked, other: Asked): boolean {
  return one.priority === other.priority
    ? one.image.seenAt > other.image.seenAt
    : PRIORITIES.indexOf(one.priority) < PRIORITIES.indexOf(other.priority);
}

/**
 * The image to read next: on screen before near before the rest, then the newest.
 * @param isOut is it none of these for now?
 */
function nextOf(
  images: Iterable<TrackedImage>,
  isOut: (reading: Reading, image: TrackedImage) => boolean,
): Asked | null {
  let best: Asked | null = null;
  for (const image of images) {
    const asked = askable(image);
    if (asked === null || isOut(asked.reading, image)) continue;
    if (best === null || isBefore(asked, best)) best = asked;
  }
  return best;
}

/**
 * Those near are few, and gone through at every step; of the others there may be tens of thousands.
 * @param isPaused is it too early for another try?
 * @param isUnfillable can it not be read without the network?
 */
export function createWaiting(
  isPaused: (reading: Reading, now: number) => boolean,
  isUnfillable: (reading: Reading) => boolean,
): Waiting {
  const near = new Set<TrackedImage>();
  const wanted = createLine();
  const filled = createLine();
  /** Out of their line until their pause is over. */
  let paused: TrackedImage[] = [];

  function displace(image: TrackedImage): void {
    near.delete(image);
    wanted.delete(image);
    filled.delete(image);
  }

  function place(image: TrackedImage): void {
    displace(image);
    if (image.isNear) near.add(image);
    else if (image.isWanted) wanted.add(image);
    else if (image.isFilled) filled.add(image);
  }

  /** Takes images out until one can be asked for; the others come back when they are placed anew. */
  function nextIn(line: Line, now: number): Asked | null {
    for (let image = line.take(); image !== undefined; image = line.take()) {
      const asked = askable(image);
      if (asked === null || (isFilling(image) && isUnfillable(asked.reading))) continue;
      if (!isPaused(asked.reading, now)) return asked;
      paused.push(image);
    }
    return null;
  }

  return {
    place,
    displace,
    next: ({ isHidden, isScreenBusy, hasRoomToFill }) => {
      const now = performance.now();
      const best = nextOf(near, (reading, image) => {
        // One that has just gone out of view is in its line soon.
        return (isHidden && !image.isWanted) || isFilling(image) || isPaused(reading, now);
      });
      if (isScreenBusy) return best?.priority === 'visible' ? best : null;
      if (best !== null) return best;
      const again = paused;
      paused = [];
      for (const image of again) if (image.reading !== null) place(image);
      const far = nextIn(wanted, now);
      if (far !== null || isHidden || !hasRoomToFill) return far;
      return nextIn(filled, now);
    },
  };
}
