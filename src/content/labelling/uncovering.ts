import type { ChipLayer } from './chip-layer';
import type { IdleSlices } from './idle-slices';
import type { TrackedImage } from './tracked-image';

/**
 * Takes away the labels of what is covered, in idle slices.
 * @param seen all images in view
 * @returns to be called whenever all has come to rest
 */
export function createUncovering(
  slices: IdleSlices,
  chips: ChipLayer,
  seen: Iterable<TrackedImage>,
): () => void {
  let isUncovering = false;
  let wantsUncovering = false;

  /** Once more from the beginning where something came to rest meanwhile. */
  function* uncoverAll(): Generator<undefined, undefined> {
    while (wantsUncovering) {
      wantsUncovering = false;
      yield* chips.uncover(seen);
    }
    isUncovering = false;
  }

  return () => {
    wantsUncovering = true;
    if (isUncovering) return;
    isUncovering = true;
    slices.add(uncoverAll());
  };
}
