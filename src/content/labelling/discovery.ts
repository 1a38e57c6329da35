import {
  addListener,
  closest,
  contains,
  createTreeWalker,
  documentElementOf,
  getAttribute,
  isConnected,
  localNameOf,
  matches,
  parentElementOf,
  query,
  shadowRootOf,
} from '../dom';
import { PICTURE_SELECTOR, picturesOf } from '../find/picture';
import { isOwn } from '../layer';
import { runFor, type IdleSlices } from './idle-slices';

/** New nodes are looked at in the turn they come, this long at most: their labels are then there sooner. */
const AT_ONCE_MS = 3;
/** After a look at what a style change may have changed, this many times its cost is left to the page. */
const REST_FACTOR = 30;

/** Never drawn, or drawn by their parents alone. */
const IGNORED = 'head, script, style, template, noscript, br, wbr, option, source, track, area';
/** What of a style attribute may uncover or replace pictures below the element, not only move them. */
const UNCOVERING = /display|visibility|background|content/;

const WATCHED_ATTRIBUTES = [
  ...['src', 'srcset', 'sizes', 'media', 'type', 'poster', 'data', 'href'],
  ...['style', 'class', 'hidden', 'alt', 'role', 'aria-hidden', 'open'],
];
const STYLING: ReadonlySet<string> = new Set(['style', 'class', 'hidden', 'open']);
const NAMING: ReadonlySet<string> = new Set(['alt', 'role', 'aria-hidden']);

export interface DiscoveryEvents {
  /** An element shows a picture, or may soon; also told again when it may have changed. */
  onFound: (element: Element) => void;
  /** Its source was changed by the page: what was known of it is old from now on. */
  onSourceChanged: (element: Element) => void;
  /** It was loaded, or failed to. */
  onLoaded: (element: Element) => void;
  /** The drawing inside an inline SVG was changed. */
  onRedrawn: (svg: Element) => void;
  /** Elements left the page. */
  onRemoved: () => void;
  /** Something that was seen may have moved, been hidden or uncovered. */
  onMoved: (isRestyled: boolean) => void;
  /** Something moves by itself from now on. */
  onMoving: () => void;
  /** Another element was put above the page: dialog, popover, fullscreen. */
  onTopLayer: () => void;
}

/** The image that a source element decides about; else the element itself. */
function concerned(element: Element): Element | null {
  if (!(element instanceof HTMLSourceElement)) return element;
  const around = parentElementOf(element);
  return around === null ? null : query(around, ':scope > img');
}

function mayHoldShadow(element: Element): boolean {
  const localName = localNameOf(element);
  return (
    localName.includes('-') ||
    /^(article|aside|blockquote|body|div|footer|h[1-6]|header|main|nav|p|section|span)$/.test(
      localName,
    )
  );
}

/**
 * Finds every element of this frame that shows a picture, in all shadow roots, and follows the page's
 * changes. Walks and style look-ups go in idle slices.
 *
 * A shadow root that a script attaches later makes no event. Elements with a custom name are looked at
 * again when their size changes, when a script was loaded, and with every change of the page.
 */
