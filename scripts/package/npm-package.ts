/** The command-line form of Alt Lens as an npm package of its own: a program, and a build of the extension. */
import { chmod, cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { build } from 'vite';

import { PROJECT_ROOT } from '../node/project-root';

/** `puppeteer` without the browser that it would download when it is installed. */
const DRIVER = 'puppeteer-core';
/** What the program needs at run time. */
const DEPENDENCIES = [DRIVER, 'robots-parser'] as const;

const README = `# Alt Lens audit

Finds the images of web pages that have no alt text, or a weak one, and says what they may show: in a real
browser, on this machine; nothing is sent anywhere.

    npx alt-lens audit https://example.org --crawl 20 --html audit.html

\`npx alt-lens audit --help\` lists the options. It needs Chrome, Chromium or Edge 148 or newer, which it finds
where they usually are (or in \`CHROME_PATH\`).
`;

interface Manifest {
  version: string;
  license: string;
  engines: Record<string, string>;
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
}

async function bundleProgram(outDir: string): Promise<void> {
  await build({
    configFile: false,
    logLevel: 'error',
    root: PROJECT_ROOT,
    resolve: { alias: { puppeteer: DRIVER } },
    build: {
      ssr: join(PROJECT_ROOT, 'scripts/package/alt-lens.ts'),
      outDir,
      emptyOutDir: false,
      target: 'node20',
      rolldownOptions: {
        external: [...DEPENDENCIES, 'vite'],
        output: { entryFileNames: 'alt-lens.mjs', codeSplitting: false },
      },
    },
  });
  await chmod(join(outDir, 'alt-lens.mjs'), 0o755);
}

/**
 * Writes the package into an empty folder, ready for \`npm pack\`.
 * @param extensionDir the built extension
 */
export async function writeNpmPackage(outDir: string, extensionDir: string): Promise<void> {
  await rm(outDir, { recursive: true, force: true });
  await mkdir(outDir, { recursive: true });
  await bundleProgram(outDir);
  await cp(extensionDir, join(outDir, 'extension'), { recursive: true });
  for (const file of ['LICENSE', 'NOTICE']) {
    await cp(join(PROJECT_ROOT, file), join(outDir, file));
  }
  const manifest = JSON.parse(
    await readFile(join(PROJECT_ROOT, 'package.json'), 'utf8'),
  ) as Manifest;
  const versions: Record<string, string | undefined> = {
    ...manifest.devDependencies,
    ...manifest.dependencies,
  };
  // Of one release, always.
  versions[DRIVER] = versions.puppeteer;
  const { version, license, engines } = manifest;
  const published = {
    name: 'alt-lens',
    description: 'Audits the images of web pages on your own machine, and says what they may show.',
    ...{ version, license, type: 'module', engines },
    bin: { 'alt-lens': 'alt-lens.mjs' },
    files: ['alt-lens.mjs', 'extension', 'NOTICE'],
    dependencies: Object.fromEntries(DEPENDENCIES.map((name) => [name, versions[name]])),
  };
  await writeFile(join(outDir, 'package.json'), `${JSON.stringify(published, null, 2)}\n`);
  await writeFile(join(outDir, 'README.md'), README);
}
