import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, expect, test } from 'vitest';

import { type Site, type SiteOptions, startSite } from '../../../../scripts/drive/serve';

const opened: (() => Promise<void> | void)[] = [];

afterEach(async () => {
  for (const close of opened.splice(0)) await close();
});

async function open(options: SiteOptions): Promise<Site> {
  const site = await startSite(options);
  opened.push(site.close);
  return site;
}

test('serves resources with the content type of their name, or the one asked for', async () => {
  const site = await open({
    resources: {
      '/a.png': { body: 'x' },
      '/page': { body: '<p>' },
      '/lie.png': { body: 'x', contentType: 'text/plain' },
      '/untold.png': { body: 'x', contentType: null },
    },
  });
  const typeOf = async (path: string): Promise<string | null> =>
    (await fetch(site.origin + path)).headers.get('content-type');
  expect(await typeOf('/a.png')).toBe('image/png');
  expect(await typeOf('/page?query')).toBe('text/html; charset=utf-8');
  expect(await typeOf('/lie.png')).toBe('text/plain');
  expect(await typeOf('/untold.png')).toBeNull();
  expect((await fetch(`${site.origin}/missing`)).status).toBe(404);
  expect(site.requests.map(({ path }) => path)).toContain('/missing');
});

test('sets CORS, policy, status and redirects only where asked', async () => {
  const site = await open({
    resources: {
      '/open.png': { cors: true, csp: "default-src 'none'", status: 203 },
      '/closed.png': {},
      '/moved.png': { redirect: '/closed.png' },
    },
  });
  const answer = await fetch(`${site.origin}/open.png`);
  expect(answer.status).toBe(203);
  expect(answer.headers.get('access-control-allow-origin')).toBe('*');
  expect(answer.headers.get('content-security-policy')).toBe("default-src 'none'");
  const closed = await fetch(`${site.origin}/moved.png`);
  expect(closed.url).toBe(`${site.origin}/closed.png`);
  expect(closed.headers.get('access-control-allow-origin')).toBeNull();
});

test('cuts a body off after the bytes asked for', async () => {
  const site = await open({ resources: { '/cut.png': { body: 'abcdef', cutAfterBytes: 3 } } });
  const answer = await fetch(`${site.origin}/cut.png`);
  expect(answer.headers.get('content-length')).toBe('6');
  await expect(answer.arrayBuffer()).rejects.toThrow();
});

test('answers only after what it was told to wait for', async () => {
  let release = (): void => undefined;
  const after = new Promise<void>((resolve) => {
    release = resolve;
  });
  const site = await open({ resources: { '/late.png': { body: 'x', after } } });
  let isAnswered = false;
  const answer = fetch(`${site.origin}/late.png`).then((response) => {
    isAnswered = true;
    return response.text();
  });
  while (site.requests.length === 0) await new Promise((resolve) => setImmediate(resolve));
  expect(isAnswered).toBe(false);
  release();
  expect(await answer).toBe('x');
});

test('serves a folder, but nothing outside it', async () => {
  const outer = mkdtempSync(join(tmpdir(), 'alt-lens-unit-'));
  opened.push(() => {
    rmSync(outer, { recursive: true, force: true });
  });
  const folder = mkdtempSync(join(outer, 'site-'));
  writeFileSync(join(outer, 'secret.txt'), 'secret');
  writeFileSync(join(folder, 'index.html'), 'home');
  const site = await open({ folder });
  expect(await (await fetch(`${site.origin}/`)).text()).toBe('home');
  expect((await fetch(`${site.origin}/..%2Fsecret.txt`)).status).toBe(404);
});
