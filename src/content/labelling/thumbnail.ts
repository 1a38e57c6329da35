import type { PictureOnPage } from '../find/picture';

/** Longest side, pixels: the report's large thumbnails, a little under two to a CSS pixel. */
const THUMBNAIL_PX = 160;

/**
 * A small copy of a picture as a `data:` URL (WebP, a few kB), drawn from what the page has decoded:
 * nothing is fetched. Null where the page may not read it, or it is neither an image element nor a canvas.
 */
export async function thumbnailOf(picture: PictureOnPage | null): Promise<string | null> {
  if (picture?.kind !== 'image' && picture?.kind !== 'canvas') return null;
  const { element } = picture;
  const width = element instanceof HTMLImageElement ? element.naturalWidth : element.width;
  const height = element instanceof HTMLImageElement ? element.naturalHeight : element.height;
  const scale = Math.min(1, THUMBNAIL_PX / Math.max(width, height));
  try {
    // Decoded and shrunk off the page's thread.
    const bitmap = await createImageBitmap(element, {
      resizeWidth: Math.max(1, Math.round(width * scale)),
      resizeHeight: Math.max(1, Math.round(height * scale)),
      resizeQuality: 'medium',
    });
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
    canvas.getContext('2d')?.drawImage(bitmap, 0, 0);
    bitmap.close();
    const blob = await canvas.convertToBlob({ type: 'image/webp', quality: 0.7 });
    const bytes = new Uint8Array(await blob.arrayBuffer());
    return `data:${blob.type};base64,${btoa(String.fromCharCode(...bytes))}`;
  } catch {
    // Tainted or broken: the list shows a neutral tile.
    return null;
  }
}
