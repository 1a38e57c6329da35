/** What the engine takes and gives. */
import type { BackendMemory, EngineStatus } from '../../core/engine-status';
import type { PixelEvidence } from '../../core/look/evidence';
import type { Raster } from '../../core/look/raster';
import type { Crop } from '../../core/look/views';
import type { Classifier, FeatureMap } from '../../core/where/feature-map';
import type { Backend, ModelVariant, ViewCount } from '../../core/saying/prediction';
import type { FetchFile } from '../model/model-files';
import type { ModelManifest } from '../model/model-manifest';
import type { BackendDriver } from './backend-driver';

export interface EngineConfig {
  backend: 'auto' | Backend;
  variant: ModelVariant;
}

/** What the model says of the first view of a picture. */
export interface FirstLook {
  logits: Float32Array;
  embedding: Float32Array;
  variant: ModelVariant;
  /** Of the whole picture. */
  pixels: PixelEvidence;
}

/** A picture of those that are classified together. */
export interface AskedPicture extends Pick<ClassifyOptions, 'views' | 'isEnough'> {
  raster: Raster;
}

export interface ClassifyOptions {
  /** How many views are looked at, at most. */
  views: ViewCount;
  /** Is the first look enough? Where it is, the answer is of that view alone. Default: never. */
  isEnough?: (look: FirstLook) => boolean;
  /** Takes the call out before its turn; what has started is finished. */
  signal?: AbortSignal | undefined;
}

export interface ClassifierOutput {
  /** 1001 logits a view; index 0 is `background`, class index = index - 1. */
  logits: Float32Array[];
  /** `embeddingSize` values a view. */
  embeddings: Float32Array[];
  /** What the pixels of the whole picture say for or against a photo. */
  pixels: PixelEvidence;
  backend: Backend;
  variant: ModelVariant;
  /** How many were looked at. */
  views: ViewCount;
  /** From the call to the answer: waiting, loading and rebuilding included. */
  inferenceMilliseconds: number;
  /** Of these, counting pixels, cutting the views and running the model; of a batch's time the picture's equal share. */
  runMilliseconds: number;
}

/** What the model sees at each place of a part of a picture. */
export interface SeenMap {
  map: FeatureMap;
  classifier: Classifier;
}

/** Runs the model, on the best backend that works; see `createEngine`. */
export interface Engine {
  /**
   * Takes over what an engine before it found out: what was refused for good is not opened again, and
   * a backend that computes on the processor is not proved again. GPUs are, since drivers come and go.
   */
  recall: (memory: BackendMemory) => void;
  /** Where this differs from what is loaded, the engine goes back to `idle` and loads anew when next asked. */
  configure: (config: EngineConfig) => void;
  /**
   * Loads the engine, or waits for the load under way, until pictures can be classified. Where no backend is
   * pinned that is wasm, which stands in for a GPU until `start` has looked for one. After a failure it
   * tries again.
   * @throws CodedError `no-backend`, `model-missing`, `model-altered`, `cancelled` (disposed).
   */
  ready: () => Promise<void>;
  /** As `ready`, and finds the best backend; what runs meanwhile runs on the one that is loaded. */
  start: () => Promise<EngineStatus>;
  /**
   * Classifies pictures in one run, or in as few as the device takes them; loads the engine if need be.
   * Calls wait in order.
   * @param pictures of equal views; as many as the status's `batchSize` are quickest
   * @returns of each, in their order: logits and embedding of each view that was looked at; the caller
   * averages. Views that look at the same are computed once. Each rejects with a CodedError as `start`;
   * with a RangeError, and alone, where a raster's data do not fit its size.
   */
  classifyTogether: (
    pictures: readonly AskedPicture[],
    signal?: AbortSignal,
  ) => Promise<ClassifierOutput>[];
  /**
   * As `classifyTogether`, of one picture.
   * @throws CodedError as `start`, and `cancelled` by the signal; RangeError for a raster whose data do not fit its size.
   */
  classify: (raster: Raster, options: ClassifyOptions) => Promise<ClassifierOutput>;
  /**
   * One look at a part of a picture, place by place. The classifier's weights are read from the package
   * for it: no backend keeps them in a form that can be asked for.
   * @throws CodedError as `start`
   */
  see: (raster: Raster, crop: Crop) => Promise<SeenMap>;
  status: () => EngineStatus;
  /** Frees everything and cancels what waits; the engine cannot be started again. */
  dispose: () => Promise<void>;
}

export interface EngineParts {
  models: ModelManifest;
  fetchFile: FetchFile;
  drivers: readonly BackendDriver[];
  /** Live tensors, for the status. */
  countTensors: () => number;
}
