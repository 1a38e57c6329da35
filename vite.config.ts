import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { crx } from '@crxjs/vite-plugin';
import { defineConfig } from 'vite';

import manifest from './manifest.json' with { type: 'json' };
import { extensionFiles } from './scripts/build/extension-files.ts';

const MODELS_INDEX = 'build/models/index.json';
if (!existsSync(MODELS_INDEX)) {
  throw new Error(`${MODELS_INDEX} is missing: compile the models first, with \`npm run models\`.`);
}

// One build for all: what a shell (or a test runner) calls its environment changes no byte.
process.env.NODE_ENV = 'production';

export default defineConfig({
  // The compiled models' ids, files and hashes: the worker checks at load what the build made.
  define: { __MODELS__: readFileSync(MODELS_INDEX, 'utf8') },
  resolve: {
    alias: {
      'webextension-polyfill': fileURLToPath(
        new URL('scripts/build/no-polyfill.ts', import.meta.url),
      ),
    },
  },
  plugins: [crx({ manifest }), extensionFiles()],
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  // The CPU pool's workers are modules in files of their own, beside which nothing is shared.
  worker: {
    format: 'es',
    rolldownOptions: { output: { entryFileNames: 'assets/pool-[name]-[hash].js' } },
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
      },
    },
  },
});
