import type { ModelIndex } from '../model/compiler/model-index.ts';

interface ModelSize {
  /** In the package. */
  bytes: number;
  /** Numbers that were learned. */
  parameters: number;
}

/** How large the compiled models are. */
export function modelSizes({ accurate, fast }: ModelIndex): Record<keyof ModelIndex, ModelSize> {
  const sizeOf = ({ modelBytes, weightsBytes, parameters }: ModelIndex['fast']): ModelSize => ({
    ...{ bytes: modelBytes + weightsBytes, parameters },
  });
  return { accurate: sizeOf(accurate), fast: sizeOf(fast) };
}
