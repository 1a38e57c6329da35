import type { PageSettings } from '../../core/settings/page-settings';
import type { Prediction } from '../../core/saying/prediction';
import { text } from '../../platform/i18n';
import { keepEvents } from '../card/keep-events';
import { node } from '../card/nodes';
import { SURFACE_STYLES } from '../card/surface-styles';
import { intersect } from '../card/card-placement';
import { documentElementOf, offsetWidthOf } from '../dom';
import { createLayer } from '../layer';
import { createChip, type Chip } from './chip';
import { createChipDetails } from './chip-details';
import { createChipEntry } from './chip-entry';
import { followInput } from './chip-input';
import { isCovered, passedAmong, type Passed } from './chip-cover';
import { CHIP_PX, chipPlace, INSET_PX, LEAST_WIDTH_PX } from './chip-placement';
import chipStyles from './chip.css?inline';
import { placeElsewhere, placeInside } from './seen-place';
import type { TrackedImage } from './tracked-image';

/** Under this width a chip has room for the label only: that of an image 160 px wide, less its insets. */
const NARROW_PX = 150;

export type ChipSettings = Pick<PageSettings, 'displayMode' | 'shownPredictions' | 'silentSigns'>;

/** Until the session tells. */
const NO_SETTINGS: ChipSettings = { displayMode: 'chips', shownPredictions: 5, silentSigns: false };

/** Read once for many labels: between writes each look would make the browser lay the page out. CSS px. */
export interface ViewportFacts {
  width: number;
  height: number;
  scrollX: number;
  scrollY: number;
  /** CSS `zoom` of the root element. */
  zoom: number;
}

export interface ChipLayer {
  /** Puts an image's chip where the image is now. @returns whether it was there before, but elsewhere */
  place: (
    image: TrackedImage,
    box: DOMRectReadOnly,
    clip: DOMRectReadOnly,
    view: ViewportFacts,
  ) => boolean;
  remove: (image: TrackedImage) => void;
  /** What is said of an image that has a label is another thing now; its details stay open. */
  refresh: (image: TrackedImage) => void;
  /** How labels are shown, what a label's details list, and whether silent images have labels of their own. */
  setMode: (settings: ChipSettings) => void;
  /** Hides all labels, or brings them back. */
  toggle: () => void;
  /**
   * Is the layer where it belongs? Puts it back where the page took it away: three times, but after each
   * time that the page was written anew.
   */
  keep: (isRewritten: boolean) => void;
  /** Above what was put on top of the page last. */
  raise: () => void;
  /** Something on the page has moved or changed: `uncover` looks at every label once more. */
  lookAgain: () => void;
  /**
   * Takes away the labels of what is covered by bars and dialogs, a label a step: on a page of thousands
   * of elements one look takes milliseconds. To be run when nothing moves.
   * @param seen all images in view, with a label or without
   */
  uncover: (seen: Iterable<TrackedImage>) => Generator<undefined, undefined>;
}

/** The host of the labels: in the page while there are labels, back in it where the page took it away, three times. */
interface ChipHost {
  readonly root: ShadowRoot;
  readonly group: HTMLDivElement;
  readonly status: HTMLParagraphElement;
  readonly layer: ReturnType<typeof createLayer>;
  isGivenUp: () => boolean;
  show: () => void;
  /** @returns whether the page wants no labels: there are no more */
  keep: (isRewritten: boolean) => boolean;
  raise: () => void;
}

function createChipHost(signal: AbortSignal): ChipHost {
  let isGivenUp = false;
  const layer = createLayer('labels', SURFACE_STYLES + chipStyles);
  const { host, root, stage } = layer;
  const status = node('p', { class: 'status', role: 'status' });
  const group = node('div', { role: 'group', 'aria-label': text('chip_group') });
  stage.append(group, status);
  keepEvents(root, signal);
  signal.addEventListener('abort', layer.remove);
  return {
    ...{ root, group, status, layer },
    isGivenUp: () => isGivenUp,
    show: () => {
      if (!host.isConnected && !isGivenUp) layer.attach();
    },
    keep: (isRewritten) => {
      isGivenUp ||= !layer.keep(isRewritten);
      return isGivenUp;
    },
    raise: () => {
      // Showing it again puts it on top; a focused chip would lose the focus by it.
      if (host.isConnected && root.activeElement === null) layer.raise();
    },
  };
}

