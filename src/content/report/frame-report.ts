import { recordedAddress } from '../../core/address/picture-address';
import type { FrameImage } from '../../messages/protocol';
import { altNeedOf } from '../alt-text/alt-need-of';
import { readNamesakes } from '../alt-text/namesakes';
import { queryDeep } from '../find/shadow-roots';
import { selectorOf } from './selector';
import { shownPicture, trackedImage, type TrackedImage } from '../labelling/tracked-image';

/**
 * The images of a frame where the person wants no labels, ever. Only what can be told without measuring:
 * the site's whole page is left alone.
 */
export function excludedReport(): FrameImage[] {
  return reportImages(
    [...queryDeep('img, input[type=image], image')].map((element, index) => ({
      ...trackedImage(`image-${index + 1}`, element),
      picture: shownPicture(element),
      skip: 'excluded-site',
    })),
    () => null,
  );
}

/**
 * The images of a frame for the page report, all but what the worker adds.
 * @param appliedTo the text of ours that an element has now, or null
 */
export function reportImages(
  images: readonly TrackedImage[],
  appliedTo: (element: Element) => string | null,
): FrameImage[] {
  // Each has all the others as neighbours.
  const namesakes = readNamesakes(images.map(({ element }) => element));
  return images.map((image) => reportImage(image, namesakes, appliedTo(image.element)));
}

function reportImage(
  image: TrackedImage,
  namesakes: ReturnType<typeof readNamesakes>,
  applied: string | null,
): FrameImage {
  const { id, element, picture, box } = image;
  const address = picture?.address ?? null;
  return {
    id,
    address: address === null ? null : recordedAddress(address),
    selector: selectorOf(element),
    width: Math.round(box?.width ?? 0),
    height: Math.round(box?.height ?? 0),
    ...altNeedOf(element, namesakes),
    applied,
    ...resultOf(image),
  };
}

const NOT_LABELLED = { rung: null, prediction: null, hint: null, silence: null, draft: null };

/** What came of labelling; the states are those of `stateOf`. */
function resultOf({ skip, reading }: TrackedImage) {
  if (skip !== null) return { ...NOT_LABELLED, state: 'skipped', reason: skip } as const;
  switch (reading?.state) {
    case 'labelled': {
      const { prediction } = reading;
      if (prediction === null) throw new Error('A label without a prediction.');
      const { rung, hint, silence, draft } = prediction;
      return { state: 'labelled', reason: null, rung, prediction, hint, silence, draft } as const;
    }
    case 'failed':
      if (reading.failure === null) throw new Error('A failed reading without its failure.');
      return { ...NOT_LABELLED, state: 'failed', reason: reading.failure.code } as const;
    case undefined:
    case 'waiting':
    case 'asking':
      return { ...NOT_LABELLED, state: 'pending', reason: null } as const;
  }
}
