import { posix, win32 } from 'node:path';

/** Programs looked up on the PATH, best first. */
const NAMES = [
  'google-chrome-stable',
  'google-chrome',
  'chrome',
  'chromium',
  'chromium-browser',
  'microsoft-edge-stable',
  'microsoft-edge',
];

const MAC_APPLICATIONS = [
  'Google Chrome.app/Contents/MacOS/Google Chrome',
  'Chromium.app/Contents/MacOS/Chromium',
  'Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
];

const WINDOWS_PROGRAMS = [
  'Google\\Chrome\\Application\\chrome.exe',
  'Chromium\\Application\\chrome.exe',
  'Microsoft\\Edge\\Application\\msedge.exe',
];

/**
 * Where Chrome, Chromium and Edge are usually installed, best first, for an operating system and its
 * environment. Absolute paths; none of them need exist.
 */
export function usualBrowserPlaces(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): string[] {
  if (platform === 'win32') {
    const roots = [env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA];
    return roots
      .filter((root) => root !== undefined)
      .flatMap((root) => WINDOWS_PROGRAMS.map((program) => win32.join(root, program)));
  }
  if (platform === 'darwin') {
    const roots = ['/Applications'];
    if (env.HOME !== undefined) roots.push(posix.join(env.HOME, 'Applications'));
    return roots.flatMap((root) => MAC_APPLICATIONS.map((app) => posix.join(root, app)));
  }
  const folders = (env.PATH ?? '').split(':').filter((folder) => folder.startsWith('/'));
  const onPath = NAMES.flatMap((name) => folders.map((folder) => posix.join(folder, name)));
  const elsewhere = [
    '/opt/google/chrome/chrome',
    '/snap/bin/chromium',
    '/usr/lib/chromium/chromium',
  ];
  return [...new Set([...onPath, ...elsewhere])];
}
