import { addListener, readyStateOf } from '../dom';
import { isOwn } from '../layer';

/** A page on which so long nothing was changed and no script came is not being taken over. */
const QUIET_MS = 3000;
/** So long after its load a page that never rests is taken as it is. */
const LIMIT_MS = 10_000;
/** A page whose load never ends is waited for no longer. */
const LOAD_LIMIT_MS = 15_000;

export interface CalmTimes {
  quietMs: number;
  limitMs: number;
}

/** When the page was loaded, as `performance.now()` tells time; null where it is not, or where that is not known. */
function loadedAt(): number | null {
  const [navigation] = performance.getEntriesByType('navigation');
  const end = (navigation as PerformanceNavigationTiming | undefined)?.loadEventEnd ?? 0;
  return readyStateOf(document) === 'complete' && end > 0 ? end : null;
}

async function loaded(signal: AbortSignal): Promise<number> {
  const known = loadedAt();
  if (known !== null) return known;
  if (readyStateOf(document) !== 'complete') {
    await new Promise((resolve) => {
      window.addEventListener('load', resolve, { once: true, signal });
      setTimeout(resolve, LOAD_LIMIT_MS);
    });
  }
  return performance.now();
}

/**
 * Resolves when nothing has happened on a loaded page for a while. A framework that takes over what its
 * server rendered (React's hydration) compares every attribute, and reports one that is not the server's:
 * so nothing may be written before. What it does leaves no mark that another script sees.
 * @param since when the page was loaded, as `performance.now()` tells time
 */
export async function quietSince(
  since: number,
  signal: AbortSignal,
  { quietMs, limitMs }: CalmTimes = { quietMs: QUIET_MS, limitMs: LIMIT_MS },
): Promise<void> {
  let changedAt = since;
  const coming = new Set<EventTarget>();
  const note = () => {
    changedAt = performance.now();
  };
  const changes = new MutationObserver((records) => {
    for (const { addedNodes, removedNodes, target } of records) {
      const moved = [...addedNodes, ...removedNodes];
      if (target instanceof Element && isOwn(target)) continue;
      if (moved.length > 0 && moved.every((node) => node instanceof Element && isOwn(node)))
        continue;
      note();
      for (const node of addedNodes) {
        if (node instanceof HTMLScriptElement && node.src !== '') coming.add(node);
      }
    }
  });
  changes.observe(document, {
    ...{ childList: true, subtree: true, attributes: true, characterData: true },
  });
  const over = new AbortController();
  const options = { capture: true, signal: AbortSignal.any([signal, over.signal]) };
  for (const type of ['load', 'error']) {
    addListener(
      document,
      type,
      ({ target }) => {
        if (target !== null && coming.delete(target)) note();
      },
      options,
    );
  }
  while (!signal.aborted) {
    const now = performance.now();
    const quietAt = coming.size > 0 ? Infinity : changedAt + quietMs;
    const wait = Math.min(quietAt, since + limitMs) - now;
    if (wait <= 0) break;
    await new Promise((resolve) => setTimeout(resolve, Math.min(wait, quietMs)));
  }
  changes.disconnect();
  over.abort();
}

/** Resolves when alt texts may be written on the page: it is loaded, and nobody is taking it over. */
export async function untilCalm(signal: AbortSignal): Promise<void> {
  await quietSince(await loaded(signal), signal);
}