/** So near to its ends, CSS px, a label's place is looked at. */
const END_PX = 2;
/** So often the part that may be covered is halved. */
const HALVINGS = 5;

/** How far a label reaches until something lies over its picture, CSS px; Infinity where nothing does. */
function freeWidth(
  { image, box, width, maxWidth }: Chip,
  isRtl: boolean,
  passed: Passed[],
): number {
  const top = Math.max(box.top, 0) + INSET_PX;
  const isFree = (reach: number) => {
    const x = isRtl ? box.right - INSET_PX - reach : box.left + INSET_PX + reach;
    return [top + END_PX, top + CHIP_PX - END_PX].every(
      (y) => !isCovered(image.element, x, y, passed),
    );
  };
  if (!isFree(END_PX)) return 0;
  let covered = Math.min(maxWidth, width ?? maxWidth) - END_PX;
  if (isFree(covered)) return Infinity;
  let free = END_PX;
  for (let step = 0; step < HALVINGS; step += 1) {
    const middle = (free + covered) / 2;
    if (isFree(middle)) free = middle;
    else covered = middle;
  }
  return Math.floor(free);
}

/** Of pictures one upon the other, the lower may be seen no more. */
function lookAgainBelow(chips: Iterable<Chip>, box: DOMRectReadOnly): void {
  for (const chip of chips) chip.isToLookAt ||= intersect(chip.box, box) !== null;
}

/** The labels above the page, in one layer of their own that the page's styles do not reach. */
export function createChipLayer(signal: AbortSignal): ChipLayer {
  const chips = new Map<TrackedImage, Chip>();
  let settings: ChipSettings = NO_SETTINGS;
  let isHidden = false;
  let hovered: Chip | null = null;
  const isRtl = getComputedStyle(documentElementOf(document)).direction === 'rtl';
  const { layer, root, group, status, isGivenUp, ...host } = createChipHost(signal);
  const details = createChipDetails(layer, status, isRtl, apply);
  const entry = createChipEntry(group, root);
  followInput({
    ...{ layer, details, entry, signal, onHover, onBlurred: apply },
    chips: () => chips.values(),
    isOff: () => settings.displayMode === 'none' || isHidden,
  });

  const isTold = (chip: Chip) => !chip.isQuiet || settings.silentSigns;
  function isShown(chip: Chip): boolean {
    if (!chip.isSeen || chip.isCovered) return false;
    const isWanted = chip === hovered || details.isOf(chip) || root.activeElement === chip.button;
    return isWanted || (isTold(chip) && settings.displayMode === 'chips');
  }

  function apply(chip: Chip): void {
    const isGone = !isShown(chip);
    if (chip.button.hidden !== isGone) chip.button.hidden = isGone;
    if (isGone && details.isOf(chip)) details.close();
    entry.update(chip, chip.isSeen && !chip.isCovered && isTold(chip));
  }

  function onHover(found: Chip | null): void {
    if (found === hovered) return;
    const before = hovered;
    hovered = found;
    if (before !== null) apply(before);
    if (found !== null) apply(found);
  }

  function create(image: TrackedImage, prediction: Prediction, box: DOMRectReadOnly): Chip {
    const chip = createChip(image, prediction, box);
    lookAgainBelow(chips.values(), box);
    chips.set(image, chip);
    group.append(chip.button);
    return chip;
  }

  function drop(image: TrackedImage): boolean {
    const chip = chips.get(image);
    if (chip === undefined) return false;
    if (details.isOf(chip)) details.close();
    if (hovered === chip) hovered = null;
    chips.delete(image);
    entry.update(chip, false);
    chip.button.remove();
    return true;
  }

  function remove(image: TrackedImage): void {
    if (drop(image) && chips.size === 0) layer.remove();
  }

  function refresh(image: TrackedImage): void {
    const before = chips.get(image);
    const prediction = image.reading?.prediction ?? null;
    if (before === undefined || before.prediction === prediction) return;
    const isRead =
      details.isOf(before) && (details.isPinned() || details.holds(root.activeElement));
    if (!isRead || prediction === null) {
      remove(image);
      return;
    }
    // The layer of the only label stays: out of the page the focus would be lost.
    drop(image);
    const chip = create(image, prediction, before.box);
    chip.isSeen = before.isSeen;
    chip.button.style.transform = before.transform;
    // The details go beside what is drawn.
    chip.button.hidden = false;
    details.open(chip, true);
    apply(chip);
    details.focusAction();
  }

  return {
    place: (image, box, clip, view) => {
      const prediction = image.reading?.prediction ?? null;
      if (prediction === null || settings.displayMode === 'none' || isGivenUp()) return false;
      refresh(image);
      const chip = chips.get(image) ?? create(image, prediction, box);
      host.show();
      layer.fit(view.zoom);
      const where = image.isElsewhere ? placeElsewhere(image, view) : placeInside(chip, box, clip);
      const place = chipPlace(where.box, where.clip, view.height, isRtl);
      const hasMoved = placeChip(chip, place, view, isRtl);
      chip.box = where.box;
      apply(chip);
      return hasMoved;
    },
    ...{ remove, refresh, raise: host.raise },
    setMode: (next) => {
      settings = next;
      details.setShown(next.shownPredictions);
      if (next.displayMode === 'none') for (const image of [...chips.keys()]) remove(image);
      for (const chip of chips.values()) apply(chip);
    },
    toggle: () => {
      isHidden = !isHidden;
      layer.stage.hidden = isHidden;
      details.close();
    },
    keep: (isRewritten) => {
      if (chips.size === 0 || !host.keep(isRewritten)) return;
      for (const image of [...chips.keys()]) remove(image);
    },
    lookAgain: () => {
      for (const chip of chips.values()) chip.isToLookAt = true;
    },
    uncover: (seen) => uncoverEach(chips, seen, isRtl, apply),
  };
}

