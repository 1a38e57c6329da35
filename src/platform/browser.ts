/**
 * The browser's extension interface, with promises: the browser's own `browser` where there is one (Chrome
 * from 148 on, https://developer.chrome.com/docs/extensions/develop/concepts/browser-namespace), else what
 * `webextension-polyfill` makes of `chrome`. A build for browsers that all have their own leaves the polyfill
 * out (vite.config.ts): no page pays for 10 kB that would do nothing.
 */
import polyfill, { type Browser } from 'webextension-polyfill';

export type { Menus, Runtime, Tabs } from 'webextension-polyfill';

export const browser = (globalThis as unknown as { browser?: Browser }).browser ?? polyfill;
