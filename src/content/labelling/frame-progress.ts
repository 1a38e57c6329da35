import type { FrameProgress, ReportImage } from '../../messages/protocol';
import type { TrackedImage } from './tracked-image';

/** An image as counts and reports name its state. `pending` is also what has not come near yet. */
export function stateOf({ skip, reading, failure }: TrackedImage): ReportImage['state'] {
  if (skip !== null) return 'skipped';
  if (reading?.state === 'labelled' || reading?.state === 'failed') return reading.state;
  return failure === null ? 'pending' : 'failed';
}

/**
 * How far a frame is. Pending are only those that are worked on: on screen, near it, or wanted. What is
 * farther away is found, but waits for the person to come by.
 */
export function progressOf(images: Iterable<TrackedImage>): FrameProgress {
  const progress = { found: 0, pending: 0, labelled: 0, skipped: 0, failed: 0, far: 0, wanted: 0 };
  for (const image of images) {
    if (image.picture === null) continue;
    progress.found += 1;
    const state = stateOf(image);
    if (state !== 'pending') progress[state] += 1;
    else if (image.isWanted) {
      progress.pending += 1;
      progress.wanted += 1;
    } else if (!image.isNear) progress.far += 1;
    else if (image.isReady) progress.pending += 1;
  }
  return progress;
}
