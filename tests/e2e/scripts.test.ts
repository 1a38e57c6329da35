import { spawn } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, test } from 'vitest';

import { wantedTarget } from '../../scripts/drive/extension-session';
import { RUN_TYPESCRIPT } from '../../scripts/node/package-program';
import { PROJECT_ROOT } from '../../scripts/node/project-root';
import { asset, builtExtension, waitUntil } from './harness';

const PANDA = 'photos/000b7d55b6184b08.png';
let folder: string;
/** Every temporary file of the scripts lands here, so that what they leave behind is seen. */
let temporary: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'alt-lens-scripts-'));
  temporary = join(folder, 'temporary');
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

interface Run {
  code: number | null;
  stdout: string;
  stderr: string;
}

function start(script: string, args: readonly string[]) {
  rmSync(temporary, { recursive: true, force: true });
  temporary = mkdtempSync(join(folder, 'temporary-'));
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    // That of Firefox lies beside.
    ALT_LENS_DIST: builtExtension().replace(/-firefox$/, ''),
    TMPDIR: temporary,
  };
  delete env.DISPLAY;
  delete env.WAYLAND_DISPLAY;
  return spawn(
    process.execPath,
    [...RUN_TYPESCRIPT, ...[`scripts/commands/${script}.ts`, '--browser', wantedTarget(), ...args]],
    { cwd: PROJECT_ROOT, env },
  );
}

function run(script: string, ...args: string[]): Promise<Run> {
  const child = start(script, args);
  const result: Run = { code: null, stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => (result.stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (result.stderr += chunk.toString()));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      resolve({ ...result, code });
    });
  });
}

function leftovers(): string[] {
  return readdirSync(temporary).filter((name) => name.startsWith('alt-lens-'));
}

/** The command lines of all processes, where the system shows them. */
function runningCommands(): string[] {
  if (!existsSync('/proc')) return [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((id) => {
      try {
        return readFileSync(`/proc/${id}/cmdline`, 'utf8');
      } catch {
        return ''; // it ended meanwhile
      }
    });
}

test('classify prints one JSON line an image, with coded errors, and exits with 1', async () => {
  const panda = await asset(PANDA);
  const empty = join(folder, 'empty.png');
  const text = join(folder, 'a text #1?.jpg');
  const missing = join(folder, 'missing.png');
  writeFileSync(empty, '');
  writeFileSync(text, 'This is no picture.');
  const { code, stdout, stderr } = await run('classify', panda, empty, text, missing);
  const lines = stdout.trimEnd().split('\n');
  expect(lines, stderr).toHaveLength(4);
  const [described, ...failures] = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(Object.keys(described ?? {})).toEqual([
    'source',
    'backend',
    'milliseconds',
    'rung',
    'predictions',
    'hint',
    'silence',
  ]);
  expect(described).toMatchObject({
    source: panda,
    backend: 'wasm',
    rung: 'decoded',
    silence: null,
  });
  expect(described?.predictions).toHaveLength(5);
  expect(described?.predictions).toMatchObject([
    { classIndex: 388, synset: 'n02510455' },
    {},
    {},
    {},
    {},
  ]);
  expect(described?.hint).toMatchObject({ synset: 'n02510455', label: 'giant panda' });
  expect(failures).toMatchObject([
    { source: empty, error: { code: 'image-empty' } },
    { source: text, error: { code: 'image-not-an-image' } },
    { source: missing, error: { code: 'file-not-found' } },
  ]);
  expect(code).toBe(1);
  expect(leftovers()).toEqual([]);
});

test('classify takes a folder, another backend, model and number of views, and exits with 0', async () => {
  const pictures = mkdtempSync(join(folder, 'pictures-'));
  copyFileSync(await asset(PANDA), join(pictures, 'panda.png'));
  writeFileSync(join(pictures, 'notes.txt'), 'no image');
  const options = ['--backend', 'cpu', '--model', 'fast', '--views', '1'];
  const { code, stdout, stderr } = await run('classify', ...options, pictures);
  expect(code, stderr).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    source: join(pictures, 'panda.png'),
    backend: 'cpu',
    predictions: [{ classIndex: 388 }, {}, {}, {}, {}],
  });
});

test.each([
  { args: [], says: 'Name at least one image' },
  { args: ['--backend', 'abacus', 'x.png'], says: 'abacus' },
  { args: ['--views', '4', 'x.png'], says: '--views' },
  { args: ['--wrong', 'x.png'], says: '--wrong' },
])('classify $args is wrong usage', async ({ args, says }) => {
  const { code, stdout, stderr } = await run('classify', ...args);
  expect(code).toBe(2);
  expect(stdout).toBe('');
  expect(stderr).toContain(says);
});

test('classify that is stopped leaves neither browser nor files behind', async () => {
  const child = start('classify', [await asset('not-photos/terminal-screenshots_atom.png')]);
  const profile = await waitUntil(
    'the browser runs',
    () => leftovers().find((name) => existsSync(join(temporary, name, 'Default'))),
    30_000,
  );
  const ended = new Promise((resolve) => child.once('close', resolve));
  child.kill('SIGTERM');
  await ended;
  await waitUntil('its files are gone', () => leftovers().length === 0, 10_000);
  await waitUntil(
    'its processes are gone',
    () => runningCommands().every((command) => !command.includes(profile)),
    10_000,
  );
});

test('evaluate prints one JSON object with the measures', async () => {
  const { code, stdout, stderr } = await run('evaluate', '--limit', '4', '--views', '1');
  expect(code, stderr).toBe(0);
  const summary = JSON.parse(stdout) as Record<string, number>;
  expect(summary).toMatchObject({ images: 4, failed: 0, notPhotos: 4, backend: 'wasm', views: 1 });
  for (const measure of ['top1', 'top5', 'hintCoverage', 'meanBits', 'notPhotosSpokenOn']) {
    expect(typeof summary[measure], measure).toBe('number');
  }
  expect(summary.top5).toBeGreaterThanOrEqual(summary.top1 ?? 1);
  expect(summary.top5).toBeGreaterThan(0);
  expect(stderr).toContain('photos 4/4');
});

test('start without a display describes the whole gallery and shoots the card', async () => {
  const { code, stdout, stderr } = await run('start');
  expect(code, stdout + stderr).toBe(0);
  expect(stdout).toContain('12 of 12 described.');
  expect(stdout).toMatch(/plain image +giant panda +\d+\.\d % +wasm +\d+ +decoded/);
  for (const scheme of ['light', 'dark']) {
    const file = join(PROJECT_ROOT, 'build', 'screenshots', `card-${scheme}.png`);
    expect(existsSync(file)).toBe(true);
    expect(Date.now() - statSync(file).mtimeMs).toBeLessThan(60_000);
  }
  expect(leftovers()).toEqual([]);
});
