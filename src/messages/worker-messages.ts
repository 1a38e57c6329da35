/**
 * Every message to the service worker, one row each: who may send it, its fields, the type of its answer.
 * Handlers and client follow from this table by type. A page's renderer may be compromised, so the worker
 * checks sender and every field: texts and lists have a longest length, numbers a range (a test holds this).
 *
 * The schemas are for the worker alone: other contexts import only the types of this module.
 *
 * Messages are `{ type, ...fields }`; answers are `Answer`.
 */
import * as v from 'valibot';

import { isMatchPattern } from '../core/address/match-pattern';
import type { WeakWords } from '../core/alt-text/weak-words/weak-words';
import type { EngineStatus } from '../core/engine-status';
import { ERROR_CODES } from '../core/errors';
import { MAX_IMAGE_BYTES, RASTER_LONG_SIDE_PX } from '../core/look/raster';
import type { Dismissal } from '../core/saying/dismissal';
import type { LineageStep } from '../core/saying/lineage';
import { LANGUAGES } from '../core/saying/languages';
import {
  BACKENDS,
  CLASS_COUNT,
  RUNGS,
  type Prediction,
  type Saying,
} from '../core/saying/prediction';
import { isPauseEnd } from '../core/settings/labelling-state';
import type { Settings } from '../core/settings/settings';
import { SITE_RULES } from '../core/settings/site-rules';
import type { OwnAnswer } from '../core/own-models/own-answer';
import { MAX_MODEL_SITES, VALUE_RANGES } from '../core/own-models/own-model';
import { MAX_OWN_FILE_LENGTH } from '../core/teaching/own-file';
import { MAX_OWN_LABELS } from '../core/teaching/own-label';
import type { Where } from '../core/where/where';
import { type, type TypeOf } from './message-type';
import {
  PARTS,
  PRIORITIES,
  type BenchmarkResult,
  type LabellingState,
  type Lesson,
  type Outcome,
  type OwnLabelState,
  type OwnModelState,
  type PageReport,
  type PageState,
} from './protocol';

/** A content script, or a page of the extension: never both. */
export type SenderKind = 'content' | 'extension-page';

interface WorkerMessage<Kind extends SenderKind, Fields extends v.GenericSchema<object>, Value> {
  from: readonly Kind[];
  fields: Fields;
  value: TypeOf<Value>;
}

function message<Kind extends SenderKind, Fields extends v.GenericSchema<object>, Value>(
  row: WorkerMessage<Kind, Fields, Value>,
): WorkerMessage<Kind, Fields, Value> {
  return row;
}

const CONTENT = ['content'] as const;
const EXTENSION_PAGE = ['extension-page'] as const;
const ANYWHERE = ['content', 'extension-page'] as const;

const upTo = (maxLength: number) => v.pipe(v.string(), v.maxLength(maxLength));
/** A text for logs: a longer one is cut, for nothing depends on its end. */
const remark = v.pipe(
  upTo(1024 * 1024),
  v.transform((text) => text.slice(0, 2048)),
);
const wholeFrom = (least: number, most: number) =>
  v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most));
const numberFrom = (least: number, most: number) =>
  v.pipe(v.number(), v.minValue(least), v.maxValue(most));
/** Ids of tabs are of 32 bits. */
const tabId = wholeFrom(0, 2 ** 31 - 1);
const count = wholeFrom(0, Number.MAX_SAFE_INTEGER);
/** CSS pixels; Chromium lays out no farther than 2^26. */
const place = numberFrom(-(2 ** 26), 2 ** 26);
const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
const sidePx = v.pipe(v.number(), v.gtValue(0), v.maxValue(100_000));
/** Milliseconds; a clock that is set back in between makes a wait negative, a laptop that sleeps makes it long. */
const duration = numberFrom(-1e12, 1e12);
const probability = numberFrom(0, 1.000001);

