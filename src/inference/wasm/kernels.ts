import type { KernelExports, RelaxedExports } from './kernels.generated';

export type RelaxedKernels = RelaxedExports;

/** The WebAssembly kernels that `src/inference/wasm/assembly` is compiled to. */
export interface Kernels extends KernelExports {
  /** Kernels of relaxed SIMD on the same memory; null where the browser does not compile them. */
  readonly relaxed: RelaxedKernels | null;
}

export type Depthwise = Kernels['depthwiseStride1'];

/** The file of the kernels in the package. */
export const KERNELS_FILE = 'wasm/kernels.wasm';
/** A file of its own: a module with one instruction that a browser does not know is not compiled at all. */
export const RELAXED_KERNELS_FILE = 'wasm/relaxed.wasm';

/**
 * Compiles the kernels; each call gives an instance with a memory of its own.
 * @param relaxed the bytes of the kernels of relaxed SIMD; null, or no module here: without them
 * @throws WebAssembly.CompileError where the bytes are no module, or SIMD is missing here.
 */
export async function instantiateKernels(
  bytes: ArrayBuffer,
  relaxed: ArrayBuffer | null,
): Promise<Kernels> {
  const compiledRelaxed = relaxed === null ? null : WebAssembly.compile(relaxed).catch(() => null);
  const { instance } = await WebAssembly.instantiate(bytes);
  const exports = instance.exports as unknown as KernelExports; // built from the assembly that the types are read from
  const relaxedModule = await compiledRelaxed;
  if (relaxedModule === null) return { ...exports, relaxed: null };
  const { exports: relaxedExports } = await WebAssembly.instantiate(relaxedModule, {
    env: { memory: exports.memory, abort: () => undefined },
  });
  return { ...exports, relaxed: relaxedExports as unknown as RelaxedExports };
}
