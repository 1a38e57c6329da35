import { ByteBuffer } from 'flatbuffers';

import { CompileError } from './compile-error';

const VTABLE_HEADER_BYTES = 4;
const VTABLE_ENTRY_BYTES = 2;

/**
 * A flatbuffer whose reads are checked: `ByteBuffer` itself reads zeros beyond the end of a file,
 * which would turn a cut-off model into a wrong one.
 */
class CheckedBuffer {
  readonly #buffer: ByteBuffer;
  readonly fileName: string;

  constructor(bytes: Uint8Array, fileName: string) {
    this.#buffer = new ByteBuffer(bytes);
    this.fileName = fileName;
  }

  /** The buffer, once `byteCount` bytes from `position` are known to be inside the file. */
  at(position: number, byteCount: number, what: string): ByteBuffer {
    if (position < 0 || byteCount < 0 || position + byteCount > this.#buffer.capacity()) {
      throw new CompileError(
        'model-truncated',
        `${this.fileName}: ${what} lies outside the file (bytes ${position} to ${position + byteCount} of ${this.#buffer.capacity()})`,
      );
    }
    return this.#buffer;
  }
}

/**
 * One flatbuffer table. Fields are named by their id, the position in the schema's table; a field
 * that is absent reads as the default given, or as empty. Every read outside the file throws
 * `model-truncated`, naming the table.
 */
export class FlatTable {
  readonly #buffer: CheckedBuffer;
  readonly #position: number;
  readonly #what: string;

  private constructor(buffer: CheckedBuffer, position: number, what: string) {
    this.#buffer = buffer;
    this.#position = position;
    this.#what = what;
  }

  /**
   * The root table of a flatbuffer file with the 4-character `identifier`.
   * Throws `model-not-tflite` where the identifier is another.
   */
  static root(bytes: Uint8Array, identifier: string, fileName: string): FlatTable {
    const buffer = new CheckedBuffer(bytes, fileName);
    const header = buffer.at(0, 8, 'the header');
    if (!header.__has_identifier(identifier)) {
      throw new CompileError(
        'model-not-tflite',
        `${fileName}: the file identifier is not ${identifier}`,
      );
    }
    return new FlatTable(buffer, header.__indirect(0), 'the root table');
  }

  int8(id: number, fallback: number): number {
    const position = this.#field(id);
    return position === null ? fallback : this.#at(position, 1).readInt8(position);
  }

  int32(id: number, fallback: number): number {
    const position = this.#field(id);
    return position === null ? fallback : this.#at(position, 4).readInt32(position);
  }

  uint32(id: number, fallback: number): number {
    const position = this.#field(id);
    return position === null ? fallback : this.#at(position, 4).readUint32(position);
  }

  float32(id: number, fallback: number): number {
    const position = this.#field(id);
    return position === null ? fallback : this.#at(position, 4).readFloat32(position);
  }

  string(id: number): string {
    return new TextDecoder().decode(this.bytes(id));
  }

  /** The bytes of a byte vector or a string, a view into the file. */
  bytes(id: number): Uint8Array {
    const { start, length } = this.#vector(id, 1);
    return this.#at(start, length)
      .bytes()
      .subarray(start, start + length);
  }

  int32s(id: number): number[] {
    return this.#elements(id, 4, (buffer, position) => buffer.readInt32(position));
  }

  float32s(id: number): number[] {
    return this.#elements(id, 4, (buffer, position) => buffer.readFloat32(position));
  }

  /** 64-bit integers, as numbers: zero points, which are small. */
  int64s(id: number): number[] {
    return this.#elements(id, 8, (buffer, position) => Number(buffer.readInt64(position)));
  }

  table(id: number, what: string): FlatTable | null {
    const position = this.#field(id);
    if (position === null) return null;
    return new FlatTable(this.#buffer, this.#at(position, 4).__indirect(position), what);
  }

  /** A vector of tables, each named `what` and its index in errors. */
  tables(id: number, what: string): FlatTable[] {
    const positions = this.#elements(id, 4, (buffer, position) => buffer.__indirect(position));
    return positions.map(
      (position, index) => new FlatTable(this.#buffer, position, `${what} ${index}`),
    );
  }

  #at(position: number, byteCount: number): ByteBuffer {
    return this.#buffer.at(position, byteCount, this.#what);
  }

  /** Where a field's value is, or null where the table leaves it out. */
  #field(id: number): number | null {
    const position = this.#position;
    const vtable = position - this.#at(position, 4).readInt32(position);
    const vtableBytes = this.#at(vtable, VTABLE_HEADER_BYTES).readInt16(vtable);
    const entry = VTABLE_HEADER_BYTES + VTABLE_ENTRY_BYTES * id;
    if (entry >= vtableBytes) return null;
    const offset = this.#at(vtable + entry, VTABLE_ENTRY_BYTES).readInt16(vtable + entry);
    return offset === 0 ? null : position + offset;
  }

  #vector(id: number, elementBytes: number): { start: number; length: number } {
    const position = this.#field(id);
    if (position === null) return { start: 0, length: 0 };
    const target = this.#at(position, 4).__indirect(position);
    const length = this.#at(target, 4).readInt32(target);
    this.#at(target + 4, length * elementBytes);
    return { start: target + 4, length };
  }

  #elements(
    id: number,
    elementBytes: number,
    read: (buffer: ByteBuffer, position: number) => number,
  ): number[] {
    const { start, length } = this.#vector(id, elementBytes);
    const buffer = this.#at(start, length * elementBytes);
    return Array.from({ length }, (_, index) => read(buffer, start + index * elementBytes));
  }
}
