import type { ChipLayer } from './chip-layer';
import type { IdleSlices } from './idle-slices';
import type { Listeners } from './listeners';
import type { Readings } from './readings';
import type { TrackedImage } from './tracked-image';

/** What all rooms of a session work with. */
export interface SessionParts {
  readonly signal: AbortSignal;
  readonly slices: IdleSlices;
  readonly chips: ChipLayer;
  readonly listeners: Listeners;
  readonly readings: Readings;
  readonly images: Map<Element, TrackedImage>;
  /** To be evaluated anew. */
  readonly stale: Set<TrackedImage>;
  /** Listeners hear what is known of an image now, where it needs a text. */
  readonly tellListeners: (image: TrackedImage) => void;
  /** To be called whenever counts may have changed. */
  readonly progressChanged: () => void;
}
