/**
 * The background: a service worker in Chrome, an event page in Firefox. Every listener is registered in this
 * first turn; waiting happens inside.
 * Not named index.ts: crxjs finds a built entry by its base name, and took the content script's.
 */
import { createChromeHost } from './host/chrome';
import { createFirefoxHost } from './host/firefox';
import { startBackground } from './start';

const isServiceWorker = 'ServiceWorkerGlobalScope' in globalThis;
startBackground(isServiceWorker ? createChromeHost() : createFirefoxHost());
