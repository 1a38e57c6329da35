import type { SkipReason } from '../../core/alt-text/candidate';
import { askWorker } from '../../messages/client';
import type { FrameReportPart } from '../../messages/protocol';
import type { TrackedImage } from '../labelling/tracked-image';
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

/** In the extension's own world, where the page doesn't see it. */
const PART = 'alt-lens-alt-texts';
const world = globalThis as { [PART]?: AltTextPart };

/** Offers the part to the other script of this frame; a newer version takes the place of an older one. */
export function offerAltTexts(part: AltTextPart): void {
  world[PART] = part;
}

/** The part, put into this frame where it is not yet in it; null where it can't be. */
export async function loadAltTexts(): Promise<AltTextPart | null> {
  if (loaded !== null) return loaded;
  try {
    await askWorker('loadAltTexts', {});
    loaded = world[PART] ?? null;
  } catch {
    // The frame may not be scripted any more, or the extension is gone: then without it.
  }
  return loaded;
}

/** Only what was loaded by this very script: an older version may have left its own. */
let loaded: AltTextPart | null = null;
