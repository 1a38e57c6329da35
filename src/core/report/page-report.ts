/** The images of a page as reports list them. */
import type { Need } from '../alt-text/alt-need';
import type { Mismatch } from '../alt-text/mismatch';
import type { Hint, Prediction, Rung, Silence } from '../saying/prediction';

/** One image of a page, as DESIGN's page report has it. */
export interface ReportImage {
  /** Unique in its frame while the page lives. */
  id: string;
  address: string | null;
  frameId: number;
  /** A CSS selector that finds the element again in its root. */
  selector: string;
  width: number;
  height: number;
  /** Does it need a text? Null where the page was not looked into. */
  need: Need | null;
  /** The rule of core/alt-need that decided; texts `need_<rule with _>`. */
  rule: string | null;
  /** The text that its author gave it: its accessible name; empty where there is none. */
  name: string;
  state: 'pending' | 'labelled' | 'skipped' | 'failed';
  /** Why it was skipped (a core/candidate rule) or failed (an error code). */
  reason: string | null;
  rung: Rung | null;
  prediction: Prediction | null;
  hint: Hint | null;
  silence: Silence | null;
  draft: string | null;
  /** The text of ours that it has on the page now; null where the author's stands, or none. */
  applied: string | null;
  /** What its text names and the picture clearly does not show: a question, never an error. */
  mismatch: Mismatch | null;
}

/** What requests of our own code asked of the network. */
export interface Traffic {
  /** Of a redirected one, the address asked for and the one that answered. */
  requests: number;
  /** Of bodies; an address is always one that the page or the person named, with nothing added. */
  sentBytes: number;
}

export interface PageReport {
  url: string;
  /** Of a private window: nothing that the person decides on it is written down. */
  isPrivate: boolean;
  images: ReportImage[];
  /**
   * Since the page was loaded: model runs, image files fetched once more by the worker, their bytes; of
   * everything that our code asked of the network, in the page and in the worker, how many requests
   * (what the browser's cache answers included) and the bytes of the bodies that they sent.
   */
  counts: { inferences: number; refetched: number; refetchedBytes: number } & Traffic;
}

/** Names an image in its report: ids are unique in their frame only. */
export function imageKey({ frameId, id }: Pick<ReportImage, 'frameId' | 'id'>): string {
  return `${frameId}:${id}`;
}
