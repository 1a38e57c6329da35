import { posix, win32 } from 'node:path';

import type { Target } from '../../manifest/targets';

/** The browsers of a target, best first. */
interface Places {
  /** Programs looked up on the PATH. */
  names: readonly string[];
  macApplications: readonly string[];
  windowsPrograms: readonly string[];
  /** Elsewhere on Linux. */
  elsewhere: readonly string[];
}

const PLACES: Record<Target, Places> = {
  chromium: {
    names: [
      'google-chrome-stable',
      'google-chrome',
      'chrome',
      'chromium',
      'chromium-browser',
      'microsoft-edge-stable',
      'microsoft-edge',
    ],
    macApplications: [
      'Google Chrome.app/Contents/MacOS/Google Chrome',
      'Chromium.app/Contents/MacOS/Chromium',
      'Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
    ],
    windowsPrograms: [
      'Google\\Chrome\\Application\\chrome.exe',
      'Chromium\\Application\\chrome.exe',
      'Microsoft\\Edge\\Application\\msedge.exe',
    ],
    elsewhere: ['/opt/google/chrome/chrome', '/snap/bin/chromium', '/usr/lib/chromium/chromium'],
  },
  firefox: {
    names: ['firefox-esr', 'firefox'],
    macApplications: ['Firefox.app/Contents/MacOS/firefox'],
    windowsPrograms: ['Mozilla Firefox\\firefox.exe'],
    elsewhere: ['/snap/bin/firefox', '/usr/lib/firefox-esr/firefox-esr', '/opt/firefox/firefox'],
  },
};

/**
 * Where the browsers of a target are usually installed, best first, for an operating system and its
 * environment. Absolute paths; none of them need exist.
 */
export function usualBrowserPlaces(
  platform: NodeJS.Platform,
  env: NodeJS.ProcessEnv,
  target: Target = 'chromium',
): string[] {
  const { names, macApplications, windowsPrograms, elsewhere } = PLACES[target];
  if (platform === 'win32') {
    const roots = [env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA];
    return roots
      .filter((root) => root !== undefined)
      .flatMap((root) => windowsPrograms.map((program) => win32.join(root, program)));
  }
  if (platform === 'darwin') {
    const roots = ['/Applications'];
    if (env.HOME !== undefined) roots.push(posix.join(env.HOME, 'Applications'));
    return roots.flatMap((root) => macApplications.map((app) => posix.join(root, app)));
  }
  const folders = (env.PATH ?? '').split(':').filter((folder) => folder.startsWith('/'));
  const onPath = names.flatMap((name) => folders.map((folder) => posix.join(folder, name)));
  return [...new Set([...onPath, ...elsewhere])];
}
