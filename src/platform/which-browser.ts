import { browser } from './browser';

/** Is this Firefox? Its extensions' addresses tell, whatever it calls itself to pages. */
export function isFirefox(): boolean {
  return browser.runtime.getURL('').startsWith('moz-');
}
