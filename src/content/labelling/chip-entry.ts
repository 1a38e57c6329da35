import { text } from '../../platform/i18n';
import { node } from '../card/nodes';
import type { Chip } from './chip';

/**
 * The one stop of the Tab key among the labels: hands the focus on to a label that is in view, also where
 * labels are only shown under the pointer. Arrow keys go from label to label.
 */
export interface ChipEntry {
  /** Can the focus come to this label: is its image in view, with something said of it? */
  update: (chip: Chip, isReachable: boolean) => void;
  onFocus: (chip: Chip) => void;
  /** The focus has left the labels. */
  onLeft: () => void;
  /** To the next label or the one before. */
  go: (step: 1 | -1) => void;
}

/** @param group of the labels, whose first element the stop is */
export function createChipEntry(group: HTMLDivElement, root: ShadowRoot): ChipEntry {
  const reachable = new Set<Chip>();
  let last: Chip | null = null;
  const stop = node('button', { type: 'button', class: 'entry', 'aria-label': text('chip_group') });
  stop.hidden = true;
  group.prepend(stop);

  /** In the order in which they lie in the page, as they were put there. */
  function inOrder(): Chip[] {
    const order = [...group.children];
    return [...reachable].sort((a, b) => order.indexOf(a.button) - order.indexOf(b.button));
  }

  function focusOn(chip: Chip | undefined): void {
    if (chip === undefined) return;
    // What is not drawn takes no focus.
    chip.button.hidden = false;
    chip.button.focus({ preventScroll: true });
  }

  function rest(): void {
    if (last !== null) last.button.tabIndex = -1;
    if (stop.tabIndex !== 0) stop.tabIndex = 0;
  }

  stop.addEventListener('focus', ({ isTrusted }) => {
    if (isTrusted) focusOn(last !== null && reachable.has(last) ? last : inOrder()[0]);
  });

  return {
    update: (chip, isReachable) => {
      if (isReachable) reachable.add(chip);
      else reachable.delete(chip);
      // A focused label that leaves the page tells nobody.
      if (root.activeElement === null) rest();
      const isEmpty = reachable.size === 0;
      if (stop.hidden !== isEmpty) stop.hidden = isEmpty;
    },
    onFocus: (chip) => {
      if (last !== null) last.button.tabIndex = -1;
      last = chip;
      // From the details the Tab key leads back to their label, and from there out of the labels.
      chip.button.tabIndex = 0;
      stop.tabIndex = -1;
    },
    onLeft: rest,
    go: (step) => {
      const stops = inOrder();
      const at = stops.findIndex(({ button }) => button === root.activeElement);
      focusOn(stops[(at + step + stops.length) % stops.length]);
    },
  };
}
