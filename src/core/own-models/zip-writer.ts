import { crc32 } from './zip';

const LOCAL_LENGTH = 30;
const ENTRY_LENGTH = 46;
const END_LENGTH = 22;
/** Of the format, in which there are folders and no packing of our own: 2.0. */
const VERSION = 20;
/** Names are in UTF-8. */
const UTF_8 = 0x0800;
/** 1 January 1980, where zip's dates begin: the same files are the same bytes. */
const FIRST_DAY = 0x21;

/**
 * A zip file of these, not packed: weights hardly get smaller (PKWARE, APPNOTE.TXT 6.3).
 * @param files by name; less than 4 GB in all
 */
export function zipOf(files: ReadonlyMap<string, Uint8Array>): Uint8Array<ArrayBuffer> {
  const entries = [...files].map(([name, bytes]) => ({
    ...{ name: new TextEncoder().encode(name), bytes, crc: crc32(bytes) },
  }));
  const length = entries.reduce(
    (sum, { name, bytes }) => sum + LOCAL_LENGTH + ENTRY_LENGTH + 2 * name.length + bytes.length,
    END_LENGTH,
  );
  const zip = new Uint8Array(length);
  const view = new DataView(zip.buffer);
  let at = 0;
  const write16 = (value: number): void => {
    view.setUint16(at, value, true);
    at += 2;
  };
  const write32 = (value: number): void => {
    view.setUint32(at, value, true);
    at += 4;
  };
  const writeBytes = (bytes: Uint8Array): void => {
    zip.set(bytes, at);
    at += bytes.length;
  };
  /** What a file's own head and its entry in the directory have in common. */
  const writeFacts = ({ name, bytes, crc }: (typeof entries)[number]): void => {
    for (const value of [VERSION, UTF_8, 0, 0, FIRST_DAY]) write16(value);
    for (const value of [crc, bytes.length, bytes.length]) write32(value);
    for (const value of [name.length, 0]) write16(value);
  };
  const starts = entries.map((entry) => {
    const start = at;
    write32(0x04034b50);
    writeFacts(entry);
    writeBytes(entry.name);
    writeBytes(entry.bytes);
    return start;
  });
  const directory = at;
  entries.forEach((entry, place) => {
    write32(0x02014b50);
    write16(VERSION);
    writeFacts(entry);
    for (const value of [0, 0, 0]) write16(value);
    write32(0);
    write32(starts[place] ?? 0);
    writeBytes(entry.name);
  });
  const size = at - directory;
  write32(0x06054b50);
  for (const value of [0, 0, entries.length, entries.length]) write16(value);
  write32(size);
  write32(directory);
  write16(0);
  return zip;
}
