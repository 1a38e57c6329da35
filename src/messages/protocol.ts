/**
 * Every message between the contexts: its fields, its answer, who may send it. Both ends' types
 * follow from this one map. Messages are `{ type, ...fields }`; answers are
 * `{ ok: true, value } | { ok: false, error: { code, message } }`.
 */
import type { Dismissal } from '../core/saying/dismissal';
import type { BackendReport, EngineStatus } from '../core/engine-status';
import type { Failure } from '../core/errors';
import type { LineageStep } from '../core/saying/lineage';
import type { PageReport, ReportImage } from '../core/report/page-report';
import type { Backend, ClassPrediction, Prediction, Rung, Saying } from '../core/saying/prediction';
import type { Settings } from '../core/settings/settings';

export type { PageReport, ReportImage } from '../core/report/page-report';

/** A rectangle in CSS pixels of the top-level viewport. */
export interface ViewportRect {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Why a rung of the ladder did not give pixels. */
export interface RungFailure {
  rung: Rung;
  error: Failure;
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

/** Who waits: a person's click, a picture on screen, near the screen, elsewhere. */
export const PRIORITIES = ['user', 'visible', 'near', 'rest'] as const;
export type Priority = (typeof PRIORITIES)[number];

/** `default`: follows the all-sites switch. */
export type SiteRule = 'default' | 'always' | 'never';

/** Is a frame to be labelled, and how? */
export type LabellingState =
  | {
      active: true;
      displayMode: Settings['displayMode'];
      listenerMode: Settings['listenerMode'];
      minimumSizePx: number;
      shownPredictions: number;
    }
  | InactiveState;

export interface InactiveState {
  active: false;
  reason: 'off' | 'paused' | 'never-here' | 'no-permission';
  /** `Date.now()` at which a pause ends by itself: the frame asks again then, for the worker may have stopped. */
  resumeAt: number | null;
}

/** What a person's attention shows by: a focused picture says more than where the pointer lies. */
export type Attention = 'focus' | 'pointer';

/** How far one frame is. Counts of images. */
export interface FrameProgress {
  found: number;
  pending: number;
  labelled: number;
  skipped: number;
  failed: number;
}

/** A tab's page as the popup shows it; progress is the sum over its frames. */
export interface PageState {
  labelling: 'on' | 'off' | 'paused' | 'never-here' | 'not-available';
  /** The page's origin, or null where extensions may not look. */
  origin: string | null;
  siteRule: SiteRule;
  labelAllSites: boolean;
  pausedUntil: number | 'restart' | null;
  progress: FrameProgress;
}

/** An image as its frame reports it; the worker adds what it alone knows. */
export type FrameImage = Omit<ReportImage, 'frameId' | 'mismatch'>;

/** How fast a backend is here, or why it does not run. */
export interface BenchmarkResult {
  /** Of each timed image, without the warm-up; empty where the backend does not run. */
  millisecondsPerImage: number[];
  refusal: BackendReport['reason'];
}

/** A message that says all by its type. */
type NoFields = Record<string, never>;

/** Messages to the service worker. */
export interface WorkerProtocol {
  /** Rungs `decoded` and `page-fetch`: the pixels were read in the page. From content scripts. */
  classifyPixels: {
    fields: {
      requestId: string;
      /**
       * RGBA, straight alpha, `width * height * 4` bytes; see core/raster. A Blob goes by reference: the
       * page's main thread does not copy it into the message.
       */
      pixels: Blob;
      width: number;
      height: number;
      rung: 'decoded' | 'page-fetch';
      priority: Priority;
      /** The picture's address, of what a person asks for; null where it has none. */
      source: string | null;
    };
    value: Prediction;
  };
  /** Rung `worker-fetch`. From content scripts. */
  classifyAddress: {
    fields: { requestId: string; address: string; priority: Priority };
    value: Prediction;
  };
  /** Rung `screen`: crop what the tab shows. From content scripts. */
  classifyScreen: {
    fields: {
      requestId: string;
      rect: ViewportRect;
      /** Size of the top-level viewport in CSS pixels, scroll bars included: the scale of the screenshot follows. */
      viewport: { width: number; height: number };
      /** As of `classifyPixels`. */
      source: string | null;
    };
    value: Prediction;
  };
  /**
   * The end of a request that a person made, for the popup's list: how long it took, and on a total
   * failure why. What was answered the worker knows. From the content script that was asked.
   */
  recordOutcome: {
    fields: Pick<Outcome, 'milliseconds' | 'cardMilliseconds' | 'failedRungs'> & {
      requestId: string;
      failure: { error: Failure; source: string | null } | null;
    };
    value: null;
  };
  /** Ask the person for access to these match patterns; must follow a click at once. From content scripts. */
  requestAccess: { fields: { origins: string[] }; value: { granted: boolean } };

  /** Requests that need no answer any more; they fail with `cancelled` unless they have started. From content scripts. */
  cancelRequests: { fields: { requestIds: string[] }; value: null };
  /** The pictures of these requests came nearer or went farther. From content scripts. */
  setPriorities: { fields: { requestIds: string[]; priority: Priority }; value: null };
  /** Asked by a content script that starts in a frame: is this page to be labelled, and how? */
  getLabellingState: { fields: NoFields; value: LabellingState };
  /** Put the script for alt texts into this frame. From content scripts. */
  loadAltTexts: { fields: NoFields; value: null };
  /** How far a frame's labelling is, for badge and popup; at most twice a second. From content scripts. */
  reportProgress: { fields: { progress: FrameProgress }; value: null };

