import type { AltNeed, NoVerdict } from '../../core/alt-text/alt-need';
import type { SkipReason } from '../../core/alt-text/candidate';
import type { FrameReportPart } from '../../messages/protocol';
import type { TrackedImage } from '../labelling/tracked-image';
import { partOf } from '../part';
import type { ListenerTexts } from './listener-texts';

export interface ReportRequest {
  /** The asker's name for the report whose parts are read. */
  report: string;
  /** 0, then the `next` of the part before. */
  from: number;
}

/** What a report is made of. */
export interface ReportSource {
  images: readonly TrackedImage[];
  /** Finds out what an image shows now, where that is not known. */
  refresh: (image: TrackedImage) => void;
  /** The text of ours that an element has now, or null. */
  appliedTo: (element: Element) => string | null;
  /** Why what has no picture of its own is left alone; `no-picture` where nothing else is said. */
  skip?: SkipReason;
}

/**
 * What the script for alt texts does for the one that labels pages: all that only listeners, the popup
 * and reports need. It is a file of its own, put into a frame when one of these first asks for it.
 */
export interface AltTextPart {
  /** See `altNeedOf`. */
  altNeedOf: (element: Element) => AltNeed | NoVerdict;
  /** Resolves when texts in the page's languages can be judged. */
  learnPageWords: () => Promise<void>;
  /** A part of a frame's report; see `reportPart`. */
  reportPart: (request: ReportRequest, source: () => ReportSource) => Promise<FrameReportPart>;
  /** The same where the person wants no labels, ever. */
  excludedPart: (request: ReportRequest) => Promise<FrameReportPart>;
  /** Resolves when texts may be written on the page: it is loaded, and nobody is taking it over. */
  untilCalm: (signal: AbortSignal) => Promise<void>;
  createListenerTexts: (signal: AbortSignal) => ListenerTexts;
  /** Scrolls an element into view and draws a ring around it for a moment, above the page. */
  ringImage: (element: Element, signal: AbortSignal) => void;
  /** An element that only reports list: it shows no picture of its own; null where the id is none of these. */
  listedElement: (id: string) => Element | null;
  /** Small copies of the pictures that these show, as `data:` URLs by id; what the page may not read is left out. */
  thumbnailsOf: (
    images: readonly TrackedImage[],
    signal: AbortSignal,
  ) => Promise<Record<string, string>>;
}

const part = partOf<AltTextPart>('alt-texts');

export const offerAltTexts = part.offer;

/** The part, put into this frame where it is not yet in it; null where it can't be. */
export async function loadAltTexts(): Promise<AltTextPart | null> {
  const loaded = await part.load().catch(() => null);
  await loaded?.learnPageWords();
  return loaded;
}
