import { existsSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';

import { runCommand } from './browser/run-command';
import { folderOf, type Target } from '../manifest/targets';
import { packageProgram, RUN_TYPESCRIPT } from '../node/package-program';
import { PROJECT_ROOT } from '../node/project-root';
import { ScriptError } from '../node/script-error';

const STEP_LIMIT_MS = 10 * 60_000;

/** What a build is made from, besides the models; the kernels' sources are in `src`. */
const SOURCES = [
  'src',
  'icons',
  'manifest.json',
  'vite.config.ts',
  'package-lock.json',
  'scripts/build',
  'scripts/pictures',
  'scripts/manifest',
  'scripts/model/compiler',
  'scripts/taxonomy/words',
  'assets.lock.json',
];

async function step(what: string, args: readonly string[]): Promise<void> {
  process.stderr.write(`${what}…\n`);
  const result = await runCommand(process.execPath, args, {
    limitMs: STEP_LIMIT_MS,
    cwd: PROJECT_ROOT,
  });
  if (result.code === 0) return;
  process.stderr.write(result.stdout + result.stderr);
  throw new ScriptError('build-failed', `${what} failed; its output is above.`);
}

/**
 * Compiles the models where they are missing or older than their compiler, getting their files first.
 * @throws ScriptError `build-failed`
 */
export async function ensureModels(): Promise<void> {
  const compiled = await newestChange(join(PROJECT_ROOT, 'build', 'models', 'index.json'));
  const compilers = ['scripts/model/compiler', 'scripts/commands/models.ts'];
  const changed = await Promise.all(
    compilers.map((path) => newestChange(join(PROJECT_ROOT, path))),
  );
  if (compiled >= Math.max(...changed)) return;
  await step('Getting the model files', [
    ...RUN_TYPESCRIPT,
    ...['scripts/commands/assets.ts', '--only', 'models'],
  ]);
  await step('Compiling the models', [...RUN_TYPESCRIPT, 'scripts/commands/models.ts']);
}

/**
 * Compiles the WebAssembly kernels; that takes a second.
 * @throws ScriptError `build-failed`
 */
export async function compileKernels(): Promise<void> {
  for (const config of ['asconfig.json', 'asconfig.relaxed.json']) {
    await step('Compiling the kernels', [
      packageProgram('assemblyscript', 'asc'),
      '--config',
      `src/inference/wasm/assembly/${config}`,
    ]);
  }
}

/**
 * Packs the words of each language; that takes a second.
 * @throws ScriptError `build-failed`
 */
export async function packWords(): Promise<void> {
  await step('Packing the words', [...RUN_TYPESCRIPT, 'scripts/commands/words.ts', '--pack']);
}

/**
 * Packs the welcome page's photos, getting them first; that takes a second.
 * @throws ScriptError `build-failed`
 */
export async function packPictures(): Promise<void> {
  await step('Packing the photos', [...RUN_TYPESCRIPT, 'scripts/commands/pictures.ts']);
}

/**
 * Builds the extension into a folder and checks it; the models first, where they are missing.
 * Progress goes to stderr.
 * @throws ScriptError `build-failed`
 */
export async function buildExtension(outDir: string): Promise<void> {
  await ensureModels();
  await compileKernels();
  await packWords();
  await packPictures();
  await step('Building the extension', [packageProgram('vite'), 'build', '--outDir', outDir]);
  await step('Checking the build', [...RUN_TYPESCRIPT, 'scripts/commands/check-build.ts', outDir]);
}

/** When a file, or anything in a folder, was last changed (milliseconds); 0 where it is missing. */
async function newestChange(path: string): Promise<number> {
  const found = await stat(path).catch(() => null);
  if (found === null) return 0;
  if (!found.isDirectory()) return found.mtimeMs;
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  const times = await Promise.all(
    entries
      .filter((entry) => entry.isFile())
      .map(async (entry) => (await stat(join(entry.parentPath, entry.name))).mtimeMs),
  );
  return Math.max(found.mtimeMs, ...times);
}

/**
 * The folder of a built extension: beside `ALT_LENS_DIST` where it is set, else beside `dist`, built where
 * it is missing or older than its sources.
 * @throws ScriptError `build-failed` or `build-not-found`
 */
export async function ensureBuild(target: Target = 'chromium'): Promise<string> {
  const given = process.env.ALT_LENS_DIST;
  if (given !== undefined && given !== '') {
    const folder = folderOf(target, resolve(given));
    if (existsSync(join(folder, 'manifest.json'))) return folder;
    throw new ScriptError(
      'build-not-found',
      `ALT_LENS_DIST is ${given}: no manifest.json in ${folder}.`,
    );
  }
  const dist = join(PROJECT_ROOT, 'dist');
  const wanted = folderOf(target, dist);
  const built = await newestChange(join(wanted, 'manifest.json'));
  const changed = await Promise.all(
    [...SOURCES, 'build/models'].map((path) => newestChange(join(PROJECT_ROOT, path))),
  );
  if (built === 0 || Math.max(...changed) > built) await buildExtension(dist);
  return wanted;
}
