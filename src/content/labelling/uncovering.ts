import type { ChipLayer } from './chip-layer';
import type { IdleSlices } from './idle-slices';

/**
 * Takes away the labels of what is covered, in idle slices.
 * @returns to be called whenever all has come to rest
 */
export function createUncovering(slices: IdleSlices, chips: ChipLayer): () => void {
  let isUncovering = false;
  let wantsUncovering = false;

  /** Once more from the beginning where something came to rest meanwhile. */
  function* uncoverAll(): Generator<undefined, undefined> {
    while (wantsUncovering) {
      wantsUncovering = false;
      yield* chips.uncover();
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
