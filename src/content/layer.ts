import { askWorker } from '../messages/client';
import type { FrameFields } from '../messages/frame-messages';
import {
  append,
  createHtml,
  documentElementOf,
  hasAttribute,
  isConnected,
  isDrawn,
  parentNodeOf,
  queryAll,
  removeAttribute,
  removeElement,
  shadowRootOf,
  viewOf,
  zoomOf,
} from './dom';
import type { Picture } from './find/picture';
import { composedAncestors } from './find/shadow-roots';
import { tieToExtension } from './tie';

export type LayerName = 'card' | 'labels' | 'ring' | 'texts' | 'voice';

/**
 * What stands in the page for one surface of ours: a host with a closed shadow root, and in that a stage
 * in the top layer. The host is a plain element that no page can define; ours is told from the page's by
 * reference. The stage is what is shown: events of its showing end in the root, and no page can prevent
 * or undo it.
 */
export interface Layer {
  readonly host: HTMLDivElement;
  readonly root: ShadowRoot;
  /** All that is seen goes in here. */
  readonly stage: HTMLDivElement;
  /** Adds styles to those that the layer was made with. */
  addStyles: (styles: string) => void;
  /** Puts the host into the page, on top of everything. */
  attach: (mount?: Element) => void;
  /** Drawn at a scale of 1 where all around is drawn at this one, by CSS `zoom`. */
  fit: (zoom: number) => void;
  /**
   * Puts right what the page has changed: host taken away, moved into something unseen, made inert or
   * silent. A document that is written anew takes everything away, and means us only where it answers at once.
   * @returns false from the fourth time on: the page means it, which the toolbar then says
   */
  keep: (isRewritten?: boolean) => boolean;
  /** On top of what was put above the page since. */
  raise: () => void;
  /** Nothing is left in the page. */
  remove: () => void;
}

/** Tests and leftovers are found by it; a page that reads or writes it reaches nothing. */
const MARK = 'data-alt-lens-host';
const HOSTS = Symbol.for('alt-lens-hosts');
/** A page that takes a surface away so often means it. */
const MAX_RETURNS = 3;
/** So soon after the last time a document that is written anew means it, too. */
const ANSWER_MS = 1000;
/** What a page could write on the host that reaches into the root past every style of ours. */
const SILENCING = ['inert', 'aria-hidden', 'role'];

/**
 * In a shadow root the inner `!important` wins over the page's, so no property of the page reaches ours.
 * The host makes no box, so that none of the page's can be laid upon it.
 */
const STAGE = `:host { all: initial !important; display: contents !important; }
.stage { all: initial; position: fixed; inset: 0 auto auto 0; display: block; }
.stage[hidden] { visibility: hidden; }
@media print { .stage { display: none; } }
`;

/** The hosts in a window's document, whichever of our scripts put them there: in our own world of it. */
function hostsIn(view: object): Map<Element, HTMLDivElement> {
  const world = view as { [HOSTS]?: Map<Element, HTMLDivElement> | undefined };
  world[HOSTS] ??= new Map();
  return world[HOSTS];
}

/**
 * Makes styles with custom properties that nobody else can name: `all` does not reset these, so that
 * a page's value, or its `@property`, would reach in.
 */
