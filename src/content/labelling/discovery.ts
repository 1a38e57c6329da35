import {
  addListener,
  closest,
  documentElementOf,
  hasAttribute,
  isDrawn,
  localNameOf,
  matches,
  parentElementOf,
} from '../dom';
import { PICTURE_SELECTOR, picturesOf } from '../find/picture';
import { areStylesLong } from '../find/read-styles';
import { isOwn } from '../layer';
import { createBareHosts } from './bare-hosts';
import { runFor, type IdleSlices } from './idle-slices';
import { createLateFrames } from './late-frames';
import { createOwnStyles } from './own-styles';
import { isSheet, readChanges, WATCHED_ATTRIBUTES, type ChangeEvents } from './page-changes';
import { createRestyle } from './restyling';
import { walk } from './walk';

/** New nodes are looked at in the turn they come, this long at most: their labels are then there sooner. */
const AT_ONCE_MS = 3;
/** Never drawn, or drawn by their parents alone. */
const IGNORED =
  'head, script, style, template, br, wbr, source, track, area, option:not(:has(> *))';

function isIgnored(element: Element): boolean {
  // Drawn where no script runs: in the frames of mail readers.
  return matches(element, IGNORED) || (localNameOf(element) === 'noscript' && !isDrawn(element));
}

export interface DiscoveryEvents extends ChangeEvents {
  /** An element shows a picture, or may soon; also told again when it may have changed. */
  onFound: (element: Element) => void;
  /** It was loaded, or failed to. */
  onLoaded: (element: Element) => void;
  /** Elements left the page, or all of it did. */
  onRemoved: (isRewritten: boolean) => void;
  /** Something that was seen may have moved, been hidden or uncovered. */
  onMoved: (isRestyled: boolean) => void;
  /** Something moves by itself from now on. */
  onMoving: () => void;
  /** Another element was put above the page: dialog, popover, fullscreen. */
  onTopLayer: () => void;
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

/** Pictures of HTML in a drawing. */
const FOREIGN = 'foreignObject :is(img, canvas, video)';
/** What is drawn only where something else shows it. */
const BORROWED = 'symbol, defs, pattern, mask, clipPath, marker';

function drawnImages(svg: SVGSVGElement): SVGImageElement[] {
  return [...svg.querySelectorAll('image')].filter((image) => closest(image, BORROWED) === null);
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
  const styled = new WeakSet<Element>();
  const mutations = new MutationObserver(onMutations);
  const hosts = createBareHosts(slices, openRoot, signal);
  const look = (top: Node) => walk(top, visit);
  const enterFrames = createLateFrames(signal);
  const restyle = createRestyle(slices, look, signal);
  const onMoved = () => {
    events.onMoved(true);
  };
  const ownStyles = createOwnStyles(restyle, onMoved, signal);
  signal.addEventListener('abort', () => {
    mutations.disconnect();
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
    ownStyles.watch(root);
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
    // A box that is checked decides what is shown beside it; no attribute tells.
    listen(['change'], restylePage);
    slices.add(look(root));
  }

  function restylePage(): void {
    restyle(documentElementOf(document));
    // What is in shadow roots is not below the page's root.
    onMoved();
  }

  function onLoad({ target, type }: Event): void {
    if (target instanceof Element && isSheet(target)) {
      restylePage();
    } else if (target instanceof HTMLScriptElement) {
      hosts.check();
    } else if (target instanceof Element && /^i?frame$/.test(localNameOf(target))) {
      enterFrames();
    } else if (
      target instanceof Element &&
      (type === 'load' || target instanceof HTMLImageElement)
    ) {
      events.onLoaded(target);
    }
  }

  /** @returns whether nothing below it is to be looked at */
  function visit(element: Element): boolean {
    if (isIgnored(element) || isOwn(element)) return true;
    if (hasAttribute(element, 'style')) ownStyles.note(element);
    if (element instanceof SVGElement) return visitSvg(element);
    // Also told of one that has lost its background.
    if (
      matches(element, PICTURE_SELECTOR) ||
      picturesOf(element).length > 0 ||
      styled.has(element)
    ) {
      styled.add(element);
      events.onFound(element);
    }
    if (mayHoldShadow(element)) hosts.visit(element);
    return false;
  }

  /** An SVG that only frames other pictures is none itself; shapes are no elements of interest. */
  function visitSvg(element: SVGElement): boolean {
    const svg = element.closest('svg');
    if (svg === null) return true;
    const images = drawnImages(svg);
    images.forEach(events.onFound);
    // HTML in a drawing is a page of its own.
    for (const page of svg.querySelectorAll('foreignObject > *')) slices.add(look(page));
    const isFrame = images.length > 0 || svg.querySelector(FOREIGN) !== null;
    const around = parentElementOf(svg);
    const isInner = around !== null && closest(around, 'svg') !== null;
    if (!isFrame && !isInner) events.onFound(svg);
    return true;
  }

  function onMutations(records: MutationRecord[]): void {
    const { added, isRestyled, isRemoved, isRewritten } = readChanges(records, events, restyle);
    if (isRemoved) events.onRemoved(isRewritten);
    const looks = added.map(look);
    if (!areStylesLong()) runFor(AT_ONCE_MS, looks);
    looks.forEach(slices.add);
    hosts.check();
    events.onMoved(isRestyled);
  }

  openRoot(document);
  // Rules for media: the size of the page, its pixels, light and dark.
  const options = { passive: true, signal };
  window.addEventListener('resize', restylePage, options);
  window.addEventListener('hashchange', restylePage, options);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', restylePage, options);
}
