/** The pages that a command line names: addresses, lists, sitemaps, HTML files and folders of them. */
import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gunzipSync } from 'node:zlib';

import { type Site, startSite } from '../drive/serve';
import { ScriptError } from '../node/script-error';
import { pageAddress, USER_AGENT } from './crawl';

export interface TargetOptions {
  /** Addresses, files, folders. */
  sources: readonly string[];
  /** Files with one of these a line. */
  lists: readonly string[];
  sitemaps: readonly string[];
  headers: Readonly<Record<string, string>>;
}

export interface Targets {
  addresses: string[];
  /** What a person knows a page or picture by: of a local file, which is served on loopback, its own address. */
  nameOf: (address: string) => string;
  close: () => Promise<void>;
}

const MOST_SITEMAPS = 200;
const MOST_BYTES = 50 * 1024 * 1024;
const FETCH_LIMIT_MS = 20_000;
const GZIP = [0x1f, 0x8b] as const;
const ENTITIES: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&apos;': "'",
};

/** A text from a server, or null where there is none. */
export async function readText(
  address: string,
  headers: Readonly<Record<string, string>>,
): Promise<string | null> {
  try {
    const response = await fetch(address, {
      headers: { 'user-agent': USER_AGENT, ...headers },
      signal: AbortSignal.timeout(FETCH_LIMIT_MS),
    });
    if (!response.ok) return null;
    const bytes = new Uint8Array(await response.arrayBuffer());
    const isPacked = bytes[0] === GZIP[0] && bytes[1] === GZIP[1];
    return new TextDecoder().decode(
      isPacked ? gunzipSync(bytes, { maxOutputLength: MOST_BYTES }) : bytes,
    );
  } catch {
    return null;
  }
}

/** The addresses in a sitemap, and whether they are further sitemaps: https://www.sitemaps.org/protocol.html */
export function parseSitemap(text: string): { isIndex: boolean; addresses: string[] } {
  const addresses = [...text.matchAll(/<loc>\s*(?:<!\[CDATA\[)?([^<\]]*)/g)].map(([, found = '']) =>
    found.trim().replaceAll(/&(?:amp|lt|gt|quot|apos);/g, (entity) => ENTITIES[entity] ?? entity),
  );
  return { isIndex: text.includes('<sitemapindex'), addresses };
}

async function readSitemaps(
  first: readonly string[],
  headers: Readonly<Record<string, string>>,
): Promise<string[]> {
  const pages: string[] = [];
  const waiting = [...first];
  for (let read = 0; waiting.length > 0 && read < MOST_SITEMAPS; read += 1) {
    const address = waiting.shift() ?? '';
    const text = await readText(address, headers);
    if (text === null) {
      throw new ScriptError('sitemap-not-found', `${address} cannot be read.`);
    }
    const { isIndex, addresses } = parseSitemap(text);
    (isIndex ? waiting : pages).push(...addresses);
  }
  return pages;
}

async function readLists(lists: readonly string[]): Promise<string[]> {
  const lines: string[] = [];
  for (const list of lists) {
    const text = await readFile(list, 'utf8').catch((cause: unknown) => {
      throw new ScriptError('list-not-found', `${list} cannot be read.`, { cause });
    });
    lines.push(...text.split(/\r?\n/).map((line) => line.trim()));
  }
  return lines.filter((line) => line !== '' && !line.startsWith('#'));
}

/** The HTML files that a path names: itself, or those in a folder and below. */
async function localPages(path: string): Promise<{ folder: string; files: string[] }> {
  const found = await stat(path).catch((cause: unknown) => {
    throw new ScriptError('file-not-found', `${path} is no address, file or folder.`, { cause });
  });
  if (!found.isDirectory()) return { folder: dirname(resolve(path)), files: [basename(path)] };
  const names = await readdir(path, { recursive: true });
  const files = names.filter((name) => /\.x?html?$/i.test(name)).sort();
  if (files.length === 0) {
    throw new ScriptError('file-not-found', `There are no HTML files in ${path}.`);
  }
  return { folder: resolve(path), files };
}

/** A page may write anything: `100%.jpg` is no escape. */
function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/**
 * Finds out which pages are to be audited, and serves those that are files.
 * @throws ScriptError naming what is not there
 */
export async function openTargets(options: TargetOptions): Promise<Targets> {
  const { headers } = options;
  const sites: { site: Site; folder: string }[] = [];
  const close = async (): Promise<void> => {
    for (const { site } of sites) await site.close();
  };
  const addresses = new Set<string>();
  try {
    const named = [...options.sources, ...(await readLists(options.lists))];
    for (const source of named) {
      if (/^[a-z][a-z\d+.-]*:\/\//i.test(source)) {
        const address = pageAddress(source);
        if (address === null) throw new ScriptError('bad-address', `${source} is no web address.`);
        addresses.add(address);
        continue;
      }
      const { folder, files } = await localPages(source);
      const known = sites.find((each) => each.folder === folder);
      const site = known?.site ?? (await startSite({ folder }));
      if (known === undefined) sites.push({ site, folder });
      for (const file of files) {
        addresses.add(site.origin + pathToFileURL(`/${file}`).pathname);
      }
    }
    for (const address of await readSitemaps(options.sitemaps, headers)) {
      const page = pageAddress(address);
      if (page !== null) addresses.add(page);
    }
    // A build must not pass because its sitemap has gone wrong.
    if (addresses.size === 0) throw new ScriptError('no-pages', 'There are no pages to audit.');
  } catch (error) {
    await close();
    throw error;
  }
  const nameOf = (address: string): string => {
    const at = sites.find(({ site }) => address.startsWith(`${site.origin}/`));
    if (at === undefined) return address;
    const file = join(at.folder, decoded(new URL(address).pathname));
    const fromHere = relative('.', file);
    return fromHere.startsWith('..') ? file : fromHere;
  };
  return { addresses: [...addresses], nameOf, close };
}
