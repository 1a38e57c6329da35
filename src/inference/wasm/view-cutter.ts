import {
  COLOURS,
  countPixels,
  EDGE_ABOVE,
  FLAT_BELOW,
  type PixelCounts,
  TOP_COLOURS,
} from '../../core/look/pixel-counts';
import type { Raster } from '../../core/look/raster';
import { type Crop, cropTaps, type Taps } from '../../core/look/views';
import type { Kernels } from './kernels';

const PAGE_BYTES = 65_536;
const VALUE_BYTES = 4;
const PIXEL_BYTES = 4;
/** Kernels take four pixels at a time, and one beside them. */
const SLACK_PIXELS = 4;
/** Rows are weighed sixteen values at a time. */
const SLACK_VALUES = 16;

/** Where a view is put: rows of `[x][3]` int16, each the nearest byte less 128. */
export interface ViewPlace {
  address: number;
  rowBytes: number;
}

/** Pictures in the memory of kernels, one at a time. */
export interface KernelPictures {
  /** As `cutCrops` does it, but for the rounding. */
  cut: (raster: Raster, crop: Crop, side: number, place: ViewPlace) => void;
  /** As `countPixels` does it. */
  count: (raster: Raster) => PixelCounts;
}

/**
 * @param start of memory that is free between two calls, a multiple of 4; the memory grows where a
 * picture is larger than what is there.
 */
export function openKernelPictures(kernels: Kernels, start: number): KernelPictures {
  const { memory } = kernels;

  /**
   * Puts the picture at the beginning of the free memory.
   * @returns where memory is free behind it, at least so many bytes.
   */
  function put({ width, height, data }: Raster, moreBytes: number): number {
    const end = start + (width * height + SLACK_PIXELS) * PIXEL_BYTES;
    const missing = end + moreBytes - memory.buffer.byteLength;
    if (missing > 0) memory.grow(Math.ceil(missing / PAGE_BYTES));
    new Uint8Array(memory.buffer, start, data.length).set(data);
    return end;
  }

  function bytesOf({ first, count, weights }: Taps): number {
    return (first.length + count.length + weights.length) * VALUE_BYTES;
  }

  function putTaps({ first, count, weights }: Taps, address: number): void {
    const countAddress = address + first.length * VALUE_BYTES;
    new Int32Array(memory.buffer, address, first.length).set(first);
    new Int32Array(memory.buffer, countAddress, count.length).set(count);
    const weightAddress = countAddress + count.length * VALUE_BYTES;
    new Float32Array(memory.buffer, weightAddress, weights.length).set(weights);
  }

  function cut(raster: Raster, crop: Crop, side: number, place: ViewPlace): void {
    const { width, height } = raster;
    const { rows, columns } = cropTaps(raster, crop, side);
    // One row beside the ring, whose size is a power of two.
    const ring = 2 ** Math.ceil(Math.log2(rows.stride));
    const rowBytes = (width * 3 + SLACK_VALUES) * VALUE_BYTES;
    const scratchBytes = rowBytes * (ring + 1);
    const rowTaps = put(raster, bytesOf(rows) + bytesOf(columns) + scratchBytes);
    const columnTaps = rowTaps + bytesOf(rows);
    putTaps(rows, rowTaps);
    putTaps(columns, columnTaps);
    kernels.cutView(
      start,
      width,
      kernels.isOpaque(start, width * height),
      rowTaps,
      rows.stride,
      columnTaps,
      columns.stride,
      side,
      columnTaps + bytesOf(columns),
      rowBytes,
      ring - 1,
      place.address,
      place.rowBytes,
    );
  }

  function count(raster: Raster): PixelCounts {
    const { width, height } = raster;
    const pixels = width * height;
    const bestColours = TOP_COLOURS + 1;
    const table = put(raster, (COLOURS + bestColours + 4) * VALUE_BYTES);
    // Few pictures are seen through, and are not worth a kernel of their own.
    if (kernels.isOpaque(start, pixels) === 0) return countPixels(raster);
    const best = table + COLOURS * VALUE_BYTES;
    const counts = best + bestColours * VALUE_BYTES;
    kernels.countNeighbours(start, width, height, FLAT_BELOW, EDGE_ABOVE, counts);
    kernels.countColours(start, pixels, TOP_COLOURS, table, best, counts + 2 * VALUE_BYTES);
    const [uneven = 0, edges = 0, commonestColour = 0, nextColours = 0] = new Int32Array(
      memory.buffer,
      counts,
      4,
    );
    return { width, height, uneven, edges, commonestColour, nextColours };
  }

  return { cut, count };
}
