import { webOrigin } from '../address/match-pattern';
import { hex } from '../hex';
import type { ModelVariant, ViewCount } from '../saying/prediction';
import type { Raster } from './raster';

/** By which a look is made, besides the pixels. */
export interface LookContext {
  variant: ModelVariant;
  /** Hash of the model's weights. */
  weightsSha256: string;
  /** How many are looked at at most. */
  views: ViewCount;
}

/** Names a picture: SHA-256 of its pixels, and its size. `digest` is the platform's SHA-256. */
export async function pictureHash(
  { width, height, data }: Raster,
  digest: (bytes: Uint8Array<ArrayBuffer>) => Promise<ArrayBuffer>,
): Promise<string> {
  const bytes = new Uint8Array(data.buffer as ArrayBuffer, data.byteOffset, data.byteLength);
  const hash = new Uint8Array(await digest(bytes));
  return `${hex(hash)}-${width}x${height}`;
}

/** The size in px that a `pictureHash` names. @throws RangeError for anything else */
export function pictureSize(picture: string): Pick<Raster, 'width' | 'height'> {
  const [, width, height] = /-(\d+)x(\d+)$/.exec(picture) ?? [];
  if (width === undefined || height === undefined) throw new RangeError('No picture hash.');
  return { width: Number(width), height: Number(height) };
}

/** A page as the browser tells of it. */
export interface AskingPage {
  /** 0 for the tab's own page. */
  frameId: number;
  pageAddress: string;
  /** The origin that the browser gives the page; undefined where it does not tell. */
  pageOrigin?: string | undefined;
  /** The tab's address, where it may be known. */
  tabAddress: string | undefined;
}

/**
 * The site that a page's labels are known to: the tab's origin, and a frame's own beside it where that
 * is another one. Null where it cannot be told (files, sandboxed frames, a tab whose address is not ours
 * to know): then nothing is known of other pages. Origins, as a registrable domain needs a list; a site
 * of many hosts has its pictures looked at once for each.
 */
export function siteOf({
  frameId,
  pageAddress,
  pageOrigin,
  tabAddress,
}: AskingPage): string | null {
  const own = webOrigin(pageOrigin ?? pageAddress);
  const top = frameId === 0 ? own : webOrigin(tabAddress);
  if (own === null || top === null) return null;
  return own === top ? own : `${top} ${own}`;
}

/**
 * The name of a picture on one site, a hash of both: who has the name learns neither.
 * `digest` is the platform's SHA-256.
 */
export async function pictureOnSite(
  picture: string,
  site: string,
  digest: (bytes: Uint8Array<ArrayBuffer>) => Promise<ArrayBuffer>,
): Promise<string> {
  return hex(new Uint8Array(await digest(new TextEncoder().encode(`${site}\n${picture}`))));
}

/**
 * The key under which the look at a picture is kept: its name (`pictureHash`, `pictureOnSite`), with
 * model and views, and nothing else.
 */
export function lookKey(picture: string, { variant, weightsSha256, views }: LookContext): string {
  return `${picture}-${variant}-${weightsSha256.slice(0, 12)}-${views}`;
}
