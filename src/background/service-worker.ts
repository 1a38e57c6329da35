/**
 * The service worker in Chrome. Every listener is registered in this first turn; waiting happens inside.
 * Not named index.ts: crxjs finds a built entry by its base name, and took the content script's.
 */
import { createChromeHost } from './host/chrome';
import { startBackground } from './start';

startBackground(createChromeHost());
