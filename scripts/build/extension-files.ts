/**
 * A Vite plugin for what the extension holds beside its modules: the compiled models and kernels, the
 * words of each language, the locales, the welcome page's photos, and the background's classic scripts; for what must not be in it;
 * and for the other browsers' extensions, made of the same files.
 */
import { existsSync } from 'node:fs';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

import type { Plugin, ResolvedConfig, Rolldown } from 'vite';

import { weakWords } from '../../src/core/alt-text/weak-words/all.ts';
import {
  WEAK_WORD_LANGUAGES,
  weakWordsPath,
} from '../../src/core/alt-text/weak-words/languages.ts';
import { BACKGROUND_SCRIPT, TARGETS } from '../manifest/targets.ts';
import { asAscii } from './ascii-script.ts';
import { bundleClassicScript } from './classic-script.ts';
import { writeTarget } from './write-target.ts';

const KERNELS_FILES = ['wasm/kernels.wasm', 'wasm/relaxed.wasm'];
/** Of TensorFlow.js, for models that a person brings: every browser that we run in has SIMD. */
const TFJS_WASM = 'tfjs-backend-wasm-simd.wasm';
const MODELS_DIR = 'build/models';
const WORDS_DIR = 'build/words';
const PICTURES_DIR = 'build/pictures';
const CONTENT_SCRIPTS = [
  'src/content/index.ts',
  'src/content/label-pages.ts',
  'src/content/label-details.ts',
  'src/content/inline-svgs.ts',
  'src/content/picture-bytes.ts',
  'src/content/alt-texts.ts',
];
const WORKER = 'src/background/service-worker.ts';
/** The document of Chromium's CPU pool; Firefox's background starts the workers itself. */
const POOL_PAGE = 'src/pool/index.html';
/** What the worker imports when it needs it. */
const WANTED_SCRIPTS = [
  { entry: 'src/inference/tfjs/tensorflow-script.ts', fileName: 'tensorflow.js' },
  {
    entry: 'src/inference/own-models/own-tensorflow-script.ts',
    fileName: 'own-tensorflow.js',
  },
];

/** Files of the build beside its code, as `{ fileName in the extension: path on disk }`. */
async function vendoredFiles(root: string): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  for (const file of KERNELS_FILES) files.set(file, path.join(root, 'build', file));
  const tfjsWasm = `node_modules/@tensorflow/tfjs-backend-wasm/dist/${TFJS_WASM}`;
  files.set(`wasm/${TFJS_WASM}`, path.join(root, tfjsWasm));
  const locales = path.join(root, 'src/_locales');
  for (const locale of await readdir(locales)) {
    files.set(`_locales/${locale}/messages.json`, path.join(locales, locale, 'messages.json'));
  }
  const models = path.join(root, MODELS_DIR);
  for (const id of await readdir(models, { withFileTypes: true })) {
    if (!id.isDirectory()) continue;
    for (const file of ['model.json', 'weights.bin']) {
      files.set(`models/${id.name}/${file}`, path.join(models, id.name, file));
    }
  }
  const words = path.join(root, WORDS_DIR);
  for (const file of await readdir(words)) files.set(`words/${file}`, path.join(words, file));
  const pictures = path.join(root, PICTURES_DIR);
  for (const file of await readdir(pictures)) {
    files.set(`pictures/${file}`, path.join(pictures, file));
  }
  for (const file of ['LICENSE', 'NOTICE']) {
    if (existsSync(path.join(root, file))) files.set(file, path.join(root, file));
  }
  return files;
}

interface BuiltManifest {
  background: { service_worker: string; type?: string };
  web_accessible_resources?: unknown;
}

