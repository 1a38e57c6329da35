import type { PoolHost } from '../cpu-pool';

/** The built page, from the extension's root; vite.config.ts names it. */
const PAGE = 'src/pool/index.html';

declare const self: ServiceWorkerGlobalScope;

/** Has this browser offscreen documents? Firefox has none: its background page may start workers itself. */
export function hasOffscreenDocuments(): boolean {
  return typeof chrome !== 'undefined' && 'offscreen' in chrome;
}

async function findDocument(): Promise<Client | undefined> {
  const clients = await self.clients.matchAll({ includeUncontrolled: true, type: 'window' });
  return clients.find(({ url }) => new URL(url).pathname === `/${PAGE}`);
}

/** The pool's workers in an offscreen document. An extension has one such document at a time. */
export function createOffscreenHost(): PoolHost {
  return {
    async connect(message, ports) {
      let found = await findDocument();
      if (found === undefined) {
        await chrome.offscreen.createDocument({
          url: PAGE,
          reasons: [chrome.offscreen.Reason.WORKERS],
          justification: 'Runs the image model on several CPU cores while many images wait.',
        });
        found = await findDocument();
      }
      if (found === undefined) throw new Error('The offscreen document is not there.');
      found.postMessage(message, ports);
    },
    async close() {
      try {
        await chrome.offscreen.closeDocument();
      } catch {
        // There was none (any more).
      }
    },
  };
}