function* uncoverEach(
  chips: ReadonlyMap<TrackedImage, Chip>,
  seen: Iterable<TrackedImage>,
  isRtl: boolean,
  apply: (chip: Chip) => void,
): Generator<undefined, undefined> {
  const isDue = (chip: Chip) => chip.isSeen && chip.isToLookAt;
  if (![...chips.values()].some(isDue)) return;
  const passed = yield* passedAmong([...seen].map(({ element }) => element));
  for (const chip of chips.values()) {
    if (!isDue(chip)) continue;
    chip.isToLookAt = false;
    if (chip.free === Infinity && !chip.button.hidden) chip.width = offsetWidthOf(chip.button);
    const free = freeWidth(chip, isRtl, passed);
    chip.isCovered = free < LEAST_WIDTH_PX;
    if (free !== chip.free) {
      chip.free = free;
      fitWidth(chip);
    }
    apply(chip);
    yield;
  }
}

/** @returns whether it was elsewhere before */
function placeChip(
  chip: Chip,
  { x, y, maxWidth, isSeen }: ReturnType<typeof chipPlace>,
  view: ViewportFacts,
  isRtl: boolean,
): boolean {
  chip.isSeen = isSeen;
  // From the beginning of the document, with which the layer scrolls.
  const shift = isRtl ? ' translateX(-100%)' : '';
  const transform = `translate(${Math.round(x + view.scrollX)}px, ${Math.round(y + view.scrollY)}px)${shift}`;
  const hasMoved = transform !== chip.transform && chip.transform !== '';
  if (transform !== chip.transform) {
    chip.transform = transform;
    chip.isCovered = false;
    chip.isToLookAt = true;
    chip.button.style.transform = transform;
  }
  if (maxWidth !== chip.maxWidth) {
    chip.maxWidth = maxWidth;
    chip.isToLookAt = true;
    fitWidth(chip);
  }
  return hasMoved;
}

function fitWidth({ button, maxWidth, free }: Chip): void {
  const width = Math.min(maxWidth, free);
  button.style.maxInlineSize = `${width}px`;
  button.classList.toggle('narrow', width < NARROW_PX);
}
