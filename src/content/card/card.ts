import { placeCard, type Box, type Side } from './card-placement';
import { isExtensionAlive } from '../../messages/client';
import { text } from '../../platform/i18n';
import {
  activeElementOf,
  clientHeightOf,
  clientWidthOf,
  isConnected,
  documentElementOf,
  focus,
  matches,
  queryAll,
  zoomOf,
} from '../dom';
import { composedAncestors, focusedElement } from '../find/shadow-roots';
import { reachableFrames, topReachableWindow } from '../find/frames';
import { createLayer, removeLeftovers, tellSubject, type Subject } from '../layer';
import { createHeld, type Held } from '../where/held';
import type { CardContent } from './card-content';
import { CARD_STYLES } from './card-styles';
import { createSurface, formerSection } from './card-surface';
import { withClearScreen } from './clear-screen';
import { keepEvents } from './keep-events';

export interface Card {
  /** @param former what is said over what was shown until now, where that stays to be read; nothing in it can be pressed */
  show: (content: CardContent, former?: string) => void;
  /** Shows more below what is shown, without reading it out. */
  add: (nodes: HTMLElement[]) => void;
  /** Reads a message out, without changing what is seen. */
  say: (message: string) => void;
  close: () => void;
  /** What is meant by whoever asks on the card. */
  tellSubject: (subject: Subject) => void;
  /** Fires when the card is closed, by whomever. */
  closed: AbortSignal;
  /** Puts something below the card; Escape, other content and the card's end take it away, by `end`. */
  hold: Held['hold'];
  /** Hides the card while a capture of this box runs, if it lies over it. */
  withClearScreen: <T>(box: Box, capture: () => Promise<T>) => Promise<T>;
}

/**
 * Where the card's host goes. Outside an open modal dialog everything is inert, the top layer too, so
 * for an image in one the card goes in there.
 */
function mountFor(element: Element | null, top: Document): Element {
  const outermost = reachableFrames().at(-1) ?? element;
  for (const ancestor of outermost === null ? [] : composedAncestors(outermost)) {
    if (matches(ancestor, 'dialog:modal')) return ancestor;
  }
  return documentElementOf(top);
}

function deepFocus(top: Document): HTMLElement | null {
  const focused = focusedElement(top);
  // Of another window's kind, maybe: told by what it can, not by its class.
  return focused !== null && 'focus' in focused ? (focused as HTMLElement) : null;
}

/** The part of the page that is seen, also under a pinch zoom, in CSS pixels of the layout viewport. */
function visibleBox(view: Window): Box {
  const zoom = view.visualViewport;
  const whole = documentElementOf(view.document);
  return {
    x: zoom?.offsetLeft ?? 0,
    y: zoom?.offsetTop ?? 0,
    width: zoom?.width ?? clientWidthOf(whole),
    height: zoom?.height ?? clientHeightOf(whole),
  };
}

/** Removes the cards that an older version of the extension left behind. */
export function removeLeftoverCards(): void {
  for (const root of new Set([document, topReachableWindow().document])) {
    removeLeftovers('card', root);
  }
}

/**
 * Escape, a press beside the card and a page that goes close it; ends with the signal.
 * @param endHeld takes away what lies below the card: Escape does that first. @returns false where nothing does
 */
function listenForClosing(
  view: Window,
  host: Element,
  { close, endHeld }: { close: () => void; endHeld: () => boolean },
  signal: AbortSignal,
): void {
  const own = { capture: true, signal };
  for (const window of new Set<Window>([view, self])) {
    window.addEventListener(
      'keydown',
      (event) => {
        if (!event.isTrusted || event.key !== 'Escape' || event.isComposing) return;
        event.preventDefault();
        event.stopImmediatePropagation();
        if (!endHeld()) close();
      },
      own,
    );
    window.addEventListener(
      'pointerdown',
      (event) => {
        if (event.isTrusted && !event.composedPath().includes(host)) close();
      },
      own,
    );
    // A frame that goes takes its script along: the card must not stay without it.
    window.addEventListener(
      'pagehide',
      ({ isTrusted }) => {
        if (isTrusted) close();
      },
      own,
    );
  }
}

