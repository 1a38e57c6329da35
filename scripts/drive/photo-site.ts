/** Resources of web servers on loopback: the pinned photos as sites have them, and pages that show them. */
import sharp from 'sharp';

import { pinnedPhotos } from '../photos/pinned-photos';
import type { Resource } from './serve';

/** So many distinct photos as JPEG files under `/photos/0.jpg`, `/photos/1.jpg`, …: as web sites have them. */
export async function photoResources(
  count: number,
  { width = 400, height = 300, cors = false } = {},
): Promise<Record<string, Resource>> {
  const photos = await pinnedPhotos('pinned');
  if (photos.length * 2 < count) throw new Error(`Only ${photos.length} photos are there.`);
  // A mirrored photo is another picture.
  const files = [...photos, ...photos].slice(0, count);
  const entries = await Promise.all(
    files.map(async ({ path }, index): Promise<[string, Resource]> => {
      const body = await sharp(path)
        .resize(width, height, { fit: 'cover' })
        .flop(index >= photos.length)
        .jpeg({ quality: 88 })
        .toBuffer();
      return [`/photos/${index}.jpg`, { body, cors }];
    }),
  );
  return Object.fromEntries(entries);
}

export interface PhotoGrid {
  title: string;
  images: number;
  /** Distinct photos; image `n` shows photo `n % pictures`. */
  pictures: number;
  columns: number;
  /** Of an image, CSS px. */
  width: number;
  height: number;
  /** So many images have the first screen for themselves; the others begin below it. Default: no such border. */
  onFirstScreen?: number;
  /** Part of the photos' addresses: another visit, another address. */
  visit?: string;
}

/** A page with rows of linked images, each with a text; without scripts, and without a request of its own for an icon. */
export function photoGridPage(grid: PhotoGrid): Resource {
  const { title, images, pictures, columns, width, height, visit } = grid;
  const query = visit === undefined ? '' : `?visit=${visit}`;
  const cells = Array.from(
    { length: images },
    (_, index) =>
      `<li><a href="#${index}"><img width="${width}" height="${height}" alt="Photo ${index}" src="/photos/${index % pictures}.jpg${query}"></a><p>Text ${index}</p>`,
  );
  const first = grid.onFirstScreen ?? 0;
  const screens = [cells.slice(0, first), cells.slice(first)].filter(({ length }) => length > 0);
  return {
    contentType: 'text/html; charset=utf-8',
    body: `<!doctype html><html lang="en"><title>${title}</title>
      <link rel="icon" href="data:,">
      <style>
        body{margin:0}
        ul{display:grid;grid-template-columns:repeat(${columns},1fr);align-content:start;list-style:none;padding:0;margin:0}
        ul:not(:last-child){height:100vh;overflow:hidden}
        img{display:block}
        p{margin:0 0 6px;font:12px/16px sans-serif}
      </style>
      ${screens.map((screen) => `<ul>${screen.join('')}</ul>`).join('')}`,
  };
}
