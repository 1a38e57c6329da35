import { expect, test } from 'vitest';

import { usualBrowserPlaces } from '../../../../../scripts/drive/browser/usual-places';

test('on Linux every folder of the PATH is searched, Chrome before Chromium before Edge', () => {
  const places = usualBrowserPlaces('linux', { PATH: '/a:/b:relative' });
  expect(places).toContain('/a/google-chrome');
  expect(places.some((place) => place.startsWith('relative'))).toBe(false);
  expect(places.indexOf('/b/google-chrome')).toBeLessThan(places.indexOf('/a/chromium'));
  expect(places.indexOf('/b/chromium')).toBeLessThan(places.indexOf('/a/microsoft-edge'));
  expect(new Set(places).size).toBe(places.length);
});

test('on macOS the applications of all users and of this one are searched', () => {
  const places = usualBrowserPlaces('darwin', { HOME: '/Users/ada' });
  expect(places).toContain('/Applications/Chromium.app/Contents/MacOS/Chromium');
  expect(places).toContain(
    '/Users/ada/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  );
});

test('on Windows the program folders that the environment names are searched', () => {
  const places = usualBrowserPlaces('win32', {
    PROGRAMFILES: 'C:\\Program Files',
    LOCALAPPDATA: 'C:\\Users\\ada\\AppData\\Local',
  });
  expect(places).toContain('C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe');
  expect(places).toContain(
    'C:\\Users\\ada\\AppData\\Local\\Microsoft\\Edge\\Application\\msedge.exe',
  );
  expect(places).toHaveLength(6);
});
