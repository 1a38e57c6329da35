/**
 * What `webextension-polyfill` is from Chrome 148 on, the oldest that Alt Lens runs in: the browser's own
 * `browser`, promises and all (https://developer.chrome.com/docs/extensions/develop/concepts/browser-namespace).
 * The build puts this file in its place, so that no page pays for the 10 kB that would do nothing.
 */
import type Browser from 'webextension-polyfill';

export default (globalThis as unknown as { browser: typeof Browser }).browser;