export function discover(slices: IdleSlices, events: DiscoveryEvents, signal: AbortSignal): void {
  const roots = new WeakSet<Node>();
  const bareHosts = new Set<Element>();
  const restyled = new Set<Element>();
  let isCheckingHosts = false;
  let restUntil = 0;
  let restTimer: ReturnType<typeof setTimeout> | undefined;

  const mutations = new MutationObserver(onMutations);
  const hostSizes = new ResizeObserver(checkHosts);
  signal.addEventListener('abort', () => {
    mutations.disconnect();
    hostSizes.disconnect();
    clearTimeout(restTimer);
  });

  function openRoot(root: Document | ShadowRoot): void {
    if (roots.has(root)) return;
    roots.add(root);
    mutations.observe(root, {
      childList: true,
      subtree: true,
      attributeFilter: WATCHED_ATTRIBUTES,
      attributeOldValue: true,
    });
    const listen = (types: string[], listener: (event: Event) => void) => {
      // Most of these neither bubble nor leave their shadow tree: each root has its own.
      for (const type of types) {
        addListener(root, type, listener, { capture: true, passive: true, signal });
      }
    };
    listen(['load', 'error'], onLoad);
    listen(['loadstart', 'emptied', 'playing', 'seeked'], ({ target }) => {
      if (target instanceof HTMLVideoElement) events.onSourceChanged(target);
    });
    listen(['scroll', 'transitionend', 'animationend', 'animationiteration'], ({ type }) => {
      events.onMoved(type !== 'scroll');
    });
    listen(['transitionrun', 'animationstart'], events.onMoving);
    listen(['toggle', 'fullscreenchange'], ({ target }) => {
      if (target instanceof Element && isOwn(target)) return;
      events.onTopLayer();
    });
    slices.add(walk(root));
  }

  function onLoad({ target, type }: Event): void {
    if (target instanceof HTMLLinkElement || target instanceof HTMLStyleElement) {
      restyle(documentElementOf(document));
    } else if (target instanceof HTMLScriptElement) {
      checkHosts();
    } else if (
      target instanceof Element &&
      (type === 'load' || target instanceof HTMLImageElement)
    ) {
      events.onLoaded(target);
    }
  }

  function* walk(top: Node): Generator<undefined, undefined> {
    if (top instanceof Element && visit(top)) return;
    const walker = createTreeWalker(document, top, NodeFilter.SHOW_ELEMENT);
    let at = walker.nextNode();
    while (at instanceof Element) {
      const isClosed = visit(at);
      yield;
      at = isClosed ? nextOutside(walker) : walker.nextNode();
    }
  }

  /** @returns whether nothing below it is to be looked at */
  function visit(element: Element): boolean {
    if (matches(element, IGNORED) || isOwn(element)) return true;
    if (element instanceof SVGElement) return visitSvg(element);
    if (matches(element, PICTURE_SELECTOR) || picturesOf(element).length > 0) {
      events.onFound(element);
    }
    if (mayHoldShadow(element)) visitHost(element);
    return false;
  }

  /** An SVG that only frames other pictures is none itself; shapes are no elements of interest. */
  function visitSvg(element: SVGElement): boolean {
    const svg = element.closest('svg');
    const images = svg?.querySelectorAll('image') ?? [];
    for (const image of images) events.onFound(image);
    const around = svg === null ? null : parentElementOf(svg);
    const isInner = around !== null && closest(around, 'svg') !== null;
    if (svg !== null && images.length === 0 && !isInner) {
      events.onFound(svg);
    }
    return true;
  }

  function visitHost(element: Element): void {
    const root = shadowRootOf(element);
    if (root !== null) {
      bareHosts.delete(element);
      openRoot(root);
    } else if (localNameOf(element).includes('-') && !bareHosts.has(element)) {
      bareHosts.add(element);
      hostSizes.observe(element);
    }
  }

  function* lookAtHosts(): Generator<undefined, undefined> {
    for (const host of bareHosts) {
      if (isConnected(host)) visitHost(host);
      else bareHosts.delete(host);
      if (!bareHosts.has(host)) hostSizes.unobserve(host);
      yield;
    }
    isCheckingHosts = false;
  }

  function checkHosts(): void {
    if (isCheckingHosts || bareHosts.size === 0) return;
    isCheckingHosts = true;
    slices.add(lookAtHosts());
  }

  /** Backgrounds come and go with styles: the element and what is below it are looked at again, sparingly. */
  function restyle(element: Element): void {
    restyled.add(element);
    if (restTimer !== undefined) return;
    restTimer = setTimeout(
      () => {
        slices.add(lookAtRestyled());
      },
      Math.max(0, restUntil - performance.now()),
    );
  }

  function* lookAtRestyled(): Generator<undefined, undefined> {
    const elements = [...restyled];
    restyled.clear();
    restTimer = undefined;
    let cost = 0;
    for (const element of elements) {
      // Part of one that is looked at anyway.
      if (
        !isConnected(element) ||
        elements.some((other) => other !== element && contains(other, element))
      )
        continue;
      const steps = walk(element);
      for (;;) {
        const start = performance.now();
        const { done } = steps.next();
        cost += performance.now() - start;
        if (done === true) break;
        yield;
      }
    }
    restUntil = performance.now() + cost * REST_FACTOR;
  }

  function onMutations(records: MutationRecord[]): void {
    const added: Iterator<unknown, unknown>[] = [];
    let isRestyled = false;
    let isRemoved = false;
    for (const { type, target, attributeName, oldValue, addedNodes, removedNodes } of records) {
      if (!(target instanceof Element || target instanceof ShadowRoot || target === document))
        continue;
      if (type === 'childList') {
        isRemoved ||= removedNodes.length > 0;
        for (const node of addedNodes) {
          if (node instanceof Element && isConnected(node)) added.push(walk(node));
          const image = node instanceof Element ? concerned(node) : null;
          if (image !== null && image !== node) events.onSourceChanged(image);
        }
        const svg = target instanceof SVGElement ? target.closest('svg') : null;
        if (svg !== null) events.onRedrawn(svg);
      } else if (target instanceof Element && attributeName !== null) {
        // Pages that write the same value again change nothing.
        const value = getAttribute(target, attributeName);
        if (value === oldValue) continue;
        isRestyled ||= STYLING.has(attributeName);
        onAttribute(target, attributeName, `${oldValue ?? ''} ${value ?? ''}`);
      }
    }
    if (isRemoved) events.onRemoved();
    runFor(AT_ONCE_MS, added);
    added.forEach(slices.add);
    checkHosts();
    events.onMoved(isRestyled);
  }

  function onAttribute(element: Element, name: string, values: string): void {
    if (isOwn(element)) return;
    if (!STYLING.has(name) && !NAMING.has(name)) {
      const image = concerned(element);
      if (image !== null) events.onSourceChanged(image);
    } else if (name !== 'style' || UNCOVERING.test(values)) {
      restyle(element);
    }
  }

  openRoot(document);
}

function nextOutside(walker: TreeWalker): Node | null {
  for (;;) {
    const sibling = walker.nextSibling();
    if (sibling !== null) return sibling;
    if (walker.parentNode() === null || walker.currentNode === walker.root) return null;
  }
}
