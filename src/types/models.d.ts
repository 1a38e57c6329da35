import type { ModelManifest } from '../inference/engine/engine';

declare global {
  /** Filled in by the build from build/models/index.json. */
  const __MODELS__: ModelManifest;
}