/** Keeps the surface beside the anchor, frame by frame, while `isOpen`. */
function follow(
  view: Window,
  surface: HTMLDivElement,
  anchor: () => Box | null,
  isRtl: boolean,
  isOpen: () => boolean,
): void {
  let side: Side | null = null;
  let position = '';
  const place = () => {
    if (!isOpen()) return;
    const size = { width: surface.offsetWidth, height: surface.offsetHeight };
    const at = placeCard(anchor(), size, visibleBox(view), { keep: side, isRtl });
    ({ side } = at);
    const transform = `translate(${Math.round(at.x)}px, ${Math.round(at.y)}px)`;
    if (transform !== position) surface.style.transform = transform;
    position = transform;
    view.requestAnimationFrame(place);
  };
  place();
}

/**
 * Opens an empty card beside what `anchor` gives (CSS pixels of the topmost reachable viewport; null:
 * the corner), in the top layer of that document, with the focus inside. Closing leaves no trace.
 * @param element what the card is about, if it is an element
 */
export function openCard(element: Element | null, anchor: () => Box | null): Card {
  const view = topReachableWindow();
  const top = view.document;
  const closing = new AbortController();
  const { signal } = closing;
  const focusBefore = deepFocus(top);

  const layer = createLayer('card', CARD_STYLES, { view });
  const { host, root, stage } = layer;

  const isRtl = text('popup_direction') === 'rtl';
  const held = createHeld((below) => {
    surface.before(below);
  });
  const close = () => {
    if (signal.aborted) return;
    held.end();
    const hadFocus = activeElementOf(top) === host;
    closing.abort();
    layer.remove();
    if (hadFocus && focusBefore !== null && isConnected(focusBefore)) {
      focus(focusBefore, { preventScroll: true });
    }
  };
  const { surface, body, speak, closeButton } = createSurface(isRtl, close);
  stage.append(surface);

  keepEvents(root, signal);
  surface.addEventListener('keydown', (event) => {
    if (event.isTrusted) moveFocus(surface, root.activeElement, event);
  });
  listenForClosing(view, host, { close, endHeld: held.end }, signal);

  const mount = mountFor(element, top);
  layer.attach(mount);
  // Before it has its place: focusing lays the page out anew after each change.
  surface.focus({ preventScroll: true });

  follow(view, surface, anchor, isRtl, () => {
    if (!isExtensionAlive() || !layer.keep()) close();
    else layer.fit(zoomOf(mount));
    return !signal.aborted;
  });

  return {
    closed: signal,
    close,
    add: (nodes) => {
      body.append(...nodes);
    },
    say: speak,
    tellSubject: (subject) => {
      tellSubject(host, () => subject, view);
    },
    hold: held.hold,
    show: ({ nodes, spoken }, former) => {
      held.end();
      const hadFocus = root.activeElement !== null && root.activeElement !== closeButton;
      const kept = former === undefined ? [] : [formerSection(former, [...body.children])];
      body.replaceChildren(...nodes, ...kept);
      speak(spoken);
      // The pressed button is gone; the keyboard stays in the card.
      if (hadFocus) surface.focus({ preventScroll: true });
    },
    withClearScreen: (box, capture) => withClearScreen(view, surface, box, capture),
  };
}

/** Tab and the arrow keys go round among the card's buttons. */
function moveFocus(surface: HTMLElement, focused: Element | null, event: KeyboardEvent): void {
  const isBack =
    event.key === 'ArrowUp' || event.key === 'ArrowLeft' || (event.key === 'Tab' && event.shiftKey);
  const isOn = event.key === 'ArrowDown' || event.key === 'ArrowRight' || event.key === 'Tab';
  if ((!isBack && !isOn) || event.ctrlKey || event.altKey || event.metaKey) return;
  event.preventDefault();
  const stops = [...queryAll(surface, 'button')];
  const at = stops.findIndex((stop) => stop === focused);
  const next = isBack ? (at <= 0 ? stops.length - 1 : at - 1) : (at + 1) % stops.length;
  const stop = stops[next];
  if (stop !== undefined) focus(stop);
}
