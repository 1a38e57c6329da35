import type { ErrorCode } from '../errors';

/** The picture formats that browsers draw. */
export type PictureFormat =
  'jpeg' | 'png' | 'gif' | 'webp' | 'avif' | 'bmp' | 'ico' | 'jxl' | 'svg';

/** Pictures may start with a comment or a doctype; farther in than this no root element is looked for. */
const SVG_PROLOG_BYTES = 4096;

/** First bytes of each format; `-1` stands for any byte. */
const SIGNATURES: readonly (readonly [PictureFormat, readonly number[]])[] = [
  ['jpeg', [0xff, 0xd8, 0xff]],
  ['png', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ['gif', [0x47, 0x49, 0x46, 0x38]],
  ['webp', [0x52, 0x49, 0x46, 0x46, -1, -1, -1, -1, 0x57, 0x45, 0x42, 0x50]],
  ['avif', [-1, -1, -1, -1, 0x66, 0x74, 0x79, 0x70, 0x61, 0x76, 0x69]], // "ftypavif", "ftypavis"
  ['bmp', [0x42, 0x4d]],
  ['ico', [0x00, 0x00, 0x01, 0x00]],
  ['jxl', [0xff, 0x0a]],
  ['jxl', [0x00, 0x00, 0x00, 0x0c, 0x4a, 0x58, 0x4c, 0x20]],
];

/** The format of a file by its first bytes, whatever its name or type says; null where it is no picture. */
export function pictureFormat(bytes: Uint8Array): PictureFormat | null {
  for (const [format, signature] of SIGNATURES) {
    if (signature.every((byte, index) => byte === -1 || bytes[index] === byte)) return format;
  }
  const prolog = new TextDecoder().decode(bytes.subarray(0, SVG_PROLOG_BYTES));
  return /^\s*(<\?xml[^>]*>|<!--.*?-->|<!doctype[^>]*>|\s)*<(\w+:)?svg[\s>/]/is.test(prolog)
    ? 'svg'
    : null;
}

/**
 * What is wrong with a picture that the browser could not draw, from its bytes: nothing in them, not a
 * picture, or a picture that is cut off or damaged.
 */
export function brokenPictureCode(bytes: Uint8Array): ErrorCode {
  if (bytes.length === 0) return 'image-empty';
  return pictureFormat(bytes) === null ? 'image-not-an-image' : 'image-truncated';
}

/**
 * The size in px that a file's header claims, read before anything is decoded so that a decompression
 * bomb never is; null where the format keeps it elsewhere. PNG (IHDR), GIF (screen descriptor),
 * JPEG (first SOF segment) and WebP (VP8, VP8L, VP8X) by their specifications.
 */
export function claimedSize(bytes: Uint8Array): { width: number; height: number } | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
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
      default:
        return null;
    }
  } catch (error) {
    // The header itself is cut off: the decoder will say so.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function jpegSize(view: DataView): { width: number; height: number } {
  for (let at = 2; ;) {
    const marker = view.getUint8(at + 1);
    // SOF0-SOF15 hold the size; C4, C8 and CC are tables that share the range.
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) {
      return { width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
    }
    at += marker === 0xff ? 1 : 2 + view.getUint16(at + 2);
  }
}

function webpSize(view: DataView): { width: number; height: number } | null {
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
