/** Finds a browser that can run the extension, or gets one, or says what to install. */
import { existsSync } from 'node:fs';
import { access, constants } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

import puppeteer from 'puppeteer';

import { runCommand } from './browser/run-command';
import { usualBrowserPlaces } from './browser/usual-places';
import { MINIMUM_CHROMIUM_MAJOR, MINIMUM_FIREFOX_MAJOR, type Target } from '../manifest/targets';
import { ScriptError } from '../node/script-error';

export interface InstalledBrowser {
  /** Absolute path of the program. */
  path: string;
  /** Like `Chromium 156.0.8078.79`. */
  version: string;
  major: number;
}

/** How the browsers of a target are found and got. */
interface Kind {
  /** Which browsers do. */
  names: string;
  /** The variable that names a program. */
  variable: string;
  minimumMajor: number;
  puppeteerName: 'chrome' | 'firefox';
  debianPackage: string;
}

const KINDS: Record<Target, Kind> = {
  chromium: {
    names: 'Chrome, Chromium or Edge',
    variable: 'CHROME_PATH',
    minimumMajor: MINIMUM_CHROMIUM_MAJOR,
    puppeteerName: 'chrome',
    debianPackage: 'chromium',
  },
  firefox: {
    names: 'Firefox',
    variable: 'FIREFOX_PATH',
    minimumMajor: MINIMUM_FIREFOX_MAJOR,
    puppeteerName: 'firefox',
    debianPackage: 'firefox-esr',
  },
};

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

async function fromEnvironment(path: string, kind: Kind): Promise<InstalledBrowser> {
  const { names, variable, minimumMajor } = kind;
  if (!(await canRun(path))) {
    throw new ScriptError(
      'browser-not-found',
      `${variable} is ${path}, which is not a program. Point it at ${names}, or unset it.`,
    );
  }
  const found = await readVersion(path);
  if (found === null) {
    throw new ScriptError(
      'browser-not-found',
      `${variable} is ${path}, which does not tell a browser version. Point it at ${names}, or unset it.`,
    );
  }
  if (found.major < minimumMajor) throw tooOld([found], kind);
  return found;
}

function tooOld(found: readonly InstalledBrowser[], kind: Kind): ScriptError {
  const list = found.map(({ version, path }) => `${version} (${path})`).join(', ');
  return new ScriptError(
    'browser-too-old',
    `Alt Lens needs version ${kind.minimumMajor} or newer of ${kind.names}. Found: ${list}. Update it, or set ${kind.variable} to a newer one.`,
  );
}

interface Found {
  found: InstalledBrowser | null;
  old: InstalledBrowser[];
}

/** Looks without installing: the variable, the usual places, what puppeteer has downloaded before. */
async function look(target: Target): Promise<Found> {
  const kind = KINDS[target];
  const fixed = process.env[kind.variable];
  if (fixed !== undefined && fixed !== '') {
    return { found: await fromEnvironment(fixed, kind), old: [] };
  }
  const places = usualBrowserPlaces(process.platform, process.env, target);
  try {
    places.push(puppeteer.executablePath({ browser: kind.puppeteerName }));
  } catch {
    // Nothing was downloaded yet.
  }
  const old: InstalledBrowser[] = [];
  for (const place of places) {
    if (!existsSync(place) || !(await canRun(place))) continue;
    const browser = await readVersion(place);
    if (browser === null) continue;
    if (browser.major >= kind.minimumMajor) return { found: browser, old };
    old.push(browser);
  }
  return { found: null, old };
}

async function download({ puppeteerName }: Kind): Promise<void> {
  const require = createRequire(import.meta.url);
  let packageFolder: string;
  try {
    packageFolder = dirname(require.resolve('puppeteer/package.json'));
  } catch {
    return; // The npm package is without it.
  }
  const cli = join(packageFolder, 'lib/cjs/puppeteer/node/cli.js');
  await runCommand(process.execPath, [cli, 'browsers', 'install', puppeteerName], {
    limitMs: DOWNLOAD_LIMIT_MS,
    silenceMs: SILENCE_LIMIT_MS,
    echo: process.stderr,
  });
}

async function installOnDebian({ debianPackage }: Kind): Promise<void> {
  const limits = { limitMs: INSTALL_LIMIT_MS, silenceMs: SILENCE_LIMIT_MS, echo: process.stderr };
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const update = await runCommand('apt-get', ['update'], { ...limits, env });
  if (update.code !== 0) return;
  await runCommand('apt-get', ['install', '-y', '--no-install-recommends', debianPackage], {
    ...limits,
    env,
  });
}

/**
 * An installed browser of at least the manifest's version: `CHROME_PATH` or `FIREFOX_PATH`, else the usual
 * places, else puppeteer's download, else (Debian, as root) `apt-get install`. Progress goes to stderr;
 * every step has a time limit.
 * @throws ScriptError `browser-not-found` or `browser-too-old`, with what to do.
 */
export async function ensureBrowser(target: Target = 'chromium'): Promise<InstalledBrowser> {
  const kind = KINDS[target];
  let { found, old } = await look(target);
  if (found !== null) return found;
  process.stderr.write(`No ${kind.names} that is new enough: downloading one…\n`);
  await download(kind);
  ({ found, old } = await look(target));
  if (found !== null) return found;
  if (existsSync('/etc/debian_version') && process.getuid?.() === 0) {
    process.stderr.write(
      `The download did not work: installing ${kind.debianPackage} with apt-get…\n`,
    );
    await installOnDebian(kind);
    ({ found, old } = await look(target));
    if (found !== null) return found;
  }
  if (old.length > 0) throw tooOld(old, kind);
  throw new ScriptError(
    'browser-not-found',
    `No browser found. Install ${kind.names}, version ${kind.minimumMajor} or newer (on Debian: apt-get install ${kind.debianPackage}), or set ${kind.variable} to one.`,
  );
}
