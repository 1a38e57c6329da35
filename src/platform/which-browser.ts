import { browser } from './browser';

let isMozilla: boolean | undefined;

/** Is this Firefox? Its extensions' addresses tell, whatever it calls itself to pages. */
export function isFirefox(): boolean {
  // Asked of each image.
  return (isMozilla ??= browser.runtime.getURL('').startsWith('moz-'));
}
