import * as v from 'valibot';

import { ERROR_CODES } from '../core/errors';
import { BACKENDS, RUNGS } from '../core/saying/prediction';
import { MAX_IMAGE_BYTES, RASTER_LONG_SIDE_PX } from '../core/look/raster';
import { PRIORITIES } from './protocol';
import type { Fields, MessageType, WorkerProtocol } from './protocol';

/**
 * What the worker accepts from outside: a page's renderer may be compromised, so the receiver checks
 * every field. The types are held to the protocol by `satisfies`.
 */
const requestId = v.pipe(v.string(), v.minLength(1), v.maxLength(64));
const side = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(RASTER_LONG_SIDE_PX));
const finite = v.pipe(v.number(), v.finite());
const positive = v.pipe(finite, v.gtValue(0), v.maxValue(100_000));
const address = v.pipe(v.string(), v.maxLength(8192));
const probability = v.pipe(v.number(), v.minValue(0), v.maxValue(1.000001));

const priority = v.picklist(PRIORITIES);
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const tabId = v.pipe(v.number(), v.integer());
const requestIds = v.pipe(v.array(requestId), v.maxLength(5000));

const synset = v.pipe(v.string(), v.regex(/^n\d{8}$/));
/** A `pictureHash`. */
const picture = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}-\d{1,4}x\d{1,4}$/));
const dismissals = v.pipe(v.array(v.object({ picture, synset })), v.maxLength(10_000));

const failure = v.object({ code: v.picklist(ERROR_CODES), message: v.string() });
/** A match pattern for one origin, or one of the two that mean all sites. */
const originPattern = v.pipe(v.string(), v.regex(/^https?:\/\/[^/]+\/\*$/), v.maxLength(300));

export const workerSchemas = {
  classifyPixels: v.pipe(
    v.object({
      requestId,
      pixels: v.instance(Blob),
      width: side,
      height: side,
      rung: v.picklist(['decoded', 'page-fetch']),
      priority,
      source: v.nullable(address),
    }),
    v.check(
      ({ pixels, width, height }) => pixels.size === width * height * 4,
      'pixels must be width * height * 4 bytes',
    ),
  ),
  classifyAddress: v.object({ requestId, address, priority }),
  classifyScreen: v.object({
    requestId,
    rect: v.object({ x: finite, y: finite, width: positive, height: positive }),
    viewport: v.object({ width: positive, height: positive }),
    source: v.nullable(address),
  }),
  recordOutcome: v.object({
    requestId,
    milliseconds: finite,
    cardMilliseconds: finite,
    failedRungs: v.pipe(
      v.array(v.object({ rung: v.picklist(RUNGS), error: failure })),
      v.maxLength(RUNGS.length),
    ),
    failure: v.nullable(v.object({ error: failure, source: v.nullable(address) })),
  }),
  requestAccess: v.object({
    origins: v.pipe(v.array(originPattern), v.minLength(1), v.maxLength(8)),
  }),
  cancelRequests: v.object({ requestIds }),
  setPriorities: v.object({ requestIds, priority }),
  getLabellingState: v.object({}),
  loadAltTexts: v.object({}),
  reportProgress: v.object({
    progress: v.object({
      found: count,
      pending: count,
      labelled: count,
      skipped: count,
      failed: count,
    }),
  }),
  setDismissal: v.object({ picture, synset, isDismissed: v.boolean(), isPrivate: v.boolean() }),
  sayAgain: v.object({ pictures: v.pipe(v.array(picture), v.maxLength(10_000)) }),
  getEngineStatus: v.object({}),
  startEngine: v.object({}),
  benchmarkBackend: v.object({ backend: v.picklist(BACKENDS) }),
  cancelBenchmark: v.object({}),
  getSettings: v.object({}),
  setSettings: v.object({ settings: v.record(v.string(), v.unknown()) }),
  getRecentOutcomes: v.object({}),
  clearRecentOutcomes: v.object({}),
  labelPage: v.object({ tabId }),
  unlabelPage: v.object({ tabId }),
  getPageState: v.object({ tabId }),
  getPageReport: v.object({ tabId }),
  classifyFile: v.object({
    bytes: v.pipe(
      v.instance(ArrayBuffer),
      v.check(({ byteLength }) => byteLength <= MAX_IMAGE_BYTES, 'too many bytes'),
    ),
  }),
  fetchFile: v.object({ address }),
  getLineage: v.object({
    predictions: v.pipe(
      v.array(
        v.object({
          classIndex: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(999)),
          probability,
        }),
      ),
      v.maxLength(5),
    ),
  }),
  setSiteRule: v.object({
    origin: v.pipe(v.string(), v.regex(/^https?:\/\/[^/]+$/), v.maxLength(300)),
    rule: v.picklist(['default', 'always', 'never']),
  }),
  setLabelAllSites: v.object({ enabled: v.boolean() }),
  pauseLabelling: v.object({ until: v.nullable(v.union([finite, v.literal('restart')])) }),
  getCacheSize: v.object({}),
  clearCache: v.object({}),
  countDismissals: v.object({}),
  forgetDismissals: v.object({}),
  restoreDismissals: v.object({ dismissals }),
} satisfies {
  [T in MessageType<WorkerProtocol>]: v.GenericSchema<
    unknown,
    T extends 'setSettings' ? { settings: Record<string, unknown> } : Fields<WorkerProtocol, T>
  >;
};