  /**
   * A person's word that a label of a picture is wrong, or not after all: remembered, and told to every
   * page that shows it. In a private window it holds on the page alone. From content scripts and
   * extension pages; a content script's own window says whether it is private.
   */
  setDismissal: {
    fields: Dismissal & { isDismissed: boolean; isPrivate: boolean };
    /** What is said of the picture now; null where it is not known any more. */
    value: Saying | null;
  };
  /**
   * What is said now of pictures that were looked at before, in their order; null where that is not known
   * any more. Nothing is looked at for it. From content scripts and extension pages.
   */
  sayAgain: { fields: { pictures: string[] }; value: (Saying | null)[] };

  /** From extension pages, as are all that follow. */
  getEngineStatus: { fields: NoFields; value: EngineStatus };
  /** Loads the engine if it is idle or failed, and waits. */
  startEngine: { fields: NoFields; value: EngineStatus };
  /** Times ten images on a backend, with the model of the settings; fails with `cancelled` where that was asked. */
  benchmarkBackend: { fields: { backend: Backend }; value: BenchmarkResult };
  cancelBenchmark: { fields: NoFields; value: null };
  getSettings: { fields: NoFields; value: Settings };
  setSettings: {
    fields: { settings: Partial<Settings> };
    value: { settings: Settings; repaired: string[] };
  };
  /** Newest first. */
  getRecentOutcomes: { fields: NoFields; value: Outcome[] };
  clearRecentOutcomes: { fields: NoFields; value: null };
  /** Labels a tab's page once, under activeTab or host permission. */
  labelPage: { fields: { tabId: number }; value: PageState };
  /** Stops labelling a tab's page and removes every trace from it. */
  unlabelPage: { fields: { tabId: number }; value: PageState };
  getPageState: { fields: { tabId: number }; value: PageState };
  getPageReport: { fields: { tabId: number }; value: PageReport };
  /** What a picture file shows that the person chose, dropped or pasted; nothing of it is kept. */
  classifyFile: { fields: { bytes: ArrayBuffer }; value: Prediction };
  /**
   * The bytes of the picture at an address that the person typed or pasted; access to its host is asked
   * for by the page that sends this, in the click, before. Nothing of it is kept.
   */
  fetchFile: { fields: { address: string }; value: ArrayBuffer };
  /** The way from the likeliest class up through WordNet, with the mass of the given predictions. */
  getLineage: {
    fields: { predictions: Pick<ClassPrediction, 'classIndex' | 'probability'>[] };
    value: LineageStep[];
  };
  /** What is to be done on a site from now on; permission is asked for by the page that sends this, in the click, before. */
  setSiteRule: { fields: { origin: string; rule: SiteRule }; value: null };
  setLabelAllSites: { fields: { enabled: boolean }; value: null };
  /** `until` is a `Date.now()` time, `restart`, or null to go on. */
  pauseLabelling: { fields: { until: number | 'restart' | null }; value: null };
  /** The persistent prediction cache. */
  getCacheSize: { fields: NoFields; value: { entries: number; bytes: number } };
  clearCache: { fields: NoFields; value: null };
  countDismissals: { fields: NoFields; value: number };
  /** Forgets all that were dismissed; the value is what `restoreDismissals` brings back. */
  forgetDismissals: { fields: NoFields; value: Dismissal[] };
  restoreDismissals: { fields: { dismissals: Dismissal[] }; value: null };
}

/** Messages to the content script of one frame. */
export interface ContentProtocol {
  describeImage: {
    fields: {
      requestId: string;
      /** `Date.now()` of the click or key press. */
      requestedAt: number;
      /** `image`: the browser knows the image, `srcUrl` is its address. `here`: what is under the pointer. `focused`: the focused image, else the one under the pointer. `address`: no element is reachable (an image in a frame that may not be scripted); the card stands alone. */
      target: 'image' | 'here' | 'focused' | 'address';
      srcUrl: string | null;
      /** With `address`: the address of the frame that shows the image, to place the card beside it. */
      frameUrl: string | null;
      /** `speech`: said through a live region; the focus stays and nothing is shown. */
      answer: 'card' | 'speech';
      /** How many of the likeliest classes the card lists. */
      shownPredictions: number;
    };
    value: null;
  };
  /** For the shortcuts, which name no frame: is the focused picture, or the pointer, in this one? */
  getAttention: { fields: NoFields; value: Attention | null };
  /** Starts (or goes on, or changes the display of) labelling in this frame. */
  startLabelling: { fields: { state: Extract<LabellingState, { active: true }> }; value: null };
  /** Stops it and leaves no trace. */
  stopLabelling: { fields: { state: InactiveState }; value: null };
  /** Hides the labels of the page, or brings them back. */
  toggleLabels: { fields: NoFields; value: null };
  getFrameReport: { fields: NoFields; value: FrameImage[] };
  /** Of these pictures something else may be said now, or of all (null): whatever shows them asks again. */
  followVoice: { fields: { pictures: readonly string[] | null }; value: null };
  /** Scrolls to an image of the frame's report and rings it for a moment. Fails with `image-gone`. */
  showImage: { fields: { id: string }; value: null };
  /**
   * Puts this text on an image of the frame's report, by a person's own press, or with null takes back
   * what Alt Lens put there. Fails with `image-gone`, or `alt-text-kept` where the author's text stays.
   */
  setAltText: { fields: { id: string; text: string | null }; value: null };
  /** Small copies of images of the frame's report, as `data:` URLs by id; what may not be read is left out. Nothing is fetched. */
  getThumbnails: { fields: { ids: string[] }; value: Record<string, string> };
}

export type MessageType<P> = keyof P & string;
export type Fields<P, T extends keyof P> = P[T] extends { fields: infer F } ? F : never;
export type Value<P, T extends keyof P> = P[T] extends { value: infer V } ? V : never;

export type Answer<V> = { ok: true; value: V } | { ok: false; error: Failure };
