import { resolve } from 'node:path';

import { configDefaults, defineConfig } from 'vitest/config';

import { pointerCommands } from './tests/dom/harness/pointer-commands.ts';
import { treeCommands } from './tests/dom/harness/tree-commands.ts';
import { excludedFiles } from './scripts/test/firefox.ts';
import { puppeteerProvider } from './tests/dom/harness/puppeteer-provider.ts';

const notHere =
  process.env.ALT_LENS_BROWSER === 'firefox' ? excludedFiles() : ['tests/e2e/firefox.test.ts'];

export default defineConfig({
  test: {
    projects: [
      { test: { name: 'unit', include: ['tests/unit/**/*.test.ts'], environment: 'node' } },
      {
        // The content script's modules in a page of a real browser, without the extension.
        resolve: {
          alias: { 'webextension-polyfill': resolve('tests/dom/harness/fake-extension.ts') },
        },
        // Found beforehand, so that no test's page is loaded again in the middle.
        optimizeDeps: {
          include: ['axe-core', 'valibot', 'preact', 'preact/hooks', 'preact/jsx-dev-runtime'],
        },
        oxc: { jsx: { importSource: 'preact' } },
        test: {
          name: 'dom',
          include: ['tests/dom/**/*.test.ts'],
          setupFiles: ['tests/dom/harness/setup.ts'],
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: puppeteerProvider(),
            commands: { ...pointerCommands, ...treeCommands },
            viewport: { width: 800, height: 600 },
            instances: [{ browser: 'chromium' }],
          },
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['tests/e2e/**/*.test.ts'],
          exclude: [...configDefaults.exclude, ...notHere],
          environment: 'node',
          globalSetup: ['tests/e2e/harness/global-setup.ts'],
          // A file waits for its browser most of the time: two go side by side on two cores.
          maxWorkers: 2,
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
