import type { Kernels } from './kernels';

const PAGE_BYTES = 65_536;
const VALUE_BYTES = 4;

/** Takes addresses in the kernels' memory, each on a cache line, and puts weights there once the memory is there. */
export class Placer {
  readonly #kernels: Kernels;
  readonly #fills: (() => void)[] = [];
  #end = 64;
  #staging = NaN;

  constructor(kernels: Kernels) {
    this.#kernels = kernels;
  }

  take(bytes: number): number {
    const address = this.#end;
    this.#end = Math.ceil((address + bytes) / 64) * 64;
    return address;
  }

  /** Has `fill` called once the memory is there. */
  later(fill: () => void): void {
    this.#fills.push(fill);
  }

  /** Grows the memory to what was taken, and puts all in place by way of free memory from `staging` on. */
  put(staging: number, stagedBytes: number): void {
    const { memory } = this.#kernels;
    this.#staging = staging;
    const missingBytes = Math.max(this.#end, staging + stagedBytes) - memory.buffer.byteLength;
    memory.grow(Math.max(0, Math.ceil(missingBytes / PAGE_BYTES)));
    for (const fill of this.#fills) fill();
  }

  /**
   * Has `pack` called with where a kernel can read the values, once the memory is there. What `pack` closes
   * over may live as long as what runs later: the values must not be among that, which are all of the file.
   */
  pack(values: Uint8Array, pack: (staged: number) => void): void {
    this.later(() => {
      new Uint8Array(this.#kernels.memory.buffer, this.#staging, values.length).set(values);
      pack(this.#staging);
    });
  }

  placeFloats(values: Float32Array, count = values.length): number {
    const address = this.take(count * VALUE_BYTES);
    this.later(() => {
      new Float32Array(this.#kernels.memory.buffer, address, values.length).set(values);
    });
    return address;
  }

  placeIntegers(values: Int32Array): number {
    const address = this.take(values.length * VALUE_BYTES);
    this.later(() => {
      new Int32Array(this.#kernels.memory.buffer, address, values.length).set(values);
    });
    return address;
  }
}
