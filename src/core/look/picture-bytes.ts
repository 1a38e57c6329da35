import type { ErrorCode } from '../errors';

/** The picture formats that browsers draw, and HEIF, which few of them do. */
export type PictureFormat =
  'jpeg' | 'png' | 'gif' | 'webp' | 'avif' | 'heif' | 'bmp' | 'ico' | 'jxl' | 'svg';

interface Size {
  width: number;
  height: number;
}

/** Drawings may start with comments and a doctype; farther in than this no root element is looked for. */
const SVG_PROLOG_BYTES = 1024 * 1024;

/** First bytes of each format, a byte a letter; `?` stands for any byte. */
const SIGNATURES: readonly (readonly [PictureFormat, string])[] = [
  ['jpeg', '\xff\xd8\xff'],
  ['png', '\x89PNG\r\n\x1a\n'],
  ['gif', 'GIF8'],
  ['webp', 'RIFF????WEBP'],
  ['heif', '????ftyp'], // the brands tell more
  ['bmp', 'BM'],
  ['ico', '\0\0\x01\0'],
  ['jxl', '\xff\n'],
  ['jxl', '\0\0\0\x0cJXL '],
];

/**
 * The format of a file by its first bytes, whatever its name or type says; null where it is no picture.
 * Reads forward only, in steps linear in the bytes.
 */
export function pictureFormat(bytes: Uint8Array): PictureFormat | null {
  const found = SIGNATURES.find(([, signature]) =>
    Array.from(signature).every((byte, at) => byte === '?' || bytes[at] === byte.charCodeAt(0)),
  );
  if (found?.[0] === 'heif') return brandedFormat(viewOf(bytes));
  if (found !== undefined) return found[0];
  return isSvg(new TextDecoder().decode(bytes.subarray(0, SVG_PROLOG_BYTES))) ? 'svg' : null;
}

/**
 * Steps over one comment, instruction or doctype at a time: each match starts where the last one ended,
 * one that fails ends the scan, and no part of a pattern can take what another one could.
 */
function isSvg(text: string): boolean {
  const step = /\s*(?:<!--[^]*?-->|<\?[^]*?\?>|<!doctype[^>[]*(?:\[[^\]]*\]\s*)?>)/iy;
  const root = /\s*<(?:\w+:)?svg[\s>/]/iy;
  while (step.test(text)) root.lastIndex = step.lastIndex;
  return root.test(text);
}

/**
 * What is wrong with a picture that the browser could not draw, from its bytes: nothing in them, not a
 * picture, or a picture that is cut off or damaged.
 */
export function brokenPictureCode(bytes: Uint8Array): ErrorCode {
  if (bytes.length === 0) return 'image-empty';
  const format = pictureFormat(bytes);
  return format === null || format === 'heif' ? 'image-not-an-image' : 'image-truncated';
}

/**
 * The size in px that a file's header claims, read before anything is decoded so that a decompression
 * bomb never is; null where the format keeps it elsewhere or the header is cut off. By their
 * specifications: PNG (IHDR), GIF (screen descriptor), JPEG (first SOF segment), WebP (VP8, VP8L, VP8X),
 * BMP, and the largest picture of an ICO (directory) and of an AVIF or HEIF (`ispe`, `tkhd`).
 */
export function claimedSize(bytes: Uint8Array): Size | null {
  const view = viewOf(bytes);
  try {
    switch (pictureFormat(bytes)) {
      case 'png':
        return { width: view.getUint32(16), height: view.getUint32(20) };
      case 'gif':
        return { width: view.getUint16(6, true), height: view.getUint16(8, true) };
      case 'jpeg':
        return jpegSize(view);
      case 'webp':
        return webpSize(view);
      case 'avif':
      case 'heif':
        return boxedSize(view);
      case 'bmp':
        return bmpSize(view);
      case 'ico':
        return icoSize(view);
      default:
        return null;
    }
  } catch (error) {
    // The header itself is cut off: the decoder will say so.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function viewOf({ buffer, byteOffset, byteLength }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, byteLength);
}

function larger(one: Size | null, other: Size): Size {
  return one !== null && one.width * one.height >= other.width * other.height ? one : other;
}

/**
 * Does a JPEG, PNG or GIF lack its end, or a GIF that of its first picture? Firefox decodes such a file without
 * a word and paints white, or nothing, where its pixels are missing. False for the other formats, which no
 * browser decodes then. Reads forward only.
 */
export function endsEarly(bytes: Uint8Array): boolean {
  const view = viewOf(bytes);
  try {
    switch (pictureFormat(bytes)) {
      case 'jpeg':
        findJpegEnd(view);
        return false;
      case 'png':
        findPngEnd(view);
        return false;
      case 'gif':
        findGifEnd(view);
        return false;
      default:
        return false;
    }
  } catch (error) {
    if (error instanceof RangeError) return true;
    throw error;
  }
}

/** 00, TEM, RST0-RST7 and SOI stand alone; so does 00 after an FF of the pixels. */
function standsAlone(marker: number): boolean {
  return marker <= 1 || (marker >= 0xd0 && marker <= 0xd8);
}

/** @throws RangeError where there is no EOI */
function findJpegEnd(view: DataView): void {
  for (let at = 2; ;) {
    while (view.getUint8(at) !== 0xff) at += 1;
    while (view.getUint8(at) === 0xff) at += 1;
    const marker = view.getUint8(at);
    at += 1;
    if (marker === 0xd9) return;
    if (!standsAlone(marker)) at += view.getUint16(at);
  }
}

/** @throws RangeError where there is no IEND */
function findPngEnd(view: DataView): void {
  const iend = 0x49454e44;
  for (let at = 8; view.getUint32(at + 4) !== iend;) at += 12 + view.getUint32(at);
}

/** @throws RangeError where the first picture has no end, nor the file */
function findGifEnd(view: DataView): void {
  /** In bytes, of a table of colours, by the field that tells of one. */
  const tableSize = (field: number) => (field & 0x80 ? 3 * 2 ** ((field & 7) + 1) : 0);
  const afterBlocks = (start: number): number => {
    let at = start;
    for (let size = view.getUint8(at); size > 0; size = view.getUint8(at)) at += 1 + size;
    return at + 1;
  };
  for (let at = 13 + tableSize(view.getUint8(10)); ;) {
    const kind = view.getUint8(at);
    if (kind === 0x21) {
      at = afterBlocks(at + 2);
      continue;
    }
    // A picture: its place, its colours, the size of its codes. All else ends the file for decoders.
    if (kind === 0x2c) afterBlocks(at + 11 + tableSize(view.getUint8(at + 9)));
    return;
  }
}

/** Goes from segment to segment as decoders do: what lies between two is skipped. */
function jpegSize(view: DataView): Size {
  for (let at = 2; ;) {
    while (view.getUint8(at) !== 0xff) at += 1;
    while (view.getUint8(at) === 0xff) at += 1;
    const marker = view.getUint8(at);
    at += 1;
    // SOF0-SOF15 hold the size; C4, C8 and CC are tables that share the range.
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) {
      return { width: view.getUint16(at + 5), height: view.getUint16(at + 3) };
    }
    if (!standsAlone(marker)) at += view.getUint16(at);
  }
}

