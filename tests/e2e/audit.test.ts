/** `npm run audit` on pages of a server, with good pages and bad ones. */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, test } from 'vitest';

import { type Site, startSite } from '../../scripts/drive/serve';
import { RUN_TYPESCRIPT } from '../../scripts/node/package-program';
import { PROJECT_ROOT } from '../../scripts/node/project-root';
import { createTemporaryFolder } from '../../scripts/node/temporary-folder';
import { asset, builtExtension, waitUntil } from './harness';

const PANDA = 'photos/000b7d55b6184b08.png';
const folder = createTemporaryFolder('alt-lens-audit-');
let site: Site;

const html = (title: string, body: string): string =>
  `<!doctype html><html lang="en"><title>${title}</title><h1>${title}</h1>${body}`;

beforeAll(async () => {
  site = await startSite();
  site.set('/panda.png', { file: await asset(PANDA) });
  const picture = '<img src="/panda.png" width="300" height="300">';
  site.set('/', {
    body: html(
      'Home',
      `${picture}<p style="height:3000px"></p>${picture}
       <a href="/two">two</a><a href="/private">private</a><a href="/gone">gone</a>`,
    ),
  });
  site.set('/two', {
    body: html('Two', `${picture}<a href="/"><img src="/panda.png" width="300"></a>`),
  });
  site.set('/private', { body: html('Private', picture) });
  site.set('/file.pdf', { body: '%PDF-1.4', contentType: 'application/pdf' });
  site.set('/away', { redirect: site.originAs('other.localhost') });
  site.set('/robots.txt', {
    body: 'User-agent: *\nDisallow: /private\n',
    contentType: 'text/plain',
  });
});

afterAll(async () => {
  await site.close();
  folder.remove();
});

function start(...args: string[]) {
  const program = [...RUN_TYPESCRIPT, 'scripts/commands/audit.ts', ...args];
  return spawn(process.execPath, program, {
    cwd: PROJECT_ROOT,
    env: { ...process.env, ALT_LENS_DIST: builtExtension() },
  });
}

async function run(...args: string[]): Promise<{ code: number | null; stdout: string }> {
  const child = start(...args);
  let stdout = '';
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, stdout };
}

interface Written {
  isCut: boolean;
  images: number;
  counts: Record<string, number>;
  pages: { url: string; status: string; error?: { code: string } }[];
  findings: {
    rule: string;
    suggestion: { text: string } | null;
    places: { page: string; selector: string }[];
  }[];
}

function readJson(file: string): Written {
  return JSON.parse(readFileSync(file, 'utf8')) as Written;
}

test('follows links, gives each page its end, and one finding to one picture', async () => {
  const file = join(folder.path, 'crawl.json');
  const addresses = ['/', '/file.pdf', '/away'].map((path) => site.origin + path);
  const { code, stdout } = await run(...addresses, '--crawl', '9', '--json', file);
  expect(code).toBe(1);
  expect(stdout).toContain('2 missing');
  const written = readJson(file);
  const ends = written.pages.map(({ url, error }) => [new URL(url).pathname, error?.code]);
  expect(Object.fromEntries(ends)).toEqual({
    '/': undefined,
    '/two': undefined,
    '/gone': 'http-status',
    '/file.pdf': 'not-a-page',
    '/away': 'redirected-elsewhere',
  });
  // Both of the first page, the one that only scrolling brings near included.
  const missing = written.findings.find(({ rule }) => rule === 'no-alt');
  expect(missing?.suggestion?.text).toBe('Giant panda');
  expect(missing?.places.map(({ page }) => new URL(page).pathname)).toEqual(['/', '/', '/two']);
  // A link is asked for its purpose: what its picture shows is no text for it.
  const link = written.findings.find(({ rule }) => rule === 'no-link-purpose');
  expect(link?.suggestion).toBeNull();
  expect(site.requests.some(({ path }) => path === '/private')).toBe(false);

  const again = await run(`${site.origin}/`, '--baseline', file, '--header', 'X-Audit: yes');
  expect(again.code).toBe(0);
  const asked = site.requests.filter(({ headers }) => headers['x-audit'] === 'yes');
  expect(asked.map(({ path }) => path)).toContain('/');
});

test('files are served and named as files, in every format', async () => {
  const pages = join(folder.path, 'pages');
  mkdirSync(pages);
  writeFileSync(join(pages, 'a.html'), html('A', '<img src="none.png" width="90" height="90">'));
  const out = (format: string): string => join(folder.path, `out/audit.${format}`);
  const formats = ['json', 'csv', 'html', 'sarif', 'junit'];
  const { code } = await run(pages, ...formats.flatMap((each) => [`--${each}`, out(each)]));
  expect(code).toBe(1);
  for (const each of formats) {
    expect(readFileSync(out(each), 'utf8'), each).toContain('a.html');
    expect(readFileSync(out(each), 'utf8'), each).not.toContain('127.0.0.1');
  }
});

test('what is not there, and wrong usage', async () => {
  expect((await run(join(folder.path, 'no-such-file'))).code).toBe(1);
  expect((await run('--crawl', 'many', site.origin)).code).toBe(2);
});

test('stopped in the midst, it writes what is there', async () => {
  const file = join(folder.path, 'stopped.json');
  site.set('/slow', { body: html('Slow', ''), delayMs: 60_000 });
  const child = start(`${site.origin}/two`, `${site.origin}/slow`, '--json', file);
  const closed = new Promise<number | null>((resolve) => child.once('close', resolve));
  const isAsked = (): boolean => site.requests.some(({ path }) => path === '/slow');
  await waitUntil('the second page is asked for', isAsked, 60_000);
  child.kill('SIGINT');
  expect(await closed).toBe(130);
  expect(existsSync(file)).toBe(true);
  expect(readJson(file)).toMatchObject({ isCut: true, images: 2, counts: { missing: 2 } });
});
