/** Small web servers on loopback, for the scripts and the end-to-end tests. */
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { join, normalize, sep } from 'node:path';

import { contentTypeOf } from './serve/content-types';

/** What is served at one path, and how well or badly. */
export interface Resource {
  /** The body, or the file that holds it. Without both, empty. */
  body?: string | Uint8Array;
  file?: string;
  /** Default: by the path's or the file's ending; HTML where the path has none. `null` sends none. */
  contentType?: string | null;
  status?: number;
  /** More response headers. */
  headers?: Record<string, string>;
  /** `Access-Control-Allow-Origin: *`. */
  cors?: boolean;
  /** `Content-Security-Policy`. */
  csp?: string;
  /** Answers with a redirect to this address. */
  redirect?: string;
  /** Answers this much later, milliseconds. */
  delayMs?: number;
  /** Answers only after this is settled, for tests that wait on conditions. */
  after?: Promise<unknown>;
  /** Sends so many bytes, though the length is announced in full, and drops the connection. */
  cutAfterBytes?: number;
}

export interface RecordedRequest {
  path: string;
  headers: IncomingMessage['headers'];
}

export interface Site {
  port: number;
  /** `http://127.0.0.1:<port>` */
  origin: string;
  /** The same server under another name, so another origin and site: `localhost`, `cdn.localhost`, … */
  originAs: (hostName: string) => string;
  /** Adds or replaces a resource. */
  set: (path: string, resource: Resource) => void;
  /** Every request so far, oldest first. */
  requests: readonly RecordedRequest[];
  close: () => Promise<void>;
}

export interface SiteOptions {
  /** What is served, by path (with a leading slash, without a query). */
  resources?: Record<string, Resource>;
  /** A folder that is served where no resource has the path. */
  folder?: string;
}

async function fileInFolder(folder: string, path: string): Promise<Resource | null> {
  const file = normalize(join(folder, path === '/' ? 'index.html' : path));
  if (!file.startsWith(normalize(folder + sep))) return null;
  try {
    return { body: await readFile(file), contentType: contentTypeOf(file) };
  } catch {
    return null;
  }
}

async function answer(resource: Resource, path: string, response: ServerResponse): Promise<void> {
  await resource.after;
  if (resource.delayMs !== undefined) {
    await new Promise((resolve) => setTimeout(resolve, resource.delayMs));
  }
  const body =
    resource.body === undefined
      ? resource.file === undefined
        ? Buffer.alloc(0)
        : await readFile(resource.file)
      : Buffer.from(resource.body);
  const guessed = contentTypeOf(resource.file ?? path);
  const isNameless = resource.file === undefined && !path.slice(1).includes('.');
  const contentType = resource.contentType ?? (isNameless ? 'text/html; charset=utf-8' : guessed);
  if (resource.contentType !== null) response.setHeader('content-type', contentType);
  if (resource.cors === true) response.setHeader('access-control-allow-origin', '*');
  if (resource.csp !== undefined) response.setHeader('content-security-policy', resource.csp);
  if (resource.redirect !== undefined) response.setHeader('location', resource.redirect);
  for (const [name, value] of Object.entries(resource.headers ?? {})) {
    response.setHeader(name, value);
  }
  response.setHeader('content-length', body.byteLength);
  response.writeHead(resource.status ?? (resource.redirect === undefined ? 200 : 302));
  if (resource.cutAfterBytes === undefined) {
    response.end(body);
    return;
  }
  response.write(body.subarray(0, resource.cutAfterBytes), () => {
    response.destroy();
  });
}

/** Starts a server on a free port of 127.0.0.1. Unknown paths are 404. */
export async function startSite({ resources = {}, folder }: SiteOptions = {}): Promise<Site> {
  const known = new Map(Object.entries(resources));
  const requests: RecordedRequest[] = [];
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://loopback').pathname);
    requests.push({ path, headers: request.headers });
    const find = async (): Promise<Resource> =>
      known.get(path) ??
      (folder === undefined ? null : await fileInFolder(folder, path)) ?? {
        status: 404,
        body: 'Not found',
        contentType: 'text/plain',
      };
    find()
      .then((resource) => answer(resource, path, response))
      .catch((error: unknown) => {
        response.destroy(error instanceof Error ? error : undefined);
      });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  const { port } = address;
  return {
    port,
    origin: `http://127.0.0.1:${port}`,
    originAs: (hostName) => `http://${hostName}:${port}`,
    set: (path, resource) => {
      known.set(path, resource);
    },
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}
