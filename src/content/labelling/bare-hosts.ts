import { isHere, localNameOf, shadowRootOf } from '../dom';
import type { IdleSlices } from './idle-slices';

/** Elements with a custom name that have no shadow root yet: a script that attaches one makes no event. */
export interface BareHosts {
  /** Opens the element's shadow root, or waits for one. */
  visit: (element: Element) => void;
  /** Looks at all that wait again, in idle slices. */
  check: () => void;
}

export function createBareHosts(
  slices: IdleSlices,
  openRoot: (root: ShadowRoot) => void,
  signal: AbortSignal,
): BareHosts {
  const bareHosts = new Set<Element>();
  let isChecking = false;
  const sizes = new ResizeObserver(check);
  signal.addEventListener('abort', () => {
    sizes.disconnect();
  });

  function visit(element: Element): void {
    const root = shadowRootOf(element);
    if (root !== null) {
      bareHosts.delete(element);
      openRoot(root);
    } else if (localNameOf(element).includes('-') && !bareHosts.has(element)) {
      bareHosts.add(element);
      sizes.observe(element);
    }
  }

  function* lookAgain(): Generator<undefined, undefined> {
    for (const host of bareHosts) {
      if (isHere(host)) visit(host);
      else bareHosts.delete(host);
      if (!bareHosts.has(host)) sizes.unobserve(host);
      yield;
    }
    isChecking = false;
  }

  function check(): void {
    if (isChecking || bareHosts.size === 0) return;
    isChecking = true;
    slices.add(lookAgain());
  }

  return { visit, check };
}
