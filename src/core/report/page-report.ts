/** The images of a page as reports list them. */
import type { Need, NeedRule } from '../alt-text/alt-need';
import type { SkipReason } from '../alt-text/candidate';
import type { Mismatch } from '../alt-text/mismatch';
import type { PageDraft } from '../alt-text/page-draft';
import type { PageTexts } from '../alt-text/page-texts';
import type { ErrorCode } from '../errors';
import type { Hint, Prediction, Rung, Silence } from '../saying/prediction';
import { saidOf, type Said } from '../saying/said';

/** What an image stands for that is all that its link or button shows. */
export interface Purpose {
  control: 'link' | 'button';
  /** Where the link leads; what the button does, as far as the page's code tells. Null where nothing does. */
  target: string | null;
}

/** What is known of every image of a page, whatever came of labelling. */
interface ImageFacts {
  /** Unique in its frame while the page lives. */
  id: string;
  address: string | null;
  /** A CSS selector that finds the element again in its root. */
  selector: string;
  width: number;
  height: number;
  /** Does it need a text? Null where the page was not looked into. */
  need: Need | null;
  /** What decided on the need; texts `need_rule_<rule with _>`. */
  rule: NeedRule | null;
  /** The text that its author gave it: its accessible name; empty where there is none. */
  name: string;
  /** Not null: a text for it says where it leads or what it does, never what it shows. */
  purpose: Purpose | null;
  /** The text of ours that it has on the page now; null where the author's stands, or none. */
  applied: string | null;
  /** What the page says beside it, where it needs a text and has a draft. */
  texts?: PageTexts | undefined;
}

interface NotLabelled {
  rung: null;
  prediction: null;
  hint: null;
  silence: null;
  draft: null;
}

/** What an image waits for that has no end yet. */
export const PENDING_REASONS = [
  'not-near', // out of view: it is read when a person comes by
  'loading', // the page has not loaded it yet, or a canvas is not at rest
  'in-line', // others are read before it
] as const;
export type PendingReason = (typeof PENDING_REASONS)[number];

interface Pending extends NotLabelled {
  state: 'pending';
  reason: PendingReason;
}

interface Skipped extends NotLabelled {
  state: 'skipped';
  reason: SkipReason;
}

interface Failed extends NotLabelled {
  state: 'failed';
  reason: ErrorCode;
}

interface Labelled {
  state: 'labelled';
  reason: null;
  rung: Rung;
  prediction: Prediction;
  /** What the prediction says, at the image itself too. */
  hint: Hint | null;
  silence: Silence | null;
  draft: string | null;
}

/** What only the worker knows of an image. */
interface AddedFacts {
  frameId: number;
  /** What its text names and the picture clearly does not show: a question, never an error. */
  mismatch: Mismatch | null;
  /** A second draft, in the page's own words; missing where none of them agree with the first. */
  pageDraft?: PageDraft | undefined;
}

/** An image as its frame reports it; the worker adds what it alone knows. */
export type FrameImage = ImageFacts & (Pending | Skipped | Failed | Labelled);

/** Some of a frame's images, in page order; reports of thousands travel in parts. */
export interface FrameReportPart {
  images: FrameImage[];
  /** Where the next part begins; null after the last one. */
  next: number | null;
}

/** One image of a page, as DESIGN's page report has it: every field in every state, null where it cannot be. */
export type ReportImage = FrameImage & AddedFacts;

/** A report's image with something of the model. */
export type LabelledImage = Extract<ReportImage, { state: 'labelled' }>;

/** What requests of our own code asked of the network. */
export interface Traffic {
  requests: number;
  /** Of bodies; an address is always one that the page or the person named, with nothing added. */
  sentBytes: number;
  /** Image files that were asked for once more: where both page and worker ask for one, one. */
  refetched: number;
  /** The bytes of those that came. */
  refetchedBytes: number;
}

export interface PageReport {
  url: string;
  /** Of a private window: nothing that the person decides on it is written down. */
  isPrivate: boolean;
  images: ReportImage[];
  /**
   * Since the page was loaded: model runs, and everything that our code asked of the network, in the page
   * and in the worker (what the browser's cache answers included).
   */
  counts: { inferences: number } & Traffic;
}

/** Names an image in its report: ids are unique in their frame only. */
export function imageKey({ frameId, id }: Pick<ReportImage, 'frameId' | 'id'>): string {
  return `${frameId}:${id}`;
}

/** What is said of an image, of two things both; null where nothing is. */
export function saidOfImage({ hint, prediction }: ReportImage): Said | null {
  return saidOf({ hint, two: prediction?.two });
}

/** The language that drafts of the report are in: the page's, as far as is known. */
export function writtenIn({ images }: Pick<PageReport, 'images'>): string | undefined {
  return images.find(({ prediction }) => prediction !== null)?.prediction?.draftLang;
}