const requestId = v.pipe(upTo(64), v.minLength(1));
const requestIds = v.pipe(v.array(requestId), v.maxLength(5000));
const priority = v.picklist(PRIORITIES);
const side = wholeFrom(1, RASTER_LONG_SIDE_PX);
const address = upTo(8192);
const classIndex = wholeFrom(0, CLASS_COUNT - 1);

/** See `isSynset`. */
const synset = v.pipe(v.string(), v.regex(/^(?:n\d{8}|u[0-9a-f]{8})$/));
/** A `pictureHash`. */
const picture = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}-\d{1,4}x\d{1,4}$/));
const dismissals = v.pipe(v.array(v.object({ picture, synset })), v.maxLength(10_000));

const ownName = v.pipe(upTo(400), v.minLength(1));
const ownId = v.pipe(v.string(), v.regex(/^u[0-9a-f]{8}$/));
const exampleId = v.pipe(v.string(), v.regex(/^[0-9a-f]{8}$/));
const fileBytes = v.pipe(
  v.instance(ArrayBuffer),
  v.check(({ byteLength }) => byteLength <= MAX_IMAGE_BYTES, 'too many bytes'),
);

const ownModelId = v.pipe(v.string(), v.regex(/^m[0-9a-f]{8}$/));
/** A file of a model goes by reference; one that is too large is told so by a code of its own. */
const modelFile = v.pipe(
  v.instance(Blob),
  v.check(({ size }) => size <= 2 ** 32, 'too many bytes'),
);
const siteOrigin = v.pipe(upTo(300), v.regex(/^https?:\/\/[^/]+$/));

const failure = v.object({ code: v.picklist(ERROR_CODES), message: remark });
/** The picture's address, of what a person asks for; null where it has none. */
const source = v.nullable(address);
/** The `lang` of the page, whatever a page may write there. */
const language = v.optional(upTo(100));

const pixelFields = v.pipe(
  v.object({
    requestId,
    /**
     * RGBA, straight alpha, `width * height * 4` bytes; see core/look/raster. A Blob goes by reference:
     * the page's main thread does not copy the pixels into the message.
     */
    pixels: v.instance(Blob),
    width: side,
    height: side,
    rung: v.picklist(['decoded', 'page-fetch']),
    priority,
    source,
    language,
  }),
  v.check(
    ({ pixels, width, height }) => pixels.size === width * height * 4,
    'pixels must be width * height * 4 bytes',
  ),
);

/** Of settings as JSON, characters: lists at their longest stay below. */
const MAX_SETTINGS_LENGTH = 4 * 1024 * 1024;

function isShortAsJson(value: Readonly<Record<string, unknown>>): boolean {
  try {
    return JSON.stringify(value).length <= MAX_SETTINGS_LENGTH;
  } catch {
    return false; // settings are JSON
  }
}

/** The fields of settings at most; what is in them `repairSettings` checks, field by field. */
const settingChanges = v.pipe(
  v.record(upTo(100), v.unknown()),
  v.check((fields) => Object.keys(fields).length <= 100, 'too many fields'),
  v.check(isShortAsJson, 'too long, or no JSON'),
);

const pauseEnd = v.pipe(
  count,
  v.check((until) => isPauseEnd(until, Date.now()), 'no time that a pause ends at'),
);

const none = v.object({});

