interface Size {
  width: number;
  height: number;
}

/**
 * A small copy of a picture as a `data:` URL (WebP, a few kB), aspect kept. Decoded and shrunk off the
 * caller's thread.
 * @param longestPx of its longer side; never enlarged
 * @throws DOMException where it may not be read, or is broken
 */
export async function thumbnailImage(
  source: ImageBitmapSource,
  { width, height }: Size,
  longestPx: number,
): Promise<string> {
  const scale = Math.min(1, longestPx / Math.max(width, height));
  const bitmap = await createImageBitmap(source, {
    resizeWidth: Math.max(1, Math.round(width * scale)),
    resizeHeight: Math.max(1, Math.round(height * scale)),
    resizeQuality: 'high',
  });
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('No 2D context for a canvas that has no other.');
  context.drawImage(bitmap, 0, 0);
  bitmap.close();
  const blob = await canvas.convertToBlob({ type: 'image/webp', quality: 0.75 });
  const bytes = new Uint8Array(await blob.arrayBuffer());
  return `data:${blob.type};base64,${btoa(String.fromCharCode(...bytes))}`;
}
