import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { AssetError, type AssetErrorCode } from '../../../../scripts/assets/asset-error';
import { downloadAsset, type DownloadOptions } from '../../../../scripts/assets/download';
import {
  type Answer,
  type AssetServer,
  corrupt,
  upTo,
  rest,
  serveAsset,
  status,
  whole,
} from './asset-server';

const QUICK: DownloadOptions = { tries: 3, backoffMs: 1 };

let folder: string;
let target: string;
let server: AssetServer | undefined;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'alt-lens-download-'));
  target = path.join(folder, 'file.bin');
});

afterEach(async () => {
  await server?.close();
  server = undefined;
  await rm(folder, { recursive: true });
});

async function start(...answers: Answer[]): Promise<AssetServer> {
  server = await serveAsset(...answers);
  return server;
}

/** Quick options under which the connection is cut once exactly one of `ends` bytes have come. */
function cutting(running: AssetServer, ...ends: number[]): DownloadOptions {
  return {
    ...QUICK,
    onProgress: (bytes) => {
      if (ends.includes(bytes)) running.cutConnections();
    },
  };
}

async function failureOf(promise: Promise<unknown>): Promise<AssetError> {
  const error: unknown = await promise.then(
    () => new Error('it did not fail'),
    (reason: unknown) => reason,
  );
  if (!(error instanceof AssetError)) throw error;
  return error;
}

/** The error has the code and names the file, the address and what to do; no target appears. */
function expectFailure(error: AssetError, code: AssetErrorCode, { asset }: AssetServer): void {
  expect(error.code).toBe(code);
  expect(error.message).toContain(asset.path);
  expect(error.message).toContain(asset.url);
  expect(error.message).toMatch(/npm run assets|by hand/);
  expect(existsSync(target)).toBe(false);
}

async function expectRight({ body }: AssetServer): Promise<void> {
  expect(body.equals(await readFile(target))).toBe(true);
  expect(existsSync(`${target}.part`)).toBe(false);
}

test('an asset is downloaded, with progress up to its size', async () => {
  const running = await start(whole);
  const progress: number[] = [];
  await downloadAsset(running.asset, target, { onProgress: (bytes) => progress.push(bytes) });
  await expectRight(running);
  expect(progress.at(-1)).toBe(running.asset.bytes);
  expect(progress).toEqual([...progress].sort((a, b) => a - b));
});

test('a redirect is followed', async () => {
  const running = await start((_request, response) => {
    response.writeHead(302, { location: '/elsewhere' }).end();
  }, whole);
  await downloadAsset(running.asset, target, QUICK);
  await expectRight(running);
  expect(running.ranges).toHaveLength(2);
});

describe('a download that is cut off', () => {
  test('continues where it stopped', async () => {
    const running = await start(upTo(20_000), upTo(50_000), rest);
    await downloadAsset(running.asset, target, cutting(running, 20_000, 50_000));
    await expectRight(running);
    expect(running.ranges).toEqual([null, 'bytes=20000-', 'bytes=50000-']);
  });

  test('starts again where the server ignores Range', async () => {
    const running = await start(upTo(20_000), whole);
    await downloadAsset(running.asset, target, cutting(running, 20_000, 50_000));
    await expectRight(running);
    expect(running.ranges).toEqual([null, 'bytes=20000-']);
  });

  test('starts again where the server continues at another byte', async () => {
    const running = await start(upTo(20_000), (_request, response, body) => {
      response
        .writeHead(206, { 'content-range': `bytes 0-${body.length - 1}/${body.length}` })
        .end(body);
    });
    await downloadAsset(running.asset, target, cutting(running, 20_000, 50_000));
    await expectRight(running);
  });

  test('starts again where the server refuses the range', async () => {
    const running = await start(upTo(20_000), status(416), whole);
    await downloadAsset(running.asset, target, cutting(running, 20_000, 50_000));
    await expectRight(running);
    expect(running.ranges).toEqual([null, 'bytes=20000-', null]);
  });

  test('fails after the last try, and a later run continues', async () => {
    const running = await start(upTo(20_000), upTo(40_000), upTo(60_000), rest);
    const options = cutting(running, 20_000, 40_000, 60_000);
    expectFailure(
      await failureOf(downloadAsset(running.asset, target, options)),
      'asset-cut-off',
      running,
    );
    await downloadAsset(running.asset, target, options);
    await expectRight(running);
    expect(running.ranges.at(-1)).toBe('bytes=60000-');
  });

  test('an answer that ends early without saying so counts as cut off', async () => {
    const running = await start((_request, response, body) => {
      response.end(body.subarray(0, 100));
    });
    const error = await failureOf(downloadAsset(running.asset, target, { tries: 1 }));
    expectFailure(error, 'asset-cut-off', running);
    expect(error.message).toContain(`100 of ${running.asset.bytes} bytes`);
  });

  test('a connection that falls silent counts as cut off', async () => {
    const running = await start((_request, response, body) => {
      response.writeHead(200, { 'content-length': body.length }).write(body.subarray(0, 100));
    });
    expectFailure(
      await failureOf(downloadAsset(running.asset, target, { tries: 1, stallMs: 50 })),
      'asset-cut-off',
      running,
    );
  });
});

