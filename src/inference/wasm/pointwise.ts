import type { InnerLoop } from './inner-loop';
import type { Kernels, RelaxedKernels } from './kernels';
import type { Placer } from './placer';

const INTEGER_BYTES = 4;
/** What turns uint8 into int8 less 128, and back. */
const SIGN = 128;
/** The pixels that a kernel computes at a time. */
export const TILE_PIXELS = 4;
/** The channels that a kernel computes at a time. */
export const PANEL_CHANNELS = 8;
/** What a chain's sums begin at. */
const CHAIN_HEAD_BYTES = 32;

/** A pointwise convolution's weights as the file has them, `[depth][channels]`, and its bias in units of a sum. */
export interface PointwiseWeights {
  depth: number;
  values: Uint8Array;
  zeroPoint: number;
  bias: Int32Array;
}

/** Rows of codes, and where their sums go. */
export interface CodeRows {
  codes: number;
  corrections: number;
  /** Pixels. */
  count: number;
}

/** Where pixels go in a map. */
export interface PixelPlace {
  address: number;
  /** Pixels a row. */
  width: number;
}

/** How this machine does pointwise convolutions. */
export interface Pointwise {
  /** Of one code. */
  codeBytes: 1 | 2;
  /** What codes of one byte are combined with by exclusive or. */
  flip: number;
  /** Bytes of so many pixels' corrections. */
  correctionBytes: (pixels: number) => number;
  /** Takes addresses for a layer's weights, and gives the function that runs it. */
  place: (
    placer: Placer,
    weights: PointwiseWeights,
  ) => (rows: CodeRows, place: PixelPlace, ratio: number) => void;
}

/** @throws Error where there are none */
function relaxedOf({ relaxed }: Kernels): RelaxedKernels {
  if (relaxed === null) throw new Error('Products of bytes are not compiled.');
  return relaxed;
}

/** Integers in the kernels' memory times a factor, and others, in their place. */
function addIntegers({ memory }: Kernels, address: number, others: Int32Array, factor = 1): void {
  const integers = new Int32Array(memory.buffer, address, others.length);
  integers.set(integers.map((integer, index) => (others[index] ?? NaN) + factor * integer));
}

/** Products of two 16-bit integers. */
function words(kernels: Kernels): Pointwise {
  return {
    codeBytes: 2,
    flip: 0,
    correctionBytes: () => 0,
    place(placer, { depth, values, zeroPoint, bias }) {
      const channels = bias.length;
      const weights = placer.take(values.length * 2);
      const start = placer.placeIntegers(bias);
      placer.pack(values, (staged) => {
        kernels.packPairs(staged, depth, channels, zeroPoint, weights);
      });
      return ({ codes, count }, { address, width }, ratio) => {
        kernels.pointwisePairs(
          ...([codes, count, depth, weights, start, ratio, channels, address, width] as const),
        );
      };
    },
  };
}

/**
 * Products of four bytes. With weights w less 128 and codes x the sum that is wanted is
 * S x (w - zero) = S x (w - 128) + (128 - zero) S x, where codes less 128 take another
 * 128 S (w - 128) from the channel.
 */
function bytes(kernels: Kernels, flip: 0 | typeof SIGN): Pointwise {
  const relaxed = relaxedOf(kernels);
  return {
    codeBytes: 1,
    flip,
    correctionBytes: (pixels) => (pixels + TILE_PIXELS) * INTEGER_BYTES,
    place(placer, { depth, values, zeroPoint, bias }) {
      const channels = bias.length;
      const weights = placer.take(values.length);
      const start = placer.take(channels * INTEGER_BYTES);
      placer.pack(values, (staged) => {
        kernels.packFours(staged, depth, channels, weights, start);
        addIntegers(kernels, start, bias, flip);
      });
      const factor = SIGN - zeroPoint;
      return ({ codes, corrections, count }, { address, width }, ratio) => {
        kernels.sumPixels(codes, count, depth, flip, factor, corrections);
        relaxed.pointwiseFours(
          ...([codes, count, depth, weights, start, corrections] as const),
          ...([ratio, channels, address, width] as const),
        );
      };
    },
  };
}

/** Products of four bytes in a chain, of which a depth is a multiple: as many as the weights of few lanes are too large for. */
const CHAINS: readonly number[] = [8, 4, 2];
/** Of four inputs and eight channels: what is left of a weight, at most 255, is cut into parts of at most 64. */
const MOST_REST_BYTES = 4 * 36;

/** Products of two bytes, which are added up in 16 bits as far as the weights allow. */
function chains(kernels: Kernels): Pointwise {
  const relaxed = relaxedOf(kernels);
  return {
    codeBytes: 1,
    flip: 0,
    correctionBytes: () => 0,
    place(placer, { depth, values, zeroPoint, bias }) {
      const channels = bias.length;
      const panels = channels / PANEL_CHANNELS;
      const fours = depth / 4;
      const chain = CHAINS.find((length) => fours % length === 0);
      if (chain === undefined) throw new Error(`The kernels take inputs by eights, not ${depth}.`);
      const weights = placer.take(values.length + panels * (fours / chain) * CHAIN_HEAD_BYTES);
      const start = placer.take(channels * INTEGER_BYTES);
      const mostBytes = panels * (INTEGER_BYTES + fours * MOST_REST_BYTES);
      const rests = placer.packMore(values, mostBytes, (staged, free) => {
        const end = kernels.packChains(
          ...([staged, depth, channels, zeroPoint, chain, weights, start, free] as const),
        );
        addIntegers(kernels, start, bias);
        return end;
      });
      return ({ codes, count }, { address, width }, ratio) => {
        relaxed.pointwiseChains(
          ...([codes, count, depth, weights, chain, start, rests.address] as const),
          ...([ratio, channels, address, width] as const),
        );
      };
    },
  };
}

/** @throws Error where the loop asks for kernels that are not there */
export function pointwiseBy(kernels: Kernels, loop: InnerLoop): Pointwise {
  if (loop === 'words') return words(kernels);
  if (loop === 'byte-pairs') return chains(kernels);
  return bytes(kernels, loop === 'signed-bytes' ? SIGN : 0);
}
