import type { KernelExports } from './kernels.generated';

/** The WebAssembly kernels that `src/inference/wasm/assembly` is compiled to. */
export type Kernels = KernelExports;

export type Depthwise = Kernels['depthwiseStride1'];

/** The file of the kernels in the package. */
export const KERNELS_FILE = 'wasm/kernels.wasm';

/**
 * Compiles the kernels; each call gives an instance with a memory of its own.
 * @throws WebAssembly.CompileError where the bytes are no module, or SIMD is missing here.
 */
export async function instantiateKernels(bytes: ArrayBuffer): Promise<Kernels> {
  const { instance } = await WebAssembly.instantiate(bytes);
  return instance.exports as unknown as Kernels; // built from the assembly that the types are read from
}
