import type { Raster } from '../core/raster';

/** Longest side of a thumbnail in the popup, pixels (two to a CSS pixel). */
const THUMBNAIL_PX = 112;

/** A small copy of a picture as a `data:` URL (WebP, a few kB). */
export async function makeThumbnail({ data, width, height }: Raster): Promise<string> {
  const scale = Math.min(1, THUMBNAIL_PX / Math.max(width, height));
  const source = new ImageData(new Uint8ClampedArray(data), width, height);
  const bitmap = await createImageBitmap(source, {
    resizeWidth: Math.max(1, Math.round(width * scale)),
    resizeHeight: Math.max(1, Math.round(height * scale)),
    resizeQuality: 'high',
  });
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0);
  bitmap.close();
  const blob = await canvas.convertToBlob({ type: 'image/webp', quality: 0.8 });
  const bytes = new Uint8Array(await blob.arrayBuffer());
  return `data:image/webp;base64,${btoa(String.fromCharCode(...bytes))}`;
}
