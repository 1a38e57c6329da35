import { animationsOf } from '../dom';
import type { PictureOnPage } from '../find/picture';
import { createLooks } from './looks';
import { differ, printOf, settledPrint, type Drawn } from './picture-print';
import { createRestlessness } from './restlessness';
import type { SessionParts } from './session-parts';
import { createStandIns } from './stand-ins';
import { createLoads, followStreams, type Streams } from './streams';
import type { TrackedImage } from './tracked-image';

export interface ChangingPictures {
  /**
   * To be called when an image was evaluated, or came into view. What is drawn or sent on and on is ready
   * when it has come to rest.
   */
  check: (image: TrackedImage) => void;
  /** The picture is another one now, at the same address or without one. */
  outdate: (image: TrackedImage) => void;
  /** The picture is another one now, by its address. */
  noteChange: (image: TrackedImage) => void;
  /** The browser told that the element has loaded its picture. */
  noteLoad: (image: TrackedImage) => void;
}

/** Style sheets show one picture after the other by themselves, without an event for each. */
function isAnimated(element: Element): boolean {
  return animationsOf(element).some(({ playState }) => playState === 'running');
}

/** The element whose looks tell, where there is one. */
function drawnOf(picture: PictureOnPage | null, streams: Streams): Drawn | null {
  if (picture?.kind === 'canvas') return picture.element;
  return picture?.kind === 'image' && streams.has(picture.address ?? '') ? picture.element : null;
}

/** How pictures look that change without a word of the page: canvases, cameras; and what changes too often. */
export function createChangingPictures(
  {
    signal,
    chips,
    listeners,
    readings,
    images,
    stale,
    tellListeners,
    progressChanged,
  }: SessionParts,
  evaluateSoon: () => void,
): ChangingPictures {
  const settling = new Set<TrackedImage>();
  const settled = new WeakSet<TrackedImage>();
  const { noteChange, isRestless } = createRestlessness<TrackedImage>();
  const watch = createLooks(lookAt, signal);
  const streams = followStreams(signal, (address) => {
    for (const image of images.values()) {
      // What was read of it may be a picture that is gone.
      if (image.picture?.address === address) outdate(image);
    }
  });
  const { noteLoad, noteLoaded, forget } = createLoads(streams.note, outdate);
  const followStandIn = createStandIns(streams, signal);

  const drawnBy = (picture: PictureOnPage | null) => drawnOf(picture, streams);

  /** It moves: nothing is said of it until it rests. */
  function unsettle(image: TrackedImage): void {
    settled.delete(image);
    image.isReady = false;
    image.skip = 'unsettled';
    chips.remove(image);
    readings.detach(image);
    tellListeners(image);
  }

  function check(image: TrackedImage): void {
    const { picture, skip } = image;
    const element = drawnBy(picture);
    if (image.isVisible) watch(image);
    noteLoaded(image);
    if (element !== null) image.isReady &&= settled.has(image);
    if (picture === null || !image.isNear || settling.has(image)) return;
    if (skip !== null && skip !== 'unsettled') return;
    followStandIn(image);
    if (isRestless(image)) {
      unsettle(image);
    } else if (element !== null) {
      if (!image.isReady) settle(image, element);
      else if (differ(printOf(element), image.print)) outdate(image);
    } else if (streams.has(picture.address ?? '')) {
      // A camera as a background: its looks can't be told.
      unsettle(image);
    }
  }

  function settle(image: TrackedImage, element: Drawn): void {
    settling.add(image);
    void settledPrint(element, signal).then(({ print, isSettled }) => {
      settling.delete(image);
      if (signal.aborted || drawnBy(image.picture) !== element) return;
      image.print = print;
      const isTold = print !== 'unreadable';
      // A camera of another site is never told from what it showed before.
      if (isSettled && (isTold || element instanceof HTMLCanvasElement)) onSettled(image);
      else unsettle(image);
      readings.update();
      progressChanged();
    });
  }

  function onSettled(image: TrackedImage): void {
    image.isReady = true;
    settled.add(image);
    if (image.skip !== 'unsettled') return;
    stale.add(image);
    evaluateSoon();
  }

  function outdate(image: TrackedImage): void {
    noteChange(image);
    image.version += 1;
    image.isReady = false;
    image.print = null;
    settled.delete(image);
    chips.remove(image);
    listeners.tell(image.element, null, null);
    stale.add(image);
    evaluateSoon();
  }

  /** @returns does it change on its own? */
  function lookAt(image: TrackedImage): boolean {
    if (settling.has(image) || isRestless(image)) return true;
    const element = drawnBy(image.picture);
    if (element === null || image.isReady) {
      // Style sheets, animations of scripts and texts that grow change and move what is seen without a word, too.
      if (image.failure === null) stale.add(image);
      evaluateSoon();
      return element !== null || isAnimated(image.element);
    }
    const print = printOf(element);
    const isSame = !differ(print, image.print);
    if (isSame && print !== 'blank' && print !== 'unreadable') settle(image, element);
    image.print = print;
    return true;
  }

  return {
    ...{ check, outdate, noteLoad },
    noteChange: (image) => {
      forget(image);
      noteChange(image);
    },
  };
}
