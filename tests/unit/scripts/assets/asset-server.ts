import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { LockedAsset } from '../../../../scripts/assets/lock';

export type Answer = (request: IncomingMessage, response: ServerResponse, body: Buffer) => void;

/** A loopback server that gives one answer a request, the last one again and again. */
export interface AssetServer {
  asset: LockedAsset;
  body: Buffer;
  /** The Range header of each request, in order; null where there was none. */
  ranges: (string | null)[];
  cutConnections: () => void;
  close: () => Promise<void>;
}

/** 64 kB whose bytes all depend on their place, so that a piece in the wrong place changes the hash. */
const BODY = Buffer.from(
  Array.from({ length: 65_536 }, (_, index) => (index * 31 + (index >> 8)) % 256),
);

export async function serveAsset(...answers: Answer[]): Promise<AssetServer> {
  const ranges: (string | null)[] = [];
  const server = createServer((request, response) => {
    const answer = answers[Math.min(ranges.length, answers.length - 1)];
    ranges.push(request.headers.range ?? null);
    answer?.(request, response, BODY);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    asset: {
      path: 'folder/file.bin',
      url: `http://127.0.0.1:${port}/file.bin`,
      sha256: createHash('sha256').update(BODY).digest('hex'),
      bytes: BODY.length,
      license: 'CC0-1.0',
      source: 'test',
    },
    body: BODY,
    ranges,
    cutConnections: () => {
      server.closeAllConnections();
    },
    close: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => {
          resolve();
        });
      }),
  };
}

export const whole: Answer = (_request, response, body) => {
  response.writeHead(200, { 'content-length': body.length }).end(body);
};

/** Honours Range as a static file server does. */
export const rest: Answer = (request, response, body) => {
  const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? NaN);
  if (Number.isNaN(from)) {
    whole(request, response, body);
    return;
  }
  response
    .writeHead(206, {
      'content-length': body.length - from,
      'content-range': `bytes ${from}-${body.length - 1}/${body.length}`,
    })
    .end(body.subarray(from));
};

/**
 * Announces everything, sends what Range asks for up to `end`, and then nothing. The connection stays
 * until `cutConnections`: cut at once, bytes on their way would be lost with it, sometimes.
 */
export function upTo(end: number): Answer {
  return (request, response, body) => {
    const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
    response.writeHead(from > 0 ? 206 : 200, {
      'content-length': body.length - from,
      ...(from > 0 ? { 'content-range': `bytes ${from}-${body.length - 1}/${body.length}` } : {}),
    });
    response.write(body.subarray(from, end));
  };
}

export function status(code: number): Answer {
  return (_request, response) => {
    response.writeHead(code).end('no such thing');
  };
}

export const corrupt: Answer = (request, response, body) => {
  const changed = Buffer.from(body);
  changed[1000] = (changed[1000] ?? 0) ^ 1;
  whole(request, response, changed);
};
