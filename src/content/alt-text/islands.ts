import { closest, contains } from '../dom';

/** What Astro's server rendered and its client has yet to take over, when it comes into view for instance. */
const ISLAND = 'astro-island[ssr]';
/** Frameworks compare in a task of their own, soon after the island says that it is taken over. */
const SOON_MS = 1000;
/** An island that nobody takes over, far below perhaps, is waited for no longer than this. */
const LIMIT_MS = 30_000;

/**
 * Which images stand in an island that a framework has yet to take over, comparing every attribute: the
 * whole page's rest tells nothing of that.
 * @param onTakenOver is told each image that was waiting, once there is nothing to wait for
 * @returns does this image wait?
 */
export function watchIslands(
  signal: AbortSignal,
  onTakenOver: (image: Element) => void,
): (image: Element) => boolean {
  const waiting = new Map<Element, Set<Element>>();
  const past = new WeakSet<Element>();
  const changes = new MutationObserver((records) => {
    for (const { target } of records) setTimeout(end, SOON_MS, target);
  });
  signal.addEventListener('abort', () => {
    changes.disconnect();
    waiting.clear();
  });

  function end(island: Element): void {
    past.add(island);
    const images = waiting.get(island);
    waiting.delete(island);
    images?.forEach(onTakenOver);
  }

  return (image) => {
    // For a moment after it was taken over it is not marked any more.
    const asked = [...waiting.keys()].find((one) => contains(one, image));
    const island = asked ?? closest(image, ISLAND);
    if (island === null || past.has(island) || signal.aborted) return false;
    const images = waiting.get(island);
    if (images === undefined) {
      waiting.set(island, new Set([image]));
      changes.observe(island, { attributeFilter: ['ssr'] });
      setTimeout(end, LIMIT_MS, island);
    } else images.add(image);
    return true;
  };
}
