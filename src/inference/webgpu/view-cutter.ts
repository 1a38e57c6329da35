import type { Tensor4D } from '@tensorflow/tfjs-core';

import type { Raster } from '../../core/look/raster';
import type { Cut } from '../engine/backend-driver';
import type { ArenaBackend } from './arena-backend';
import { CUT_WORDS, resampleProgram, shapeless } from './programs';

const BYTES_PER_WORD = 4;
const SIXTEENTHS = 16;

/** Cuts views on the GPU, from the pictures' bytes as they are. */
export interface ViewCutter {
  /**
   * To be called inside a tidy. The same as `cutCrops` gives, of any pictures, in one dispatch:
   * `[cuts, inputSize, inputSize, 3]` in [-1, 1].
   */
  cut: (cuts: readonly Cut[]) => Tensor4D;
  /** Frees the memory for pictures. */
  close: () => void;
}

export function createViewCutter(backend: ArenaBackend, inputSize: number): ViewCutter {
  let pixels: GPUBuffer | undefined;
  let table: GPUBuffer | undefined;

  /** Writes each picture once, and says at which word it begins. */
  function upload(cuts: readonly Cut[]): { pixels: GPUBuffer; starts: Map<Raster, number> } {
    const starts = new Map<Raster, number>();
    let words = 0;
    for (const { raster } of cuts) {
      if (starts.has(raster)) continue;
      starts.set(raster, words);
      words += raster.width * raster.height;
    }
    pixels = backend.input(pixels, words * BYTES_PER_WORD);
    for (const [{ data }, start] of starts) {
      backend.queue.writeBuffer(pixels, start * BYTES_PER_WORD, data as BufferSource);
    }
    return { pixels, starts };
  }

  function describe(cuts: readonly Cut[], starts: ReadonlyMap<Raster, number>): GPUBuffer {
    const words = new Int32Array(cuts.length * CUT_WORDS);
    cuts.forEach(({ raster, crop: { left, top, width, height } }, index) => {
      const edges = [left, top, width, height].map((edge) => Math.round(edge * SIXTEENTHS));
      words.set(
        [starts.get(raster) ?? 0, raster.width, raster.height, ...edges],
        index * CUT_WORDS,
      );
    });
    table = backend.input(table, words.byteLength);
    backend.queue.writeBuffer(table, 0, words);
    return table;
  }

  function cut(cuts: readonly Cut[]): Tensor4D {
    const { pixels: pictures, starts } = upload(cuts);
    const cutTable = describe(cuts, starts);
    const inputs = [pictures, cutTable].map((buffer) =>
      backend.tracked(backend.view(buffer, [buffer.size / BYTES_PER_WORD], 'int32')),
    );
    const views = backend.activation([cuts.length, inputSize, inputSize, 3]);
    const { program, uniforms } = resampleProgram(inputSize, cuts.length);
    backend.runWebGPUProgram(program, inputs.map(shapeless), 'float32', uniforms, shapeless(views));
    return backend.tracked(views) as Tensor4D;
  }

  return {
    cut,
    close: () => {
      pixels?.destroy();
      table?.destroy();
    },
  };
}