describe('wrong content', () => {
  test.each<[string, Answer]>([
    ['one bit changed', corrupt],
    [
      'one byte too many',
      (_request, response, body) => {
        response.end(Buffer.concat([body, Buffer.of(0)]));
      },
    ],
  ])('%s is refused and not kept', async (_name, answer) => {
    const running = await start(answer);
    expectFailure(
      await failureOf(downloadAsset(running.asset, target, QUICK)),
      'asset-wrong-content',
      running,
    );
    expect(existsSync(`${target}.part`)).toBe(false);
    expect(running.ranges).toHaveLength(1);
  });

  test('a part of another version of the file is thrown away', async () => {
    const running = await start(rest);
    await writeFile(`${target}.part`, Buffer.alloc(30_000, 7));
    await downloadAsset(running.asset, target, QUICK);
    await expectRight(running);
    expect(running.ranges).toEqual(['bytes=30000-', null]);
  });

  test('a part longer than the file is thrown away', async () => {
    const running = await start(rest);
    await writeFile(`${target}.part`, Buffer.alloc(running.asset.bytes + 1));
    await downloadAsset(running.asset, target, QUICK);
    await expectRight(running);
  });
});

test('a whole part needs no request', async () => {
  const running = await start(status(500));
  await writeFile(`${target}.part`, running.body);
  await downloadAsset(running.asset, target, QUICK);
  await expectRight(running);
  expect(running.ranges).toEqual([]);
});

describe('statuses', () => {
  test('404 fails at once', async () => {
    const running = await start(status(404));
    const error = await failureOf(downloadAsset(running.asset, target, QUICK));
    expectFailure(error, 'asset-http-status', running);
    expect(error.message).toContain('404');
    expect(running.ranges).toHaveLength(1);
  });

  test('500 and 429 are tried again', async () => {
    const running = await start(status(500), status(429), whole);
    await downloadAsset(running.asset, target, QUICK);
    await expectRight(running);
  });

  test('500 to the end fails after the last try', async () => {
    const running = await start(status(500));
    const error = await failureOf(downloadAsset(running.asset, target, QUICK));
    expectFailure(error, 'asset-http-status', running);
    expect(error.message).toContain('500');
    expect(running.ranges).toHaveLength(3);
  });
});

test('a server that is not there is a network failure', async () => {
  const running = await start(whole);
  await running.close();
  server = undefined;
  expectFailure(
    await failureOf(downloadAsset(running.asset, target, QUICK)),
    'asset-network',
    running,
  );
});

test('a signal stops the download with its reason and keeps the part', async () => {
  const running = await start(upTo(20_000));
  const stop = new AbortController();
  const reason = new Error('enough');
  const download = downloadAsset(running.asset, target, {
    signal: stop.signal,
    backoffMs: 60_000,
    onProgress: (bytes) => {
      if (bytes === 20_000) stop.abort(reason);
    },
  });
  await expect(download).rejects.toBe(reason);
  expect((await readFile(`${target}.part`)).length).toBe(20_000);
});
