import { recordedAddress } from '../../core/picture-address';
import type { FrameImage, FrameProgress, ReportImage } from '../../messages/protocol';
import type { AltTextPart } from '../alt-text/part';
import { queryDeep } from '../find/shadow-roots';
import { selectorOf } from './selector';
import { shownPicture, trackedImage, type TrackedImage } from './tracked-image';

/** An image as counts and reports name its state. `pending` is also what has not come near yet. */
function stateOf({ skip, reading }: TrackedImage): ReportImage['state'] {
  if (skip !== null) return 'skipped';
  return reading?.state === 'labelled' || reading?.state === 'failed' ? reading.state : 'pending';
}

/**
 * The images of a frame where the person wants no labels, ever. Only what can be told without measuring:
 * the site's whole page is left alone.
 */
export function excludedReport(altTexts: AltTextPart | null): FrameImage[] {
  return reportImages(
    [...queryDeep('img, input[type=image], image')].map((element, index) => ({
      ...trackedImage(`image-${index + 1}`, element),
      picture: shownPicture(element),
      skip: 'excluded-site',
    })),
    altTexts,
    () => null,
  );
}

/**
 * The images of a frame for the page report, all but what the worker adds.
 * @param appliedTo the text of ours that an element has now, or null
 */
export function reportImages(
  images: readonly TrackedImage[],
  altTexts: AltTextPart | null,
  appliedTo: (element: Element) => string | null,
): FrameImage[] {
  const needs = altTexts?.needsOf(images.map(({ element }) => element));
  return images.map((image, index) => ({
    ...reportImage(image),
    ...(needs?.[index] ?? UNREAD),
    applied: appliedTo(image.element),
  }));
}

const UNREAD = { need: null, rule: null, name: '' };

function reportImage(image: TrackedImage): Omit<FrameImage, keyof typeof UNREAD | 'applied'> {
  const { id, element, picture, box, skip, reading } = image;
  const state = stateOf(image);
  const address = picture?.address ?? null;
  const prediction = state === 'labelled' ? (reading?.prediction ?? null) : null;
  return {
    id,
    address: address === null ? null : recordedAddress(address),
    selector: selectorOf(element),
    width: Math.round(box?.width ?? 0),
    height: Math.round(box?.height ?? 0),
    state,
    reason: skip ?? (state === 'failed' ? (reading?.failure?.code ?? null) : null),
    rung: prediction?.rung ?? null,
    prediction,
    hint: prediction?.hint ?? null,
    silence: prediction?.silence ?? null,
    draft: prediction?.draft ?? null,
  };
}

/**
 * How far a frame is. Pending are only those that are worked on: on screen or near it. What is farther
 * away is found, but waits for the person to come by.
 */
export function progressOf(images: Iterable<TrackedImage>): FrameProgress {
  const progress = { found: 0, pending: 0, labelled: 0, skipped: 0, failed: 0 };
  for (const image of images) {
    if (image.picture === null) continue;
    progress.found += 1;
    const state = stateOf(image);
    if (state !== 'pending' || (image.isNear && image.isReady)) progress[state] += 1;
  }
  return progress;
}