function webpSize(view: DataView): Size | null {
  switch (view.getUint32(12)) {
    case 0x56503820: // "VP8 "
      return {
        width: view.getUint16(26, true) & 0x3fff,
        height: view.getUint16(28, true) & 0x3fff,
      };
    case 0x5650384c: {
      // "VP8L"
      const bits = view.getUint32(21, true);
      return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
    }
    case 0x56503858: // "VP8X": 24-bit sizes less one
      return {
        width: (view.getUint32(24, true) & 0xffffff) + 1,
        height: (view.getUint32(26, true) >>> 8) + 1,
      };
    default:
      return null;
  }
}

function bmpSize(view: DataView): Size {
  // The oldest header has 16-bit sizes; a negative height says that the rows go from top to bottom.
  return view.getUint32(14, true) === 12
    ? { width: view.getUint16(18, true), height: view.getUint16(20, true) }
    : { width: Math.abs(view.getInt32(18, true)), height: Math.abs(view.getInt32(22, true)) };
}

function icoSize(view: DataView): Size | null {
  let size: Size | null = null;
  for (let left = view.getUint16(4, true), at = 6; left > 0; left -= 1, at += 16) {
    // 0 stands for 256.
    size = larger(size, {
      width: view.getUint8(at) || 256,
      height: view.getUint8(at + 1) || 256,
    });
  }
  return size;
}

/** A box of an ISO base media file; `start` and `end` are those of its content. */
function boxAt(view: DataView, at: number): { type: number; start: number; end: number } {
  const size = view.getUint32(at);
  const isLong = size === 1;
  const length = isLong ? view.getUint32(at + 8) * 2 ** 32 + view.getUint32(at + 12) : size;
  const start = at + (isLong ? 16 : 8);
  // A size of 0 is "to the end of the file". No box ends before its content starts: the walk goes forward.
  const end = size === 0 ? view.byteLength : Math.max(start, at + length);
  return { type: view.getUint32(at + 4), start, end };
}

function brandedFormat(view: DataView): PictureFormat | null {
  if (view.byteLength < 16) return null;
  const { start, end } = boxAt(view, 0);
  let format: PictureFormat | null = null;
  for (let at = start; at + 4 <= Math.min(end, view.byteLength); at += 4) {
    const brand = view.getUint32(at);
    if (brand === 0x61766966 || brand === 0x61766973) return 'avif'; // "avif", "avis"
    // "mif1", "msf1", and "heic", "hevc" and their kin
    if (brand === 0x6d696631 || brand === 0x6d736631 || brand >>> 16 === 0x6865) format = 'heif';
  }
  return format;
}

/** Walks the boxes of a file once, from its first to its last, into those that lead to a size. */
function boxedSize(view: DataView): Size | null {
  let size: Size | null = null;
  for (let at = 0; at + 8 <= view.byteLength;) {
    const { type, start, end } = boxAt(view, at);
    at = end;
    switch (type) {
      case 0x6d657461: // "meta", with its version before its boxes
        at = start + 4;
        break;
      case 0x69707270: // "iprp"
      case 0x6970636f: // "ipco"
      case 0x6d6f6f76: // "moov"
      case 0x7472616b: // "trak"
        at = start;
        break;
      case 0x69737065: // "ispe"
        size = larger(size, {
          width: view.getUint32(start + 4),
          height: view.getUint32(start + 8),
        });
        break;
      case 0x746b6864: {
        // "tkhd", of a sequence: 16.16 numbers after dates of 4 or 8 bytes
        const shape = start + (view.getUint8(start) === 1 ? 88 : 76);
        size = larger(size, { width: view.getUint16(shape), height: view.getUint16(shape + 4) });
        break;
      }
    }
  }
  return size;
}
