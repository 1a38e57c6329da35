/** Finds a Chrome, Chromium or Edge that can run the extension, or gets one, or says what to install. */
import { existsSync } from 'node:fs';
import { access, constants } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

import { executablePath as downloadedBrowserPath } from 'puppeteer';

import { runCommand } from './browser/run-command';
import { usualBrowserPlaces } from './browser/usual-places';
import { MINIMUM_CHROMIUM_MAJOR } from '../manifest/targets';
import { ScriptError } from '../node/script-error';

export interface InstalledBrowser {
  /** Absolute path of the program. */
  path: string;
  /** Like `Chromium 156.0.8078.79`. */
  version: string;
  major: number;
}

const VERSION_LIMIT_MS = 15_000; // a first start on a slow disk
const DOWNLOAD_LIMIT_MS = 10 * 60_000;
const INSTALL_LIMIT_MS = 10 * 60_000;
const SILENCE_LIMIT_MS = 90_000; // longer without a line means that the network is not there

/** The major version in what a browser says of itself, like `Google Chrome 148.0.7778.97`; null where there is none. */
export function majorVersion(text: string): number | null {
  const match = /(\d+)\.\d+\.\d+(?:\.\d+)?/.exec(text);
  return match?.[1] === undefined ? null : Number(match[1]);
}

async function readVersion(path: string): Promise<InstalledBrowser | null> {
  // On Windows `--version` opens a window instead of printing.
  const result =
    process.platform === 'win32'
      ? await runCommand(
          'powershell',
          [
            '-NoProfile',
            '-Command',
            `(Get-Item -LiteralPath '${path}').VersionInfo.ProductVersion`,
          ],
          { limitMs: VERSION_LIMIT_MS },
        )
      : await runCommand(path, ['--version'], { limitMs: VERSION_LIMIT_MS });
  const line = result.stdout.trim().split('\n').at(-1) ?? '';
  const major = majorVersion(line);
  return major === null ? null : { path, version: line.trim(), major };
}

async function canRun(path: string): Promise<boolean> {
  try {
    await access(path, process.platform === 'win32' ? constants.F_OK : constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

async function fromEnvironment(path: string): Promise<InstalledBrowser> {
  if (!(await canRun(path))) {
    throw new ScriptError(
      'browser-not-found',
      `CHROME_PATH is ${path}, which is not a program. Point it at Chrome, Chromium or Edge, or unset it.`,
    );
  }
  const found = await readVersion(path);
  if (found === null) {
    throw new ScriptError(
      'browser-not-found',
      `CHROME_PATH is ${path}, which does not tell a browser version. Point it at Chrome, Chromium or Edge, or unset it.`,
    );
  }
  if (found.major < MINIMUM_CHROMIUM_MAJOR) throw tooOld([found]);
  return found;
}

function tooOld(found: readonly InstalledBrowser[]): ScriptError {
  const list = found.map(({ version, path }) => `${version} (${path})`).join(', ');
  return new ScriptError(
    'browser-too-old',
    `Alt Lens needs version ${MINIMUM_CHROMIUM_MAJOR} or newer of Chrome, Chromium or Edge. Found: ${list}. Update it, or set CHROME_PATH to a newer one.`,
  );
}

/** Looks without installing: CHROME_PATH, the usual places, what puppeteer has downloaded before. */
async function look(): Promise<{ found: InstalledBrowser | null; old: InstalledBrowser[] }> {
  const fixed = process.env.CHROME_PATH;
  if (fixed !== undefined && fixed !== '') return { found: await fromEnvironment(fixed), old: [] };
  const places = usualBrowserPlaces(process.platform, process.env);
  try {
    places.push(downloadedBrowserPath());
  } catch {
    // Nothing was downloaded yet.
  }
  const old: InstalledBrowser[] = [];
  for (const place of places) {
    if (!existsSync(place) || !(await canRun(place))) continue;
    const browser = await readVersion(place);
    if (browser === null) continue;
    if (browser.major >= MINIMUM_CHROMIUM_MAJOR) return { found: browser, old };
    old.push(browser);
  }
  return { found: null, old };
}

async function download(): Promise<void> {
  const require = createRequire(import.meta.url);
  let packageFolder: string;
  try {
    packageFolder = dirname(require.resolve('puppeteer/package.json'));
  } catch {
    return; // The npm package is without it.
  }
  const cli = join(packageFolder, 'lib/cjs/puppeteer/node/cli.js');
  await runCommand(process.execPath, [cli, 'browsers', 'install', 'chrome'], {
    limitMs: DOWNLOAD_LIMIT_MS,
    silenceMs: SILENCE_LIMIT_MS,
    echo: process.stderr,
  });
}

async function installOnDebian(): Promise<void> {
  const limits = { limitMs: INSTALL_LIMIT_MS, silenceMs: SILENCE_LIMIT_MS, echo: process.stderr };
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const update = await runCommand('apt-get', ['update'], { ...limits, env });
  if (update.code !== 0) return;
  await runCommand('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], {
    ...limits,
    env,
  });
}

/**
 * An installed browser of at least the manifest's version: `CHROME_PATH`, else the usual places,
 * else puppeteer's download, else (Debian, as root) `apt-get install chromium`. Progress goes to
 * stderr; every step has a time limit.
 * @throws ScriptError `browser-not-found` or `browser-too-old`, with what to do.
 */
export async function ensureBrowser(): Promise<InstalledBrowser> {
  let { found, old } = await look();
  if (found !== null) return found;
  process.stderr.write('No Chrome, Chromium or Edge that is new enough: downloading one…\n');
  await download();
  ({ found, old } = await look());
  if (found !== null) return found;
  if (existsSync('/etc/debian_version') && process.getuid?.() === 0) {
    process.stderr.write('The download did not work: installing chromium with apt-get…\n');
    await installOnDebian();
    ({ found, old } = await look());
    if (found !== null) return found;
  }
  if (old.length > 0) throw tooOld(old);
  throw new ScriptError(
    'browser-not-found',
    `No browser found. Install Chrome, Chromium or Edge, version ${MINIMUM_CHROMIUM_MAJOR} or newer (on Debian: apt-get install chromium), or set CHROME_PATH to one.`,
  );
}
