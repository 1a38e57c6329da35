/**
 * The WebAssembly kernels that `src/inference/wasm/assembly` is compiled to. Addresses and lengths are in
 * bytes; what each parameter means is told there.
 */
export interface Kernels {
  readonly memory: WebAssembly.Memory;
  readonly cutView: (
    picture: number,
    width: number,
    isOpaque: number,
    rows: number,
    rowStride: number,
    columns: number,
    columnStride: number,
    side: number,
    scratch: number,
    target: number,
    targetRowBytes: number,
  ) => void;
  /** 1 or 0. */
  readonly isOpaque: (picture: number, pixels: number) => number;
  readonly countNeighbours: (
    picture: number,
    width: number,
    height: number,
    flatBelow: number,
    edgeAbove: number,
    counts: number,
  ) => void;
  readonly countColours: (
    picture: number,
    pixels: number,
    top: number,
    table: number,
    best: number,
    counts: number,
  ) => void;
  readonly stem: (
    image: number,
    imageRowBytes: number,
    side: number,
    channels: number,
    weights: number,
    bias: number,
    target: number,
    planeBytes: number,
    rowBytes: number,
  ) => void;
  readonly depthwiseStride1: Depthwise;
  readonly depthwiseStride2: Depthwise;
  readonly pointwise: (
    codes: number,
    count: number,
    depth: number,
    weights: number,
    start: number,
    bias: number,
    scale: number,
    channels: number,
    target: number,
    planeBytes: number,
    width: number,
    spare: number,
  ) => void;
  readonly clearBorder: (map: number, planes: number, side: number) => void;
  readonly mean: (
    map: number,
    planeBytes: number,
    planes: number,
    side: number,
    embedding: number,
  ) => void;
  readonly dense: (
    embedding: number,
    depth: number,
    weights: number,
    zeroPoint: number,
    scale: number,
    bias: number,
    outputs: number,
    logits: number,
  ) => void;
  readonly packPointwise: (
    source: number,
    depth: number,
    channels: number,
    zeroPoint: number,
    target: number,
    start: number,
  ) => number;
  readonly packFloats: (
    source: number,
    taps: number,
    channels: number,
    group: number,
    zeroPoint: number,
    scale: number,
    target: number,
  ) => void;
  readonly packDense: (source: number, depth: number, outputs: number, target: number) => void;
}

export type Depthwise = (
  map: number,
  planeBytes: number,
  rowBytes: number,
  planes: number,
  firstRow: number,
  endRow: number,
  width: number,
  weights: number,
  bias: number,
  codesPerUnit: number,
  codes: number,
) => void;

/** The file of the kernels in the package. */
export const KERNELS_FILE = 'wasm/kernels.wasm';

/**
 * Compiles the kernels; each call gives an instance with a memory of its own.
 * @throws WebAssembly.CompileError where the bytes are no module, or SIMD is missing here.
 */
export async function instantiateKernels(bytes: ArrayBuffer): Promise<Kernels> {
  const { instance } = await WebAssembly.instantiate(bytes);
  return instance.exports as unknown as Kernels;
}
