import { createOneAtATime } from '../../core/one-at-a-time';
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

async function createDocument(): Promise<void> {
  await chrome.offscreen.createDocument({
    url: PAGE,
    reasons: [chrome.offscreen.Reason.WORKERS],
    justification: 'Runs the image model on several CPU cores while many images wait.',
  });
}

async function closeDocument(): Promise<void> {
  try {
    await chrome.offscreen.closeDocument();
  } catch {
    // There was none (any more).
  }
}

/** The document that is open, else a new one. @throws Error where the browser gives none */
async function openDocument(): Promise<Client> {
  const open = await findDocument();
  if (open !== undefined) return open;
  try {
    await createDocument();
  } catch {
    // One is there that does not show, or was on its way out: not more than one at a time.
    await closeDocument();
    await createDocument();
  }
  const created = await findDocument();
  if (created === undefined) throw new Error('The offscreen document is not there.');
  return created;
}

/** The pool's workers in an offscreen document. An extension has one such document at a time. */
export function createOffscreenHost(): PoolHost {
  /** A document that is closed while it is created would stay. */
  const inTurn = createOneAtATime();
  return {
    connect: (message, ports) =>
      inTurn(async () => {
        const document = await openDocument();
        document.postMessage(message, ports);
      }),
    close: () => inTurn(closeDocument),
  };
}
