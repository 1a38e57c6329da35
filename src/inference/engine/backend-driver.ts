import type { BackendReason } from '../../core/engine-status';
import type { Backend } from '../../core/saying/prediction';
import type { PixelCounts } from '../../core/look/pixel-counts';
import type { Raster } from '../../core/look/raster';
import type { Crop } from '../../core/look/views';
import type { FeatureMap } from '../../core/where/feature-map';
import type { ModelFiles } from '../model/model-files';

/** A part of a picture that the model looks at, squashed to its square input. */
export interface Cut {
  raster: Raster;
  crop: Crop;
}

/** What the model says of each cut. */
export interface CutOutputs {
  /** 1001 logits a cut; index 0 is `background`, class index = index - 1. */
  logits: Float32Array[];
  /** `embeddingSize` values a cut. */
  embeddings: Float32Array[];
}

/** A model loaded on a device. */
export interface Session {
  /** Cuts that may be worth running together; 1 where one after the other is as quick. */
  readonly batchCuts: number;
  /**
   * Any number of cuts, at least one. One run at a time.
   * Rejects where the device cannot finish, a lost device included.
   */
  run: (cuts: readonly Cut[]) => Promise<CutOutputs>;
  /** The model's last map of a cut, of which an embedding is the mean. Never while `run` runs; rejects as that. */
  see: (cut: Cut) => Promise<FeatureMap>;
  /** As core's `countPixels`, where the device is quicker at it. */
  countPixels?: (raster: Raster) => PixelCounts;
}

/** A device that is open: a GPU device, a GL context, a wasm instance. One at a time. */
export interface Device {
  /** What the graphics driver calls itself, where it tells. */
  readonly description: string | null;
  /** A GPU that is computed on the CPU (SwiftShader, llvmpipe, Basic Render): right, but slow. */
  readonly isSoftware: boolean;
  /** Resolves with the reason when the device is lost other than by `close`; otherwise never. */
  readonly lost: Promise<string>;
  /** Puts the model on the device, once. */
  load: (model: ModelFiles) => Promise<Session>;
  /** Frees the device and the model on it. Never throws; a second call does nothing. */
  close: () => void;
}

/** One way of running the model. */
export interface BackendDriver {
  readonly backend: Backend;
  /** @throws BackendRefusal where the backend cannot work here. */
  open: () => Promise<Device>;
}

/** Why a backend is not used; goes into the engine's status. */
export class BackendRefusal extends Error {
  override readonly name = 'BackendRefusal';
  readonly reason: BackendReason;

  constructor(reason: BackendReason, message: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
  }
}

/**
 * Names under which drivers offer a GPU that is computed on the CPU: Chrome's SwiftShader, Mesa's
 * llvmpipe, softpipe and lavapipe, Microsoft's Basic Render Driver and WARP, Apple's Software Renderer.
 */
const SOFTWARE_GPU = /swiftshader|llvmpipe|softpipe|lavapipe|software|basic render|\bwarp\b/i;

/** Does a graphics driver that calls itself so compute on the CPU? */
export function isSoftwareGpu(description: string): boolean {
  return SOFTWARE_GPU.test(description);
}
