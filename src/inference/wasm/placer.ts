import type { Kernels } from './kernels';

const PAGE_BYTES = 65_536;
const VALUE_BYTES = 4;
const LINE_BYTES = 64;

function onLine(address: number): number {
  return Math.ceil(address / LINE_BYTES) * LINE_BYTES;
}

/** Something in the kernels' memory, where it is once all is in place. */
export interface Placed {
  address: number;
}

/**
 * Takes addresses in the kernels' memory, each on a cache line, and puts weights there once the memory is there.
 * What is taken after that lies behind the weights and all that was made of them.
 */
export class Placer {
  readonly #kernels: Kernels;
  readonly #fills: (() => void)[] = [];
  /** What was made of weights, in the order of their addresses. */
  readonly #made: Placed[] = [];
  #end = LINE_BYTES;
  #staging = NaN;
  /** Where what is made next goes, while weights are put in place. */
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

  /** Grows the memory to what was taken. */
  grow(): void {
    this.#reach(this.#end);
  }

  #reach(end: number): void {
    const { memory } = this.#kernels;
    const missingBytes = end - memory.buffer.byteLength;
    memory.grow(Math.max(0, Math.ceil(missingBytes / PAGE_BYTES)));
  }

  /** Puts all in place, by way of so many bytes of the memory behind it, which are free again afterwards. */
  put(stagedBytes: number): void {
    this.#staging = this.#end;
    const first = onLine(this.#staging + stagedBytes);
    this.#free = first;
    this.#reach(first);
    for (const fill of this.#fills) fill();
    // What was made of weights moves to where they were staged: whatever is taken next lies behind it.
    const moved = first - this.#staging;
    new Uint8Array(this.#kernels.memory.buffer).copyWithin(this.#staging, first, this.#free);
    for (const made of this.#made) made.address -= moved;
    this.#end = this.#free - moved;
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
   * As `pack`, where also something is made whose size shows only then. Memory that is not written takes no room,
   * so that the most it may be need not be near.
   * @param pack gives where that ends, which has begun at `free`.
   * @returns where it is, once all is in place.
   */
  packMore(
    values: Uint8Array,
    mostBytes: number,
    pack: (staged: number, free: number) => number,
  ): Placed {
    const made: Placed = { address: NaN };
    this.#made.push(made);
    this.pack(values, (staged) => {
      made.address = this.#free;
      this.#reach(made.address + mostBytes);
      this.#free = onLine(pack(staged, made.address));
    });
    return made;
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
