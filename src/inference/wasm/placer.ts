import type { Kernels } from './kernels';

const PAGE_BYTES = 65_536;
const VALUE_BYTES = 4;
const LINE_BYTES = 64;

function onLine(address: number): number {
  return Math.ceil(address / LINE_BYTES) * LINE_BYTES;
}

/** Takes addresses in the kernels' memory, each on a cache line, and puts weights there once the memory is there. */
export class Placer {
  readonly #kernels: Kernels;
  readonly #fills: (() => void)[] = [];
  #end = LINE_BYTES;
  #staging = NaN;
  /** Where free memory begins, once all that was taken is there. */
  #free = NaN;

  constructor(kernels: Kernels) {
    this.#kernels = kernels;
  }

  take(bytes: number): number {
    const address = this.#end;
    this.#end = onLine(address + bytes);
    return address;
  }

  /** Has `fill` called once the memory is there. */
  later(fill: () => void): void {
    this.#fills.push(fill);
  }

  /** Grows the memory to what was taken, and puts all in place by way of free memory from `staging` on. */
  put(staging: number, stagedBytes: number): void {
    this.#staging = staging;
    this.#free = onLine(Math.max(this.#end, staging + stagedBytes));
    this.#reach(this.#free);
    for (const fill of this.#fills) fill();
  }

  #reach(end: number): void {
    const { memory } = this.#kernels;
    const missingBytes = end - memory.buffer.byteLength;
    memory.grow(Math.max(0, Math.ceil(missingBytes / PAGE_BYTES)));
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

  /**
   * As `pack`, where also something is made whose size shows only then: it is kept behind all else. Memory that
   * is not written takes no room, so that the most it may be need not be near.
   * @param pack gives where that ends, which has begun at `free`.
   */
  packMore(
    values: Uint8Array,
    mostBytes: number,
    pack: (staged: number, free: number) => number,
  ): void {
    this.pack(values, (staged) => {
      const free = this.#free;
      this.#reach(free + mostBytes);
      this.#free = onLine(pack(staged, free));
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
