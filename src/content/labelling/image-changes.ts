import { isExtensionAlive } from '../../messages/client';
import { isHere } from '../dom';
import type { ChangingPictures } from './changing-pictures';
import type { DiscoveryEvents } from './discovery';
import type { Measuring } from './measuring';
import type { Nearness } from './nearness';
import type { SessionParts } from './session-parts';
import { trackedImage, type TrackedImage } from './tracked-image';

interface Options {
  changing: ChangingPictures;
  evaluateSoon: () => void;
  measuring: Measuring;
  nearness: Nearness;
  onOrphaned: () => void;
}

/** Transforms that let something grow out of nothing are told by no observer of sizes. */
function isScaledAway({ skip, box }: TrackedImage): boolean {
  return skip === 'too-small' && box !== null && Math.min(box.width, box.height) < 1;
}

/** Texts are told anew: in the page's new language, or marked as of another. */
function retellAll({ signal, listeners, images, tellListeners }: SessionParts): void {
  if (signal.aborted) return;
  listeners.takeBack();
  for (const image of images.values()) tellListeners(image);
}

/** What changes of the page mean for the images of a session. */
export function imageChanges(
  parts: SessionParts,
  {
    changing,
    evaluateSoon,
    measuring: { measureSoon, measureMoving },
    nearness: { remeasure, forget },
    onOrphaned,
  }: Options,
): DiscoveryEvents {
  const { slices, chips, listeners, readings, images, stale, progressChanged } = parts;
  let ids = 0;
  let isSweeping = false;

  function onFound(element: Element): void {
    const known = images.get(element);
    if (known !== undefined) {
      stale.add(known);
      evaluateSoon();
      return;
    }
    ids += 1;
    images.set(element, trackedImage(`image-${ids}`, element));
    remeasure(element);
  }

  function onSourceChanged(element: Element): void {
    const image = images.get(element);
    if (image === undefined) {
      onFound(element);
      return;
    }
    changing.noteChange(image);
    // Not a moment longer on another picture; if it is the same after all it comes back.
    chips.remove(image);
    listeners.tell(image.element, null, null);
    image.isReady = false;
    stale.add(image);
    evaluateSoon();
  }

  function onLoaded(element: Element): void {
    const image = images.get(element);
    if (image === undefined) return;
    changing.noteLoad(image);
    if (image.reading !== null) readings.retry(image.reading);
    remeasure(element);
  }

  /** What left the page is forgotten, and what was asked for it is not wanted any more. */
  function* sweep(): Generator<undefined, undefined> {
    isSweeping = false;
    for (const [element, image] of images) {
      if (isHere(element)) continue;
      images.delete(element);
      stale.delete(image);
      forget(image);
      readings.detach(image);
      listeners.tell(element, null, null);
      yield;
    }
    readings.update();
    progressChanged();
  }

  function onRemoved(isRewritten: boolean): void {
    if (!isExtensionAlive()) {
      // The labels of the newer version take the place of these.
      onOrphaned();
      return;
    }
    chips.keep(isRewritten);
    if (isSweeping) return;
    isSweeping = true;
    slices.add(sweep());
  }

  function onMoved(isRestyled: boolean): void {
    if (isRestyled) {
      // Hidden or uncovered, maybe: seen by style alone, no observer tells.
      for (const image of images.values()) {
        if (image.isNear && isScaledAway(image)) remeasure(image.element);
        else if (image.isVisible || (image.isNear && image.skip === 'invisible')) stale.add(image);
      }
      evaluateSoon();
    }
    measureSoon();
  }

  return {
    onFound,
    onSourceChanged,
    onLoaded,
    onRedrawn: (svg) => {
      const image = images.get(svg);
      if (image !== undefined) changing.outdate(image);
    },
    onRemoved,
    onMoved,
    onTranslated: () => {
      const retell = () => {
        retellAll(parts);
      };
      readings.followVoice(null).then(retell, retell);
    },
    onMoving: measureMoving,
    onTopLayer: () => {
      chips.raise();
      measureSoon();
    },
  };
}
