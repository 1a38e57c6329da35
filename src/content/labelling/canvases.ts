import { canvasPrint, settledPrint } from './canvas-print';
import type { SessionParts } from './session-parts';
import type { TrackedImage } from './tracked-image';

/** A drawing that is changed all the time is a display, not a picture. */
const MAX_VERSIONS = 5;

export interface Canvases {
  /** A canvas is read when it has come to rest, and again when it looks different on coming into view. */
  checkCanvas: (image: TrackedImage) => void;
  /** The picture without an address is another one now. */
  outdate: (image: TrackedImage) => void;
}

/** Pictures without an address: they change without a word of the page. */
export function createCanvases(
  { signal, chips, listeners, readings, stale, tellListeners, progressChanged }: SessionParts,
  evaluateSoon: () => void,
): Canvases {
  const settling = new Set<TrackedImage>();

  function checkCanvas(image: TrackedImage): void {
    const { picture } = image;
    if (picture?.kind !== 'canvas' || !image.isNear || settling.has(image)) return;
    if (image.isReady && canvasPrint(picture.element) === image.print) return;
    settling.add(image);
    void settledPrint(picture.element, signal).then((print) => {
      settling.delete(image);
      if (signal.aborted) return;
      if (print === undefined) {
        image.skip = 'unsettled';
        readings.detach(image);
        tellListeners(image);
      } else if (image.isReady && print !== image.print) {
        outdate(image);
      }
      image.print = print ?? null;
      image.isReady = print !== undefined;
      readings.update();
      progressChanged();
    });
  }

  function outdate(image: TrackedImage): void {
    if (image.version >= MAX_VERSIONS) return;
    image.version += 1;
    chips.remove(image);
    listeners.tell(image.element, null, null);
    stale.add(image);
    evaluateSoon();
  }

  return { checkCanvas, outdate };
}
