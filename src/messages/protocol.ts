/**
 * What messages between the contexts carry, in plain types. The messages themselves are the rows of
 * worker-messages.ts and frame-messages.ts.
 */
import type { BackendReport } from '../core/engine-status';
import type { Failure } from '../core/errors';
import type { RungFailure } from '../core/ladder';
import type { OwnModel } from '../core/own-models/own-model';
import type { Backend, Prediction } from '../core/saying/prediction';
import type { PausedUntil } from '../core/settings/labelling-state';
import type { SiteRule } from '../core/settings/site-rules';

export type { RungFailure } from '../core/ladder';
export type { InactiveState, LabellingState } from '../core/settings/labelling-state';
export type { SiteRule } from '../core/settings/site-rules';
export type {
  FrameImage,
  FrameReportPart,
  PageReport,
  ReportImage,
} from '../core/report/page-report';

/** A rectangle in CSS pixels of the top-level viewport. */
export interface ViewportRect {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** What came of one request, as the popup lists it. */
export interface Outcome {
  /** Unique in the session. */
  id: string;
  /** `Date.now()` of the request. */
  requestedAt: number;
  /** The picture's address, or null where it has none (canvas, inline SVG). `data:` addresses are cut to 64 characters. */
  source: string | null;
  /** The page's address. */
  page: string;
  result: { ok: true; prediction: Prediction } | { ok: false; error: Failure };
  /** The rungs that failed before (or all of them, on failure). */
  failedRungs: RungFailure[];
  /** From the click to the label on the page, milliseconds. */
  milliseconds: number;
  /** From the click to the card on the page, milliseconds. */
  cardMilliseconds: number;
  /** A small picture as a `data:` URL, or null. */
  thumbnail: string | null;
}

/** Scripts of a frame that another one there asks for. */
export const PARTS = ['alt-texts', 'label-details', 'inline-svg', 'picture-bytes'] as const;
export type PartName = (typeof PARTS)[number];

/** Who waits: a person's click, a picture on screen, near the screen, elsewhere. */
export const PRIORITIES = ['user', 'visible', 'near', 'rest'] as const;
export type Priority = (typeof PRIORITIES)[number];

/** What a person's attention shows by: a focused picture says more than where the pointer lies. */
export type Attention = 'focus' | 'pointer';

/** The images of one frame in reading order, for the keys that go from one to the next. */
export interface FrameImages {
  ids: string[];
  /** Frames inside this one: the place of the image that comes after, and the number among the frame's windows. */
  frames: { before: number; index: number }[];
  /** The numbers of windows from the top one down to this one; null where that cannot be told. */
  path: number[] | null;
  /** The place of the image that was last spoken of, between two where it is gone; null where none was. */
  at: number | null;
  /** `Date.now()` of then. */
  since: number;
}

/** How far one frame is. Counts of images. */
export interface FrameProgress {
  found: number;
  pending: number;
  labelled: number;
  skipped: number;
  failed: number;
  /** Out of view: they are looked at when the person comes by, or wants them all. */
  far: number;
  /** Of those that are pending: looked at because the person wants all. */
  wanted: number;
}

/** A tab's page as the popup shows it; progress is the sum over its frames. */
export interface PageState {
  labelling: 'on' | 'off' | 'paused' | 'never-here' | 'not-available';
  /** The top frame's document; null where nothing is known of the page. */
  documentId: string | null;
  /** The page's origin, or null where extensions may not look. */
  origin: string | null;
  siteRule: SiteRule;
  labelAllSites: boolean;
  pausedUntil: PausedUntil;
  progress: FrameProgress;
}

/** How fast a backend is here, or why it does not run. */
export interface BenchmarkResult {
  /** Of each timed image, without the warm-up; empty where the backend does not run. */
  millisecondsPerImage: number[];
  refusal: BackendReport['reason'];
}

/** What came of teaching: enough to take it back. */
export interface Lesson {
  /** Ids of the own label and of the example. */
  label: string;
  example: string;
  /** The label's name as it was first written. */
  name: string;
}

/** An own label as the settings page shows it. */
export interface OwnLabelState {
  id: string;
  name: string;
  isOn: boolean;
  examples: { id: string; page: string; addedAt: number; thumbnail: string | null }[];
  /** So many of its examples it knows by the others. */
  found: number;
  of: number;
  /** So many of the pictures in the cache that it was tried on are called so, and no copies. */
  called: number;
  tried: number;
}

/** A model that the person brought, as the settings page shows it. */
export interface OwnModelState extends Pick<
  OwnModel,
  'id' | 'name' | 'format' | 'labels' | 'input' | 'bytes' | 'isOn' | 'sites' | 'isInstead'
> {
  /** What it ran on last; null where it has not run since the background started. */
  backend: Backend | null;
}

/** What a message is answered with: failures cross contexts as codes. */
export type Answer<V> = { ok: true; value: V } | { ok: false; error: Failure };
