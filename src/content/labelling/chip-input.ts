import { addListener, closest, matches } from '../dom';
import { tellSubject, type Layer } from '../layer';
import type { Chip } from './chip';
import type { ChipDetails } from './chip-details';
import type { ChipEntry } from './chip-entry';

interface Options {
  layer: Layer;
  details: ChipDetails;
  entry: ChipEntry;
  /** All labels there are. */
  chips: () => Iterable<Chip>;
  /** The pointer is on this image now: the smallest where they overlap; null on none. */
  onHover: (chip: Chip | null) => void;
  /** The focus is not on this label any more. */
  onBlurred: (chip: Chip) => void;
  /** No label is to be found by the pointer. */
  isOff: () => boolean;
  signal: AbortSignal;
}

/** Follows pointer and keyboard of a person; what a script forges is not heard. */
export function followInput(options: Options): void {
  const { layer, details, entry, chips, onHover, onBlurred, isOff, signal } = options;
  const { host, root } = layer;
  const isOnLayer = (event: Event) => event.composedPath().includes(host);

  function chipOf(target: EventTarget | null): Chip | null {
    const button = target instanceof Element ? closest(target, '.chip') : null;
    for (const chip of chips()) if (chip.button === button) return chip;
    return null;
  }

  tellSubject(host, (part) => {
    const chip = details.holds(part) ? details.current() : chipOf(part);
    return chip === null ? null : { picture: chip.image.picture };
  });

  let pointer: { x: number; y: number } | null = null;
  const heard = { capture: true, passive: true, signal };
  addListener(
    document,
    'pointermove',
    (event) => {
      if (isOff() || !event.isTrusted || isOnLayer(event)) return;
      if (pointer === null) {
        requestAnimationFrame(() => {
          const found = pointer === null ? null : chipAt(pointer.x, pointer.y, chips());
          pointer = null;
          if (signal.aborted) return;
          // Its details come next, if any.
          if (found !== null) details.prepare();
          onHover(found);
        });
      }
      pointer = { x: event.clientX, y: event.clientY };
    },
    heard,
  );
  addListener(
    document,
    'pointerdown',
    (event) => {
      if (event.isTrusted && !isOnLayer(event)) details.close();
    },
    heard,
  );

  const listen = <K extends keyof HTMLElementEventMap>(
    type: K,
    then: (event: HTMLElementEventMap[K]) => void,
  ) => {
    root.addEventListener(type, (event) => {
      if (event.isTrusted) then(event as HTMLElementEventMap[K]);
    });
  };
  // Only after the event: a node that leaves while focus or pointer move on is handed to the page, as what
  // they came from, and the closed root with it.
  const followMoves = (
    type: 'pointerover' | 'pointerout' | 'focusin' | 'focusout',
    moved: (target: EventTarget | null, relatedTarget: EventTarget | null) => void,
  ) => {
    listen(type, ({ target, relatedTarget }) => {
      // Where no details are open, nothing leaves, but for what only the focus shows.
      if (details.current() === null && type !== 'focusout') moved(target, relatedTarget);
      else {
        setTimeout(() => {
          if (!signal.aborted) moved(target, relatedTarget);
        });
      }
    });
  };
  const isInside = (target: EventTarget | null) =>
    target instanceof Element && (chipOf(target) !== null || details.holds(target));
  followMoves('pointerover', (target) => {
    const chip = chipOf(target);
    if (chip !== null && !details.isPinned()) details.open(chip, false);
  });
  followMoves('pointerout', (_, relatedTarget) => {
    if (!details.isPinned() && !isInside(relatedTarget)) details.close();
  });
  followMoves('focusin', (target) => {
    const chip = chipOf(target);
    if (chip === null) return;
    entry.onFocus(chip);
    details.open(chip, details.isOf(chip) && details.isPinned());
  });
  followMoves('focusout', (target, relatedTarget) => {
    const left = chipOf(target);
    if (left !== null) onBlurred(left);
    // The details may have been opened anew meanwhile, with the focus in them.
    if (isInside(relatedTarget) || isInside(root.activeElement)) return;
    details.close();
    entry.onLeft();
  });
  listen('click', ({ target }) => {
    const chip = chipOf(target);
    if (chip === null) return;
    if (details.isOf(chip) && details.isPinned()) details.close();
    else details.open(chip, true);
  });
  listen('keydown', (event) => {
    onKey(event, root, details, entry);
  });
}

/** Escape closes the details; arrow keys go round among the labels. */
function onKey(
  event: KeyboardEvent,
  root: ShadowRoot,
  details: ChipDetails,
  entry: ChipEntry,
): void {
  const { key } = event;
  const open = details.current();
  if (key === 'Escape' && open !== null) {
    event.preventDefault();
    if (details.escape()) open.button.focus({ preventScroll: true });
    return;
  }
  const step = /^Arrow(Down|Right)$/.test(key) ? 1 : /^Arrow(Up|Left)$/.test(key) ? -1 : 0;
  const { activeElement: focused } = root;
  if (step === 0 || focused === null || !matches(focused, '.chip')) return;
  event.preventDefault();
  entry.go(step);
}

/** The label of the image at this point, of the smallest where they overlap. */
function chipAt(x: number, y: number, chips: Iterable<Chip>): Chip | null {
  let found: Chip | null = null;
  for (const chip of chips) {
    const { left, right, top, bottom, width, height } = chip.box;
    if (x < left || x > right || y < top || y > bottom) continue;
    if (found === null || width * height < found.box.width * found.box.height) found = chip;
  }
  return found;
}
