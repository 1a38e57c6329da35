/**
 * Reads zip files as far as models need: stored and deflated entries, neither encrypted nor of more than
 * 4 GB. Format: PKWARE's APPNOTE 6.3.10, sections 4.3.7, 4.3.12 and 4.3.16.
 */
import { modelFault } from './fault';

const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const LOCAL_HEADER = 0x04034b50;
const END_LENGTH = 22;
const ENTRY_LENGTH = 46;
const LOCAL_LENGTH = 30;
const MAX_COMMENT_LENGTH = 65_535;
const ENCRYPTED = 1;
const STORED = 0;
const DEFLATED = 8;
/** More files than a model has shards of 4 MB, with what stands beside them. */
const MAX_ENTRIES = 200;

/** What a zip file holds under a name. */
export interface ZipEntry {
  name: string;
  isDeflated: boolean;
  /** As stored in the zip file. */
  stored: Uint8Array<ArrayBuffer>;
  /** Bytes when unpacked, as the directory claims. */
  size: number;
  crc: number;
}

/** @returns the bytes, never more than `most` @throws where they are no deflate stream, or would be more */
export type Inflate = (
  stored: Uint8Array<ArrayBuffer>,
  most: number,
) => Promise<Uint8Array<ArrayBuffer>>;

export function isZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] === 3 || bytes[2] === 5);
}

function viewOf({ buffer, byteOffset, byteLength }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, byteLength);
}

function endOfDirectory(view: DataView): number | null {
  const first = Math.max(0, view.byteLength - END_LENGTH - MAX_COMMENT_LENGTH);
  for (let at = view.byteLength - END_LENGTH; at >= first; at -= 1) {
    if (view.getUint32(at, true) === END_OF_DIRECTORY) return at;
  }
  return null;
}

/** Folders, and what macOS and other programs put beside the files. */
function isBeside(name: string): boolean {
  return name.endsWith('/') || name.startsWith('__MACOSX/') || /(?:^|\/)\./.test(name);
}

/**
 * The files in a zip file, still packed.
 * @param archive name of the zip file
 * @param most bytes that all of them may claim to have when unpacked
 * @throws CodedError `own-model-zip`, `own-model-too-large`
 */
export function zipEntries(
  archive: string,
  bytes: Uint8Array<ArrayBuffer>,
  most: number,
): ZipEntry[] {
  const damaged = (what: string) => modelFault('own-model-zip', archive, what);
  const view = viewOf(bytes);
  const end = endOfDirectory(view);
  if (end === null) throw damaged('no directory at its end');
  const count = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  if (count > MAX_ENTRIES) throw damaged(`${count} files`);
  const entries: ZipEntry[] = [];
  let claimed = 0;
  for (let place = 0; place < count; place += 1) {
    if (at + ENTRY_LENGTH > end || view.getUint32(at, true) !== DIRECTORY_ENTRY) {
      throw damaged('the directory is cut off');
    }
    const flags = view.getUint16(at + 8, true);
    const method = view.getUint16(at + 10, true);
    const crc = view.getUint32(at + 16, true);
    const storedSize = view.getUint32(at + 20, true);
    const size = view.getUint32(at + 24, true);
    const nameLength = view.getUint16(at + 28, true);
    const header = view.getUint32(at + 42, true);
    const name = new TextDecoder().decode(
      bytes.subarray(at + ENTRY_LENGTH, Math.min(end, at + ENTRY_LENGTH + nameLength)),
    );
    at += ENTRY_LENGTH + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
    if (isBeside(name)) continue;
    if ((flags & ENCRYPTED) !== 0) throw damaged(`${name} is encrypted`);
    if (method !== STORED && method !== DEFLATED) throw damaged(`${name} is packed otherwise`);
    claimed += size;
    if (claimed > most) throw modelFault('own-model-too-large', archive, `more than ${most} bytes`);
    if (header + LOCAL_LENGTH > end || view.getUint32(header, true) !== LOCAL_HEADER) {
      throw damaged(`${name} is not where the directory says`);
    }
    const start =
      header + LOCAL_LENGTH + view.getUint16(header + 26, true) + view.getUint16(header + 28, true);
    if (start + storedSize > end) throw damaged(`${name} is cut off`);
    if (method === STORED && storedSize !== size) throw damaged(`${name} has two sizes`);
    const stored = bytes.subarray(start, start + storedSize);
    entries.push({ name, isDeflated: method === DEFLATED, stored, size, crc });
  }
  return entries;
}

/**
 * The bytes of one file of a zip file. Never unpacks more than the directory claims.
 * @throws CodedError `own-model-zip`
 */
export async function unpacked(
  archive: string,
  { name, isDeflated, stored, size, crc }: ZipEntry,
  inflate: Inflate,
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = isDeflated
    ? await inflate(stored, size).catch((error: unknown) => {
        throw modelFault('own-model-zip', archive, `${name}: ${String(error)}`);
      })
    : stored;
  if (bytes.length !== size || crc32(bytes) !== crc) {
    throw modelFault('own-model-zip', archive, `${name} is damaged`);
  }
  return bytes;
}

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit += 1) {
    value = (value & 1) === 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  }
  return value;
});

/** CRC-32 as zip and PNG have it (ISO 3309). */
export function crc32(bytes: Uint8Array): number {
  let value = 0xffffffff;
  for (const byte of bytes) value = (CRC_TABLE[(value ^ byte) & 0xff] ?? 0) ^ (value >>> 8);
  return (value ^ 0xffffffff) >>> 0;
}