/** The chunks that only these entries lead to. */
function chunksOnlyFor(entries: string[], chunks: Rolldown.OutputChunk[]): string[] {
  const used = new Set<string>();
  const use = (fileName: string): void => {
    const chunk = chunks.find((each) => each.fileName === fileName);
    if (chunk === undefined || used.has(fileName)) return;
    used.add(fileName);
    [...chunk.imports, ...chunk.dynamicImports].forEach(use);
  };
  for (const { fileName, isEntry, facadeModuleId } of chunks) {
    if (isEntry && !entries.includes(facadeModuleId ?? '')) use(fileName);
  }
  return chunks.map(({ fileName }) => fileName).filter((fileName) => !used.has(fileName));
}

export function extensionFiles(): Plugin {
  let config: ResolvedConfig;
  let outDir = '';
  let unused: string[] = [];
  let onlyChromium: string[] = [];

  /**
   * crxjs makes the worker a module, of which the browser compiles every line at each start. Of a
   * classic script it keeps the compiled code.
   */
  async function writeWorkerScript({ background }: BuiltManifest): Promise<void> {
    const loader = path.join(outDir, background.service_worker);
    const { code } = await bundleClassicScript(loader, config.build);
    await writeFile(path.join(outDir, BACKGROUND_SCRIPT), code);
    await rm(loader);
  }

  /** What the bundler writes out, whatever the source says. */
  async function writeScriptsInAscii(): Promise<void> {
    for (const file of await readdir(outDir, { recursive: true })) {
      if (!file.endsWith('.js')) continue;
      const script = path.join(outDir, file);
      await writeFile(script, asAscii(await readFile(script, 'utf8')));
    }
  }

  return {
    name: 'alt-lens:extension-files',
    apply: 'build',
    configResolved(resolved) {
      config = resolved;
      outDir = path.resolve(config.root, config.build.outDir);
    },
    async buildStart() {
      for (const [fileName, file] of await vendoredFiles(config.root)) {
        this.addWatchFile(file);
        this.emitFile({ type: 'asset', fileName, source: await readFile(file) });
      }
      for (const language of WEAK_WORD_LANGUAGES) {
        const source = JSON.stringify(weakWords[language]);
        this.emitFile({ type: 'asset', fileName: weakWordsPath(language), source });
      }
      for (const { entry, fileName } of WANTED_SCRIPTS) {
        const file = path.join(config.root, entry);
        const { code, sources } = await bundleClassicScript(file, config.build);
        for (const source of sources) this.addWatchFile(source);
        this.emitFile({ type: 'asset', fileName, source: code });
      }
    },
    generateBundle(_options, bundle) {
      const chunks = Object.values(bundle).filter((file) => file.type === 'chunk');
      const onlyFor = (entries: string[]): string[] =>
        chunksOnlyFor(
          entries.map((entry) => path.join(config.root, entry)),
          chunks,
        );
      unused = onlyFor([...CONTENT_SCRIPTS, WORKER]);
      const withPool = onlyFor([...CONTENT_SCRIPTS, WORKER, POOL_PAGE]);
      onlyChromium = [POOL_PAGE, ...withPool.filter((file) => !unused.includes(file))];
    },
    /**
     * crxjs lists the injected content scripts as web-accessible, which any site could use to tell
     * that Alt Lens is installed, and leaves unused module twins beside them. Injection needs neither.
     */
    writeBundle: {
      order: 'post',
      sequential: true,
      async handler() {
        const manifestPath = path.join(outDir, 'manifest.json');
        const manifest = JSON.parse(await readFile(manifestPath, 'utf8')) as BuiltManifest;
        await writeWorkerScript(manifest);
        manifest.background = { service_worker: BACKGROUND_SCRIPT };
        delete manifest.web_accessible_resources;
        await writeFile(manifestPath, `${JSON.stringify(manifest, null, 2)}\n`);
        for (const fileName of unused) await rm(path.join(outDir, fileName));
        await rm(path.join(outDir, '.vite'), { recursive: true, force: true });
        await writeScriptsInAscii();
        for (const target of TARGETS) await writeTarget(target, outDir, onlyChromium);
      },
    },
  };
}