export const workerMessages = {
  /** Rungs `decoded` and `page-fetch`: the pixels were read in the page. */
  classifyPixels: message({ from: CONTENT, fields: pixelFields, value: type<Prediction> }),
  /** Rung `worker-fetch`. */
  classifyAddress: message({
    from: CONTENT,
    fields: v.object({
      ...{ requestId, address, priority, language },
      /** As the page holds what it shows, px; null where that is not known, absent where it shows nothing. */
      shown: v.optional(v.nullable(v.object({ width: sidePx, height: sidePx }))),
      /** What of it is seen, as shares of its sides; null or absent where that is the whole. */
      part: v.optional(v.nullable(v.object({ x: share, y: share, width: share, height: share }))),
    }),
    value: type<Prediction>,
  }),
  /** Rung `screen`: crop what the tab shows. */
  classifyScreen: message({
    from: CONTENT,
    fields: v.object({
      requestId,
      rect: v.object({ x: place, y: place, width: sidePx, height: sidePx }),
      /** Size of the top-level viewport in CSS pixels, scroll bars included: the scale of the screenshot follows. */
      viewport: v.object({ width: sidePx, height: sidePx }),
      source,
      language,
    }),
    value: type<Prediction>,
  }),
  /**
   * Where in a picture a label comes from. Null where the pixels are not at hand (any more): then the
   * picture is to be classified once more, for a person.
   */
  seeWhere: message({
    from: CONTENT,
    fields: v.object({ picture, synset }),
    value: type<Where | null>,
  }),
  /**
   * A person asks for two things in a wide or tall picture; the value is what is said of it now. Null where
   * the pixels are not at hand (any more): then the picture is to be classified once more, for a person.
   * Fields as in `setDismissal`.
   */
  seekTwo: message({
    from: ANYWHERE,
    fields: v.object({ picture, isPrivate: v.boolean(), page: v.optional(remark), language }),
    value: type<Saying | null>,
  }),
  /**
   * The end of a request that a person made, for the popup's list: how long it took, and on a total
   * failure why. What was answered the worker knows. From the content script that was asked.
   */
  recordOutcome: message({
    from: CONTENT,
    fields: v.object({
      requestId,
      milliseconds: duration,
      cardMilliseconds: duration,
      failedRungs: v.pipe(
        v.array(v.object({ rung: v.picklist(RUNGS), error: failure })),
        v.maxLength(RUNGS.length),
      ),
      failure: v.nullable(v.object({ error: failure, source })),
    }),
    value: type<null>,
  }),
  /** Ask the person for access to these match patterns; must follow a click at once. */
  requestAccess: message({
    from: CONTENT,
    fields: v.object({
      origins: v.pipe(
        v.array(v.pipe(upTo(300), v.check(isMatchPattern, 'no match pattern'))),
        v.minLength(1),
        v.maxLength(8),
      ),
    }),
    value: type<{ granted: boolean }>,
  }),
  /** Requests that need no answer any more; they fail with `cancelled` unless they have started. */
  cancelRequests: message({
    from: CONTENT,
    fields: v.object({ requestIds }),
    value: type<null>,
  }),
  /** The pictures of these requests came nearer or went farther. */
  setPriorities: message({
    from: CONTENT,
    fields: v.object({ requestIds, priority }),
    value: type<null>,
  }),
  /** Asked by a content script that starts in a frame: is this page to be labelled, and how? */
  getLabellingState: message({ from: CONTENT, fields: none, value: type<LabellingState> }),
  /** Put a script that another one needs into this frame. */
  loadPart: message({
    from: CONTENT,
    fields: v.object({ part: v.picklist(PARTS) }),
    value: type<null>,
  }),
  /** The words by which alt texts in a page's languages are weak; all that there are for no language. */
  readWeakWords: message({
    from: CONTENT,
    fields: v.object({
      languages: v.pipe(v.array(v.pipe(v.string(), v.maxLength(8))), v.maxLength(15)),
    }),
    value: type<WeakWords[]>,
  }),
  /** How far a frame's labelling is, for badge and popup; at most twice a second. */
  reportProgress: message({
    from: CONTENT,
    fields: v.object({
      progress: v.object({
        found: count,
        pending: count,
        labelled: count,
        skipped: count,
        failed: count,
        far: count,
        wanted: count,
      }),
    }),
    value: type<null>,
  }),
  /** A frame has loaded in a page that is labelled: it is entered, too, where the browser does not do so by itself. */
  enterFrames: message({ from: CONTENT, fields: none, value: type<null> }),
  /** The page lets nothing of ours be seen: the toolbar button says so. */
  reportUnshown: message({ from: CONTENT, fields: none, value: type<null> }),
  /**
   * Shows what bears this class only while the extension is there: by a style sheet that goes with it. For the
   * document that asks, or the topmost around it.
   */
  showWhileHere: message({
    from: CONTENT,
    fields: v.object({
      name: v.pipe(v.string(), v.regex(/^tied(?:-\d{1,10}){4}$/)),
      isInTop: v.boolean(),
    }),
    value: type<null>,
  }),
  /** What a frame of the page asked of the network for its pictures. */
  reportTraffic: message({
    from: CONTENT,
    fields: v.object({
      traffic: v.object({
        requests: v.exactOptional(count),
        sentBytes: v.exactOptional(count),
        refetched: v.exactOptional(count),
        refetchedBytes: v.exactOptional(count),
      }),
    }),
    value: type<null>,
  }),

  /**
   * A person's word that a label of a picture is wrong, or not after all: remembered, and told to every
   * page that shows it. In a private window it holds on the page alone; a content script's own window
   * says whether it is private. A page of ours names the page of the tab that it speaks of.
   */
  setDismissal: message({
    from: ANYWHERE,
    fields: v.object({
      ...{ picture, synset, isDismissed: v.boolean(), isPrivate: v.boolean() },
      page: v.optional(remark),
      language,
    }),
    /** What is said of the picture now; null where it is not known any more. */
    value: type<Saying | null>,
  }),
  /**
   * What is said now of pictures that were looked at before, in their order; null where that is not known
   * any more. Nothing is looked at for it. `page` as in `setDismissal`.
   */
  sayAgain: message({
    from: ANYWHERE,
    fields: v.object({
      pictures: v.pipe(v.array(picture), v.maxLength(10_000)),
      page: v.optional(remark),
      language,
    }),
    value: type<(Saying | null)[]>,
  }),

  /**
   * A person's name for what a picture shows: kept with what the model saw of it, and told to every page.
   * Fails with `private-window` where the picture is of one, with `picture-forgotten` where what was seen
   * is not known any more. Fields as in `setDismissal`.
   */
  teachLabel: message({
    from: ANYWHERE,
    fields: v.object({
      ...{ picture, name: ownName, isPrivate: v.boolean() },
      page: v.optional(remark),
      language,
    }),
    value: type<{ lesson: Lesson; saying: Saying | null }>,
  }),
  /** The popup with the last result, where a name of one's own is written; fails with `private-window`. */
  openTeaching: message({ from: CONTENT, fields: none, value: type<null> }),
  /** Takes back what was taught of a picture; the value is what is said of it now. */
  forgetLesson: message({
    from: ANYWHERE,
    fields: v.object({
      ...{ picture, example: exampleId, isPrivate: v.boolean() },
      page: v.optional(remark),
      language,
    }),
    value: type<Saying | null>,
  }),
  /**
   * Names that what was written may be meant for: of own labels first, then of classes, in the language
   * of the labels. A page's renderer may ask, so it is told few at a time.
   */
  suggestNames: message({
    from: ANYWHERE,
    fields: v.object({ written: v.pipe(upTo(400), v.minLength(1)), language }),
    value: type<string[]>,
  }),
  getOwnLabels: message({ from: EXTENSION_PAGE, fields: none, value: type<OwnLabelState[]> }),
  /** Another name (that of another label makes both one), or whether it is said. */
  changeOwnLabel: message({
    from: EXTENSION_PAGE,
    fields: v.object({
      ...{ id: ownId, name: v.optional(ownName), isOn: v.optional(v.boolean()) },
    }),
    value: type<null>,
  }),
  /** The value is a file that `adoptOwnLabels` brings them back from. */
  forgetOwnLabels: message({
    from: EXTENSION_PAGE,
    fields: v.object({ ids: v.pipe(v.array(ownId), v.maxLength(MAX_OWN_LABELS)) }),
    value: type<string>,
  }),
  forgetOwnExample: message({
    from: EXTENSION_PAGE,
    fields: v.object({ example: exampleId }),
    value: type<null>,
  }),
  /** All own labels as the text of a file. */
  exportOwnLabels: message({ from: EXTENSION_PAGE, fields: none, value: type<string> }),
  /** The own labels that are on as a model, the bytes of a zip file. `none` is what it calls anything else. */
  exportLabelModel: message({
    from: EXTENSION_PAGE,
    fields: v.object({ none: ownName }),
    value: type<ArrayBuffer>,
  }),
  /** Adds what a file holds; the value says how many examples are new. Fails with a code, and changes nothing. */
  adoptOwnLabels: message({
    from: EXTENSION_PAGE,
    fields: v.object({ file: upTo(MAX_OWN_FILE_LENGTH) }),
    value: type<number>,
  }),
  /** An example from a picture file that the person chose. */
  teachFile: message({
    from: EXTENSION_PAGE,
    fields: v.object({ bytes: fileBytes, name: ownName }),
    value: type<Lesson>,
  }),
  forgetOwnThumbnails: message({ from: EXTENSION_PAGE, fields: none, value: type<null> }),

  /**
   * What models that the person brought say of a picture that was just asked for; nothing where its pixels
   * are not at hand (any more).
   */
  askOwnModels: message({
    from: ANYWHERE,
    fields: v.object({ picture }),
    value: type<OwnAnswer[]>,
  }),
  getOwnModels: message({ from: EXTENSION_PAGE, fields: none, value: type<OwnModelState[]> }),
  /** Checks and keeps a model. Fails with `own-model-…`, and changes nothing. */
  addOwnModel: message({
    from: EXTENSION_PAGE,
    fields: v.object({
      files: v.pipe(
        v.array(v.object({ path: remark, content: modelFile })),
        v.minLength(1),
        v.maxLength(500),
      ),
      range: v.picklist(VALUE_RANGES),
    }),
    value: type<OwnModelState>,
  }),
  changeOwnModel: message({
    from: EXTENSION_PAGE,
    fields: v.object({
      ...{ id: ownModelId, name: v.optional(ownName), isOn: v.optional(v.boolean()) },
      sites: v.optional(v.pipe(v.array(siteOrigin), v.maxLength(MAX_MODEL_SITES))),
      isInstead: v.optional(v.boolean()),
    }),
    value: type<null>,
  }),
  /** Deletes a model, or brings it back: that can be done for a while. */
  setOwnModelDeleted: message({
    from: EXTENSION_PAGE,
    fields: v.object({ id: ownModelId, isDeleted: v.boolean() }),
    value: type<null>,
  }),

  getEngineStatus: message({ from: EXTENSION_PAGE, fields: none, value: type<EngineStatus> }),
  /** Loads the engine if it is idle or failed, and waits. */
  startEngine: message({ from: EXTENSION_PAGE, fields: none, value: type<EngineStatus> }),
  /** Times ten images on a backend, with the model of the settings; fails with `cancelled` where that was asked. */
  benchmarkBackend: message({
    from: EXTENSION_PAGE,
    fields: v.object({ backend: v.picklist(BACKENDS) }),
    value: type<BenchmarkResult>,
  }),
  cancelBenchmark: message({ from: EXTENSION_PAGE, fields: none, value: type<null> }),
  getSettings: message({ from: EXTENSION_PAGE, fields: none, value: type<Settings> }),
  setSettings: message({
    from: EXTENSION_PAGE,
    fields: v.object({ settings: settingChanges }),
    value: type<{ settings: Settings; repaired: string[] }>,
  }),
  /** Newest first. */
  getRecentOutcomes: message({ from: EXTENSION_PAGE, fields: none, value: type<Outcome[]> }),
  clearRecentOutcomes: message({ from: EXTENSION_PAGE, fields: none, value: type<null> }),
  /** Labels a tab's page once, under activeTab or host permission. */
  labelPage: message({
    from: EXTENSION_PAGE,
    fields: v.object({ tabId }),
    value: type<PageState>,
  }),
  /** Stops labelling a tab's page and removes every trace from it. */
  unlabelPage: message({
    from: EXTENSION_PAGE,
    fields: v.object({ tabId }),
    value: type<PageState>,
  }),
  /** Has all images of a labelled page looked at, those out of view too, without scrolling; or no longer. */
  lookAtAll: message({
    from: EXTENSION_PAGE,
    fields: v.object({ tabId, isWanted: v.boolean() }),
    value: type<PageState>,
  }),
  getPageState: message({
    from: EXTENSION_PAGE,
    fields: v.object({ tabId }),
    value: type<PageState>,
  }),
  getPageReport: message({
    from: EXTENSION_PAGE,
    fields: v.object({ tabId }),
    value: type<PageReport>,
  }),
  /** What a picture file shows that the person chose, dropped or pasted; nothing of it is kept. */
  classifyFile: message({
    from: EXTENSION_PAGE,
    fields: v.object({ bytes: fileBytes }),
    value: type<Prediction>,
  }),
  /** Where a label comes from in the small copy of a picture that a page of ours shows. */
  seeWhereInFile: message({
    from: EXTENSION_PAGE,
    fields: v.object({ bytes: fileBytes, synset }),
    value: type<Where | null>,
  }),
  /**
   * The bytes of the picture at an address that the person typed or pasted; access to its host is asked
   * for by the page that sends this, in the click, before. Nothing of it is kept.
   */
  fetchFile: message({
    from: EXTENSION_PAGE,
    fields: v.object({ address }),
    value: type<ArrayBuffer>,
  }),
  /** The way from the likeliest class up through WordNet, with the mass of the given predictions. */
  getLineage: message({
    from: EXTENSION_PAGE,
    fields: v.object({
      predictions: v.pipe(v.array(v.object({ classIndex, probability })), v.maxLength(5)),
      language: v.picklist(LANGUAGES),
    }),
    value: type<LineageStep[]>,
  }),
  /** What is to be done on a site from now on; permission is asked for by the page that sends this, in the click, before. */
  setSiteRule: message({
    from: EXTENSION_PAGE,
    fields: v.object({
      origin: siteOrigin,
      rule: v.picklist(SITE_RULES),
    }),
    value: type<null>,
  }),
  setLabelAllSites: message({
    from: EXTENSION_PAGE,
    fields: v.object({ enabled: v.boolean() }),
    value: type<null>,
  }),
  /** `until` is a `Date.now()` time, `restart`, or null to go on. */
  pauseLabelling: message({
    from: EXTENSION_PAGE,
    fields: v.object({ until: v.nullable(v.union([pauseEnd, v.literal('restart')])) }),
    value: type<null>,
  }),
  /** The persistent prediction cache. */
  getCacheSize: message({
    from: EXTENSION_PAGE,
    fields: none,
    value: type<{ entries: number; bytes: number }>,
  }),
  /** All that was taught, brought, dismissed, and remembered of pictures and pages. Settings stay. */
  forgetEverything: message({ from: EXTENSION_PAGE, fields: none, value: type<null> }),
  clearCache: message({ from: EXTENSION_PAGE, fields: none, value: type<null> }),
  countDismissals: message({ from: EXTENSION_PAGE, fields: none, value: type<number> }),
  /** Forgets all that were dismissed; the value is what `restoreDismissals` brings back. */
  forgetDismissals: message({ from: EXTENSION_PAGE, fields: none, value: type<Dismissal[]> }),
  restoreDismissals: message({
    from: EXTENSION_PAGE,
    fields: v.object({ dismissals }),
    value: type<null>,
  }),
};

type Table = typeof workerMessages;
export type WorkerMessageType = keyof Table;
/** What is sent with a message. */
export type WorkerFields<T extends WorkerMessageType> = v.InferInput<Table[T]['fields']>;
/** The fields as the worker has checked them. */
export type CheckedFields<T extends WorkerMessageType> = v.InferOutput<Table[T]['fields']>;
/** Who may send a message. */
export type SenderOf<T extends WorkerMessageType> = Table[T]['from'][number];
/** What a message is answered with. */
export type WorkerValue<T extends WorkerMessageType> = ReturnType<Table[T]['value']>;
