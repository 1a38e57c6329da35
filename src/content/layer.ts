import {
  append,
  createHtml,
  documentElementOf,
  queryAll,
  shadowRootOf,
  viewOf,
  zoomOf,
} from './dom';

export type LayerName = 'card' | 'labels' | 'ring' | 'texts' | 'voice';

/**
 * What stands in the page for one surface of ours: a host with a closed shadow root, in the top layer.
 * The host is a plain element that no page can define; ours is told from the page's by reference.
 */
export interface Layer {
  readonly host: HTMLDivElement;
  readonly root: ShadowRoot;
  /** Puts the host into the page, on top of everything; once more where the page took it away. */
  attach: (mount?: Element) => void;
  /** Drawn at a scale of 1 where all around is drawn at this one, by CSS `zoom`. */
  fit: (zoom: number) => void;
  /** On top of what was put above the page since. */
  raise: () => void;
  /** Nothing is left in the page. */
  remove: () => void;
}

/** Tests and leftovers are found by it; a page that reads or writes it reaches nothing. */
const MARK = 'data-alt-lens-host';
const HOSTS = Symbol.for('alt-lens-hosts');

/** The hosts in a window's document, whichever of our scripts put them there: in our own world of it. */
function hostsIn(view: object): Set<Element> {
  const world = view as { [HOSTS]?: Set<Element> | undefined };
  world[HOSTS] ??= new Set();
  return world[HOSTS];
}

/**
 * A host that is not in the page yet.
 * @param isOnTop in the top layer; else an element among others, which must not be seen
 */
export function createLayer(
  name: LayerName,
  styles: string,
  { view = window, isOnTop = true }: { view?: Window & typeof globalThis; isOnTop?: boolean } = {},
): Layer {
  const { document: page } = view;
  const host = createHtml('div', page);
  host.setAttribute(MARK, name);
  const root = host.attachShadow({ mode: 'closed' });
  // A sheet belongs to the document of the window that made it.
  const sheet = new view.CSSStyleSheet();
  sheet.replaceSync(styles);
  root.adoptedStyleSheets = [sheet];
  let zoomAround = 1;
  const fit = (zoom: number) => {
    if (zoom === zoomAround) return;
    zoomAround = zoom;
    sheet.replaceSync(`${styles}:host{zoom:${1 / zoom}!important}`);
  };
  if (isOnTop) host.popover = 'manual';
  const hosts = hostsIn(view);
  return {
    ...{ host, root, fit },
    attach: (mount = documentElementOf(page)) => {
      fit(zoomOf(mount));
      hosts.add(host);
      append(mount, host);
      if (isOnTop) host.showPopover();
    },
    raise: () => {
      host.hidePopover();
      host.showPopover();
    },
    remove: () => {
      host.remove();
      hosts.delete(host);
    },
  };
}

const hostsHere = hostsIn(window);

/** Is the element of this document a host of ours? */
export function isOwn(element: Element): boolean {
  return hostsHere.has(element);
}

/** The hosts in these documents that draw something now. */
export function drawnHosts(pages: readonly Document[]): HTMLDivElement[] {
  return [...new Set(pages)].flatMap((page) => {
    const hosts = [...hostsIn(viewOf(page) ?? window)] as HTMLDivElement[];
    return hosts.filter((host) => host.isConnected && host.popover !== null && !host.hidden);
  });
}

/** Is the element, of whatever document within reach, a host of ours? */
export function isOwnIn(page: Document, element: Element): boolean {
  return hostsIn(viewOf(page) ?? window).has(element);
}

/** Removes the hosts that an older version of the extension left behind. */
export function removeLeftovers(name: LayerName, page: Document): void {
  for (const host of queryAll(page, `div[${MARK}=${name}]`)) {
    // An element of the page that only looks like one of ours has no root of its own to hide.
    if (!isOwnIn(page, host) && shadowRootOf(host) !== null) (host as HTMLDivElement).remove();
  }
}
