import type { CandidateFacts, SkipReason } from '../../core/alt-text/candidate';
import type { ErrorCode, Failure } from '../../core/errors';
import type { Prediction } from '../../core/saying/prediction';
import type { Priority, RungFailure } from '../../messages/protocol';
import { isSaidDecorative } from '../alt-text/author-word';
import { isDrawn } from '../dom';
import { isStyledAway } from '../find/placeholder';
import { isSpacer, picturesOf, type PictureOnPage } from '../find/picture';
import { readStyles } from '../find/read-styles';
import { seenPart } from '../find/seen-part';
import type { Print } from './picture-print';

/** An element that may show a picture, and what is known of it. */
export interface TrackedImage {
  readonly id: string;
  readonly element: Element;
  /** What it shows now; null where it shows nothing (yet). */
  picture: PictureOnPage | null;
  /** What tells the picture from others: images with the same key share one reading. */
  key: string | null;
  /** Counts up when a picture changes, but not its address. */
  version: number;
  /** Its box, CSS px; null until it was first measured. */
  box: { width: number; height: number } | null;
  /** What it shows is drawn elsewhere than the element is: see find/painted-box. */
  isElsewhere: boolean;
  isNear: boolean;
  isVisible: boolean;
  /** The person wants it looked at wherever it is. */
  isWanted: boolean;
  /** A listener may come by: looked at when nothing nearer is to be read, without the network. */
  isFilled: boolean;
  /** When it last came on screen: the larger, the later. */
  seenAt: number;
  /** Is there something to read: loaded, or drawn and still? */
  isReady: boolean;
  skip: SkipReason | null;
  /** Why there is nothing to read, and will not be: the page shows no picture for its address. */
  failure: ErrorCode | null;
  /** When it was near and still on its way for the first time; null where it is not. */
  awaitedSince: number | null;
  /** How often it had changed when it was to be read. */
  misses: number;
  reading: Reading | null;
  /** What changes without a word: how it looked when it was read, or last. */
  print: Print | null;
}

/** What the worker was asked for. */
export interface Request {
  id: string;
  priority: Priority;
  controller: AbortController;
}

/** One picture, however many elements show it: read once, classified once. */
export interface Reading {
  readonly key: string;
  readonly images: Set<TrackedImage>;
  state: 'waiting' | 'asking' | 'labelled' | 'failed';
  prediction: Prediction | null;
  failure: Failure | null;
  failedRungs: RungFailure[];
  request: Request | null;
  retries: number;
}

/** An element of which nothing is known yet. */
export function trackedImage(id: string, element: Element): TrackedImage {
  return {
    ...{ id, element, picture: null, key: null, version: 1, box: null, isElsewhere: false },
    ...{
      isNear: false,
      isVisible: false,
      isWanted: false,
      isFilled: false,
      seenAt: 0,
      isReady: false,
    },
    ...{ skip: null, failure: null, awaitedSince: null, misses: 0, reading: null, print: null },
  };
}

/** Does no style bring another picture in the place of the image's own, or below it? */
function hasNoStyledPicture(image: HTMLImageElement): boolean {
  const { content, backgrounds } = readStyles(image, false);
  return !content.isImageFirst && backgrounds.length === 0;
}

/** The picture that an element shows, for labels: its own before CSS ones, and no video that plays. */
export function shownPicture(element: Element): PictureOnPage | null {
  if (
    element instanceof HTMLImageElement &&
    element.currentSrc !== '' &&
    element.naturalWidth > 3 &&
    element.naturalHeight > 3 &&
    hasNoStyledPicture(element)
  ) {
    // Nearly all.
    return { kind: 'image', element, address: element.currentSrc };
  }
  const pictures = picturesOf(element).filter(
    ({ kind, address }) => kind !== 'video' && !(kind === 'image' && address === null),
  );
  // An image stretched over another element's picture is none that is worth a label.
  return pictures.find((picture) => !isSpacer(picture)) ?? pictures[0] ?? null;
}

/** Equal for two elements exactly if they show the same part of the same picture, as far as the page tells. */
export function pictureKey({ id, version, box }: TrackedImage, picture: PictureOnPage): string {
  const { kind, address } = picture;
  const part = box === null ? null : seenPart(picture);
  const suffix = part === null ? '' : ` ${Object.values(part).join(' ')}`;
  // Of images that show parts of one file, Chromium tells the part of the first for all.
  const isShared =
    address !== null && version === 1 && !(kind === 'image' && address.includes('#'));
  return (isShared ? address : `${address ?? ''} ${id} ${version}`) + suffix;
}

function naturalSize({ kind, element }: PictureOnPage): CandidateFacts['natural'] {
  if (kind === 'image') return { width: element.naturalWidth, height: element.naturalHeight };
  return kind === 'canvas' ? { width: element.width, height: element.height } : null;
}

/** What the rules of core/candidate go by. Reads styles, never the layout. */
export function candidateFacts(
  picture: PictureOnPage,
  { width, height }: { width: number; height: number },
): CandidateFacts {
  const { element, kind } = picture;
  return {
    width,
    height,
    natural: naturalSize(picture),
    isVisible:
      isDrawn(element, { opacityProperty: true, visibilityProperty: true }) &&
      !isStyledAway(element, kind !== 'css'),
    isDecorative: isSaidDecorative(element),
    background: kind === 'css' ? picture.layer : null,
  };
}
