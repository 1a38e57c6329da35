import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { crx } from '@crxjs/vite-plugin';
import { defineConfig } from 'vite';

import manifest from './manifest.json' with { type: 'json' };
import project from './package.json' with { type: 'json' };
import { extensionFiles } from './scripts/build/extension-files.ts';
import { issuesPage } from './scripts/build/issues-page.ts';
import { modelSizes } from './scripts/build/model-sizes.ts';
import { manifestFor } from './scripts/manifest/targets.ts';
import type { ModelIndex } from './scripts/model/compiler/model-index.ts';

const MODELS_INDEX = 'build/models/index.json';
if (!existsSync(MODELS_INDEX)) {
  throw new Error(`${MODELS_INDEX} is missing: compile the models first, with \`npm run models\`.`);
}
const models = readFileSync(MODELS_INDEX, 'utf8');

// One build for all: what a shell (or a test runner) calls its environment changes no byte.
process.env.NODE_ENV = 'production';

/** crxjs builds the extension of Chromium; extension-files.ts makes the other targets' of the same files. */
const chromium = {
  ...manifestFor('chromium', manifest),
  background: { service_worker: 'src/background/service-worker.ts' },
};

export default defineConfig({
  // The compiled models' ids, files and hashes: the worker checks at load what the build made.
  define: {
    __MODELS__: models,
    __MODEL_SIZES__: JSON.stringify(modelSizes(JSON.parse(models) as ModelIndex)),
    __ISSUES__: JSON.stringify(issuesPage(project)),
  },
  resolve: {
    alias: {
      'webextension-polyfill': fileURLToPath(
        new URL('scripts/build/no-polyfill.ts', import.meta.url),
      ),
    },
  },
  plugins: [crx({ manifest: chromium }), extensionFiles()],
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  // The CPU pool's workers are modules in files of their own, beside which nothing is shared. Firefox's
  // background starts them too, and is not told of a hash.
  worker: {
    format: 'es',
    rolldownOptions: { output: { entryFileNames: 'assets/pool-[name].js' } },
  },
  build: {
    target: 'chrome148',
    outDir: 'dist',
    emptyOutDir: true,
    // A service worker must not preload, and import() is forbidden there.
    modulePreload: false,
    reportCompressedSize: false,
    // Pages that the manifest does not name.
    rolldownOptions: {
      // Options are named so that their chunk is not called like the popup's.
      input: {
        options: 'src/options/index.html',
        welcome: 'src/welcome/index.html',
        report: 'src/report/index.html',
        pool: 'src/pool/index.html',
        access: 'src/access/index.html',
      },
    },
  },
});
