/** A JPEG as a camera writes it: its pixels as the sensor lies, and a note how to turn them. */

/** @param orientation the EXIF value, 1 to 8 @returns a `data:` address */
export function jpegOf(
  width: number,
  height: number,
  draw: (context: CanvasRenderingContext2D) => void,
  orientation: number,
): string {
  const canvas = document.createElement('canvas');
  Object.assign(canvas, { width, height });
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('No canvas.');
  draw(context);
  const plain = bytesOf(canvas.toDataURL('image/jpeg', 0.95));
  // APP1: "Exif", a big-endian TIFF header, one entry: tag 0x0112, one SHORT.
  const exif = [
    ...[0xff, 0xe1, 0x00, 0x22, 0x45, 0x78, 0x69, 0x66, 0x00, 0x00],
    ...[0x4d, 0x4d, 0x00, 0x2a, 0x00, 0x00, 0x00, 0x08, 0x00, 0x01],
    ...[0x01, 0x12, 0x00, 0x03, 0x00, 0x00, 0x00, 0x01, 0x00, orientation, 0x00, 0x00],
    ...[0x00, 0x00, 0x00, 0x00],
  ];
  const bytes = [...plain.slice(0, 2), ...exif, ...plain.slice(2)];
  return `data:image/jpeg;base64,${btoa(String.fromCharCode(...bytes))}`;
}

function bytesOf(address: string): number[] {
  return Array.from(atob(address.split(',')[1] ?? ''), (letter) => letter.charCodeAt(0));
}
