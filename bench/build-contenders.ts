/** Builds the benchmark's extensions: what the built extension is measured against. */
import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

import { build } from 'vite';

import type { ViewCount } from '../src/core/saying/prediction';
import { resolveAsset } from '../scripts/assets/resolve';
import { readModelParts } from '../scripts/model/compiler/compile';
import { type MobileNetV1, readMobileNetV1 } from '../scripts/model/compiler/mobilenet-v1';
import { readTflite } from '../scripts/model/compiler/tflite-file';
import { VARIANT_SOURCES } from '../scripts/model/compiler/variants';
import { PROJECT_ROOT } from '../scripts/node/project-root';
import { createTemporaryFolder, type TemporaryFolder } from '../scripts/node/temporary-folder';
import { CLASSIC_WORKERS, CONTENDERS, LITERT_FILES, ONNX_FILE } from './contenders/names';
import { writeOnnxModel } from './onnx-model';

const CONTENDER_SOURCES = join(import.meta.dirname, 'contenders');
const ORT_FILES = ['ort.wasm.min.mjs', 'ort-wasm-simd-threaded.mjs', 'ort-wasm-simd-threaded.wasm'];
/** Its builds for one thread: with relaxed SIMD, and without. */
const LITERT_BUILD = /^litert_wasm_(?:compat_)?internal\./;
/** ONNX Runtime is used as published: it finds its own files beside it. */
const ORT_MODULE = 'onnxruntime-web/wasm';

/** How other extensions get a page's images to their model, as small as can be. */
export type Recreation = 'pixels' | 'address';

const require = createRequire(import.meta.url);

/** The compiled models with their index, and the wasm binaries of tfjs. */
async function copyModelAndWasm(folder: string): Promise<void> {
  await cp(join(PROJECT_ROOT, 'build/models'), join(folder, 'models'), { recursive: true });
  const wasmPackage = dirname(require.resolve('@tensorflow/tfjs-backend-wasm/package.json'));
  await mkdir(join(folder, 'wasm'));
  for (const file of ['tfjs-backend-wasm-simd.wasm', 'tfjs-backend-wasm.wasm']) {
    await cp(join(wasmPackage, 'dist', file), join(folder, 'wasm', file));
  }
}

/** LiteRT.js with its own files (in a worker it looks for them beside the worker's script), the model as published and its classifier in floats. */
async function copyLiteRt(folder: string, classifier: MobileNetV1['classifier']): Promise<void> {
  const wasm = join(dirname(require.resolve('@litertjs/core')), '../wasm');
  for (const file of await readdir(wasm)) {
    if (LITERT_BUILD.test(file)) await cp(join(wasm, file), join(folder, file));
  }
  const [extractor = '', head = ''] = VARIANT_SOURCES.accurate.parts;
  await cp(await resolveAsset(extractor), join(folder, LITERT_FILES.extractor));
  await cp(await resolveAsset(head), join(folder, LITERT_FILES.head));
  const { values, scale, zeroPoint } = classifier.kernel;
  const weights = Float32Array.from(values, (value) => scale * (value - zeroPoint));
  await writeFile(
    join(folder, LITERT_FILES.classifier),
    Buffer.concat([Buffer.from(weights.buffer), Buffer.from(classifier.bias.slice().buffer)]),
  );
}

/** Scripts as `<name>.js`; modules share chunks, which they import statically. */
async function buildScripts(
  sources: Record<string, string>,
  folder: string,
  { format = 'es', define = {} }: { format?: 'es' | 'iife'; define?: Record<string, string> } = {},
): Promise<void> {
  await build({
    configFile: false,
    logLevel: 'error',
    root: PROJECT_ROOT,
    define,
    build: {
      outDir: folder,
      emptyOutDir: false,
      target: 'chrome148',
      modulePreload: false,
      reportCompressedSize: false,
      chunkSizeWarningLimit: 10_000,
      rolldownOptions: {
        input: sources,
        external: [ORT_MODULE],
        output: {
          format,
          entryFileNames: '[name].js',
          paths: { [ORT_MODULE]: '/ort/ort.wasm.min.mjs' },
        },
      },
    },
  });
}

/**
 * The extension whose page runs the contenders of the bare inference.
 * @param extensionDir the built extension, whose wasm files ours runs on
 */
export async function buildContenders(extensionDir: string): Promise<TemporaryFolder> {
  const folder = createTemporaryFolder('alt-lens-contenders-');
  const { path } = folder;
  await buildScripts(
    Object.fromEntries(
      [...CONTENDERS.filter((name) => !CLASSIC_WORKERS.includes(name)), 'page'].map((name) => [
        name,
        join(CONTENDER_SOURCES, `${name}.ts`),
      ]),
    ),
    path,
  );
  for (const name of CLASSIC_WORKERS) {
    await buildScripts({ [name]: join(CONTENDER_SOURCES, `${name}.ts`) }, path, { format: 'iife' });
  }
  for (const file of ['manifest.json', 'page.html']) {
    await cp(join(CONTENDER_SOURCES, file), join(path, file));
  }
  await copyModelAndWasm(path);
  await cp(join(extensionDir, 'wasm'), join(path, 'wasm'), { recursive: true });
  const ortFolder = dirname(require.resolve('onnxruntime-web/wasm'));
  await mkdir(join(path, 'ort'));
  for (const file of ORT_FILES) await cp(join(ortFolder, file), join(path, 'ort', file));
  const source = VARIANT_SOURCES.accurate;
  const parts = await readModelParts(source);
  const model = readMobileNetV1(
    parts.map(({ bytes, fileName }) => readTflite(bytes, fileName)),
    source,
  );
  await writeFile(join(path, ONNX_FILE), writeOnnxModel(model));
  await copyLiteRt(path, model.classifier);
  return folder;
}

/** An extension that labels the images of every page in another way, with so many views of each. */
export async function buildRecreation(
  kind: Recreation,
  views: ViewCount,
): Promise<TemporaryFolder> {
  const folder = createTemporaryFolder(`alt-lens-${kind}-`);
  const sources = join(import.meta.dirname, 'recreations');
  await buildScripts({ worker: join(sources, 'worker.ts') }, folder.path, {
    define: { __BENCH_VIEWS__: String(views) },
  });
  await buildScripts({ content: join(sources, `${kind}-content.ts`) }, folder.path, {
    format: 'iife',
  });
  await cp(join(sources, 'manifest.json'), join(folder.path, 'manifest.json'));
  await copyModelAndWasm(folder.path);
  return folder;
}

/** An extension whose worker starts tfjs on wasm and does nothing with it. */
export async function buildEmptyWorker(): Promise<TemporaryFolder> {
  const folder = createTemporaryFolder('alt-lens-empty-');
  const sources = join(import.meta.dirname, 'recreations');
  await buildScripts({ worker: join(sources, 'empty-worker.ts') }, folder.path);
  const manifest = JSON.parse(await readFile(join(sources, 'manifest.json'), 'utf8')) as object;
  await writeFile(
    join(folder.path, 'manifest.json'),
    JSON.stringify({ ...manifest, content_scripts: [] }),
  );
  await copyModelAndWasm(folder.path);
  return folder;
}