function ownNames(): (styles: string) => string {
  const own = `--${crypto.getRandomValues(new Uint32Array(4)).join('-')}-`;
  return (styles) => styles.replaceAll('--', own);
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
  const withOwnNames = ownNames();
  let ownStyles = '';
  let tiedStyles = '';
  let zoomAround = 1;
  const addStyles = (more: string) => {
    ownStyles += withOwnNames(more);
    sheet.replaceSync(`${ownStyles}:host{zoom:${1 / zoomAround}!important}${tiedStyles}`);
  };
  addStyles(STAGE + styles);
  const tie = (tied: string) => {
    tiedStyles = tied;
    addStyles('');
  };
  root.adoptedStyleSheets = [sheet];
  const fit = (zoom: number) => {
    if (zoom === zoomAround) return;
    zoomAround = zoom;
    addStyles('');
  };
  const stage = createHtml('div', page);
  stage.className = 'stage';
  if (isOnTop) stage.popover = 'manual';
  root.append(stage);
  const hosts = hostsIn(view);
  let place: Element = documentElementOf(page);
  let returns = 0;
  let returnedAt = -Infinity;

  const isStanding = () =>
    !hosts.has(host) ||
    (parentNodeOf(host) === place &&
      isDrawn(stage) &&
      (!isOnTop || stage.matches(':popover-open')) &&
      !SILENCING.some((attribute) => hasAttribute(host, attribute)));
  const attach = (mount: Element = documentElementOf(page)) => {
    place = mount;
    fit(zoomOf(mount));
    for (const attribute of SILENCING) removeAttribute(host, attribute);
    hosts.set(host, stage);
    if (parentNodeOf(host) !== mount) append(mount, host);
    if (!isOnTop) return;
    if (!stage.matches(':popover-open')) stage.showPopover();
    // To an extension that is gone nothing is to be tied.
    tieToExtension({ host, stage }, view, tie).catch(() => undefined);
  };
  const keep = (isRewritten = false) => {
    if (returns <= MAX_RETURNS && !isStanding()) {
      const now = performance.now();
      if (!isRewritten || now - returnedAt < ANSWER_MS) returns += 1;
      returnedAt = now;
      if (returns <= MAX_RETURNS) attach(isConnected(place) ? place : undefined);
      // An extension that is gone has no toolbar button any more.
      else askWorker('reportUnshown', {}).catch(() => undefined);
    }
    return returns <= MAX_RETURNS;
  };
  new MutationObserver(() => keep()).observe(host, { attributeFilter: SILENCING });
  return {
    ...{ host, root, stage, addStyles, attach, fit, keep },
    raise: () => {
      stage.hidePopover();
      stage.showPopover();
    },
    remove: () => {
      removeElement(host);
      hosts.delete(host);
    },
  };
}

/** What a surface of ours speaks of. */
export interface Subject {
  /** Null where it found none. */
  picture: Picture | null;
  /** Describes it once more, where the surface can do that. */
  again?: (request: FrameFields<'describeImage'>) => void;
}

/** @param part of the surface; null where that part speaks of nothing */
type SubjectOf = (part: Element) => Subject | null;

const SUBJECTS = Symbol.for('alt-lens-subjects');

function subjectsIn(view: object): WeakMap<Element, SubjectOf> {
  const world = view as { [SUBJECTS]?: WeakMap<Element, SubjectOf> | undefined };
  world[SUBJECTS] ??= new WeakMap();
  return world[SUBJECTS];
}

/** Tells whoever asks in the host's window what the surface speaks of. */
export function tellSubject(host: Element, subjectOf: SubjectOf, view: Window = window): void {
  subjectsIn(view).set(host, subjectOf);
}

/**
 * What is spoken of by the surface of ours that is topmost here; null where that is none. A person who asks on a surface of
 * ours means its picture, not one that it happens to lie over.
 * @param elements topmost first
 */
export function subjectAt([topmost]: readonly Element[]): Subject | null {
  if (topmost === undefined) return null;
  for (const around of composedAncestors(topmost)) {
    const subject = isOwn(around) ? subjectsIn(window).get(around)?.(topmost) : undefined;
    if (subject !== undefined) return subject;
  }
  return null;
}

const hostsHere = hostsIn(window);

/** Is the element of this document a host of ours? */
export function isOwn(element: Element): boolean {
  return hostsHere.has(element);
}

/** The stages in these documents that draw something now. */
export function drawnStages(pages: readonly Document[]): HTMLDivElement[] {
  return [...new Set(pages)].flatMap((page) => {
    const stages = [...hostsIn(viewOf(page) ?? window).values()];
    return stages.filter(({ isConnected, popover, hidden }) => isConnected && popover && !hidden);
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
    if (!isOwnIn(page, host) && shadowRootOf(host) !== null) removeElement(host);
  }
}
