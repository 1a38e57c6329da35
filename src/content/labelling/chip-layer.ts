import type { Dismissal } from '../../core/saying/dismissal';
import { toFailure } from '../../core/errors';
import type { Prediction } from '../../core/saying/prediction';
import type { DisplayMode } from '../../core/settings/setting-values';
import { snake } from '../../core/message-key';
import { askWorker } from '../../messages/client';
import { failureText, percent, text } from '../../platform/i18n';
import { resultContent } from '../card/card-content';
import { RESULT_STYLES } from '../card/card-styles';
import { keepEvents } from '../card/keep-events';
import { node } from '../card/nodes';
import { chipPlace, isCovered } from './chip-placement';
import { CHIP_STYLES } from './chip-styles';
import type { TrackedImage } from './tracked-image';

/** The labels' host element. Leftovers of an older version of the extension are found by it. */
const LAYER_TAG = 'alt-lens-labels';
/** A page that takes the labels away so often means it. */
const MAX_RETURNS = 3;
/** Under this width a chip has room for the label only. */
const NARROW_PX = 110;
const DETAILS_WIDTH_PX = 300;

interface Chip {
  image: TrackedImage;
  button: HTMLButtonElement;
  /** What stands on it, to tell whether it must be written anew. */
  prediction: Prediction;
  /** Only while the pointer is on the image, or the chip has the focus. */
  isQuiet: boolean;
  isSeen: boolean;
  isCovered: boolean;
  /** Something may have come over it since it was last looked at. */
  isToLookAt: boolean;
  /** The image's box in the viewport when it was last measured. */
  box: DOMRectReadOnly;
  transform: string;
  maxWidth: number;
}

/** Read once for many labels: between writes each look would make the browser lay the page out. CSS px. */
export interface ViewportFacts {
  width: number;
  height: number;
  scrollX: number;
  scrollY: number;
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
  /** @param shown how many of the likeliest classes a label's details list */
  setMode: (mode: DisplayMode, shown: number) => void;
  /** Hides all labels, or brings them back. */
  toggle: () => void;
  /** Is the layer where it belongs? Puts it back where the page took it away, three times. */
  keep: () => void;
  /** Above what was put on top of the page last. */
  raise: () => void;
  /** Something on the page has moved or changed: `uncover` looks at every label once more. */
  lookAgain: () => void;
  /**
   * Takes away the labels of what is covered by bars and dialogs, a label a step: on a page of thousands
   * of elements one look takes milliseconds. To be run when nothing moves.
   */
  uncover: () => Generator<undefined, undefined>;
}

/** Removes the labels that an older version of the extension left behind. */
export function removeLeftoverLabels(): void {
  for (const leftover of document.querySelectorAll(LAYER_TAG)) leftover.remove();
}

function chipContent({ hint, guess, silence }: Prediction): {
  label: string;
  share: string;
  spoken: string;
} {
  const said = hint ?? guess;
  if (said === null) {
    const label = text(snake(`chip_silence_${silence ?? 'unsure'}`));
    return { label, share: '', spoken: label };
  }
  const share = percent(said.probability);
  return {
    label: hint === null ? `${said.label}?` : said.label,
    share,
    spoken: `${said.text}, ${share}`,
  };
}

/** The labels above the page, in one layer of their own that the page's styles do not reach. */
export function createChipLayer(signal: AbortSignal): ChipLayer {
  const chips = new Map<TrackedImage, Chip>();
  let mode: DisplayMode = 'chips';
  let shownPredictions = 0;
  let isHidden = false;
  let returns = 0;
  let hovered: Chip | null = null;
  let open: { chip: Chip; isPinned: boolean } | null = null;
  const isRtl = getComputedStyle(document.documentElement).direction === 'rtl';

  const host: HTMLElement = document.createElementNS('http://www.w3.org/1999/xhtml', LAYER_TAG);
  host.popover = 'manual';
  const root = host.attachShadow({ mode: 'closed' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(RESULT_STYLES + CHIP_STYLES);
  root.adoptedStyleSheets = [sheet];
  const details = node('div', {
    class: 'card details',
    role: 'group',
    tabindex: '-1',
    dir: text('popup_direction'),
    lang: text('card_language'),
  });
  const status = node('p', { class: 'status', role: 'status' });
  const group = node('div', { role: 'group', 'aria-label': text('chip_group') });
  root.append(group, status);
  keepEvents(root, signal);

  function show(): void {
    if (host.isConnected || returns > MAX_RETURNS || chips.size === 0) return;
    document.documentElement.append(host);
    host.showPopover();
  }

  function raise(): void {
    // Showing it again puts it on top; a focused chip would lose the focus by it.
    if (!host.isConnected || root.activeElement !== null) return;
    host.hidePopover();
    host.showPopover();
  }

  function isShown(chip: Chip): boolean {
    if (!chip.isSeen || chip.isCovered) return false;
    const isWanted = chip === hovered || open?.chip === chip || root.activeElement === chip.button;
    return isWanted || (!chip.isQuiet && mode === 'chips');
  }

  function apply(chip: Chip): void {
    const isGone = !isShown(chip);
    if (chip.button.hidden !== isGone) chip.button.hidden = isGone;
    if (isGone && open?.chip === chip) closeDetails();
  }

  function create(image: TrackedImage, prediction: Prediction, box: DOMRectReadOnly): Chip {
    const { label, share, spoken } = chipContent(prediction);
    const isHint = prediction.hint !== null;
    const button = node(
      'button',
      {
        type: 'button',
        class: `chip${isHint ? '' : ' unsure'}`,
        'aria-label': spoken,
        'aria-expanded': 'false',
        // One stop for the Tab key; the arrow keys go among the labels.
        tabindex: chips.size === 0 ? '0' : '-1',
        dir: text('popup_direction'),
      },
      node(
        'span',
        { lang: isHint || prediction.guess !== null ? 'en' : text('card_language') },
        label,
      ),
      // What is seen, word by word, is in the name.
      share === '' ? null : ' ',
      share === '' ? null : node('span', { class: 'share' }, share),
    );
    const chip: Chip = {
      ...{ image, button, prediction, box, isSeen: false, isCovered: false, isToLookAt: true },
      ...{ isQuiet: !isHint && prediction.guess === null, transform: '', maxWidth: -1 },
    };
    button.hidden = true;
    chips.set(image, chip);
    group.append(button);
    return chip;
  }

  function chipOf(target: EventTarget | null): Chip | null {
    const button = target instanceof Element ? target.closest('.chip') : null;
    for (const chip of chips.values()) if (chip.button === button) return chip;
    return null;
  }

  function closeDetails(): void {
    if (open === null) return;
    const { chip } = open;
    open = null;
    chip.button.setAttribute('aria-expanded', 'false');
    if (details.contains(root.activeElement)) chip.button.focus({ preventScroll: true });
    details.remove();
    apply(chip);
  }

  function openDetails(chip: Chip, isPinned: boolean): void {
    if (open?.chip === chip) {
      open.isPinned ||= isPinned;
      return;
    }
    closeDetails();
    open = { chip, isPinned };
    const say = (message: string) => {
      status.textContent = message;
    };
    details.setAttribute('aria-label', text('card_label'));
    const { nodes } = resultContent(chip.prediction, shownPredictions, { say, judge });
    details.replaceChildren(...nodes);
    // After its chip, where the Tab key finds it.
    chip.button.after(details);
    chip.button.setAttribute('aria-expanded', 'true');
    const { left, right, top, bottom } = chip.button.getBoundingClientRect();
    const isAbove = bottom > innerHeight / 2;
    const start = isRtl ? right - DETAILS_WIDTH_PX : left;
    const x = Math.max(
      8,
      Math.min(start, document.documentElement.clientWidth - DETAILS_WIDTH_PX - 8),
    );
    const y = isAbove ? `calc(${top + scrollY - 2}px - 100%)` : `${bottom + scrollY + 2}px`;
    details.style.transform = `translate(${x + scrollX}px, ${y})`;
  }

  /** The image under the pointer, the smallest where they overlap. */
  function hover(x: number, y: number): void {
    let found: Chip | null = null;
    for (const chip of chips.values()) {
      const { left, right, top, bottom, width, height } = chip.box;
      if (x < left || x > right || y < top || y > bottom) continue;
      if (found === null || width * height < found.box.width * found.box.height) found = chip;
    }
    if (found === hovered) return;
    const before = hovered;
    hovered = found;
    if (before !== null) apply(before);
    if (found !== null) apply(found);
  }

  let pointer: { x: number; y: number } | null = null;
  const onPointer = (event: PointerEvent) => {
    if (mode === 'none' || isHidden || event.composedPath().includes(host)) return;
    if (pointer === null) {
      requestAnimationFrame(() => {
        if (pointer !== null && !signal.aborted) hover(pointer.x, pointer.y);
        pointer = null;
      });
    }
    pointer = { x: event.clientX, y: event.clientY };
  };
  const options = { capture: true, passive: true, signal };
  document.addEventListener('pointermove', onPointer, options);
  document.addEventListener(
    'pointerdown',
    (event) => {
      if (!event.composedPath().includes(host)) closeDetails();
    },
    options,
  );

  const inside = (target: EventTarget | null) =>
    target instanceof Element && (chipOf(target) !== null || details.contains(target));
  root.addEventListener('pointerover', ({ target }) => {
    const chip = chipOf(target);
    if (chip !== null && open?.isPinned !== true) openDetails(chip, false);
  });
  root.addEventListener('pointerout', (event) => {
    if (open?.isPinned === false && !inside((event as PointerEvent).relatedTarget)) closeDetails();
  });
  root.addEventListener('focusin', ({ target }) => {
    const chip = chipOf(target);
    if (chip === null) return;
    for (const { button } of chips.values()) button.tabIndex = button === chip.button ? 0 : -1;
    openDetails(chip, open?.chip === chip && open.isPinned);
  });
  root.addEventListener('focusout', (event) => {
    if (!inside((event as FocusEvent).relatedTarget)) closeDetails();
  });
  root.addEventListener('click', ({ target }) => {
    const chip = chipOf(target);
    if (chip === null) return;
    const isAgain = open?.chip === chip && open.isPinned;
    if (isAgain) closeDetails();
    else openDetails(chip, true);
  });
  root.addEventListener('keydown', (event) => {
    const { key } = event as KeyboardEvent;
    if (key === 'Escape' && open !== null) {
      event.preventDefault();
      const { button } = open.chip;
      closeDetails();
      button.focus({ preventScroll: true });
      return;
    }
    const step = /^Arrow(Down|Right)$/.test(key) ? 1 : /^Arrow(Up|Left)$/.test(key) ? -1 : 0;
    const stops = [...group.querySelectorAll<HTMLElement>('.chip:not([hidden])')];
    const at = stops.findIndex((stop) => stop === root.activeElement);
    if (step === 0 || at === -1) return;
    event.preventDefault();
    stops[(at + step + stops.length) % stops.length]?.focus({ preventScroll: true });
  });

  signal.addEventListener('abort', () => {
    host.remove();
  });

  function remove(image: TrackedImage): void {
    const chip = chips.get(image);
    if (chip === undefined) return;
    if (open?.chip === chip) closeDetails();
    if (hovered === chip) hovered = null;
    const wasStop = chip.button.tabIndex === 0;
    chips.delete(image);
    chip.button.remove();
    const [first] = chips.values();
    if (wasStop && first !== undefined) first.button.tabIndex = 0;
    if (chips.size === 0) host.remove();
  }

  /** The person's word on a label, from its details: whatever shows the label is told by the worker. */
  function judge({ picture, synset }: Dismissal, isDismissed: boolean): void {
    askWorker('setDismissal', { picture, synset, isDismissed, isPrivate: false }).catch(
      (error: unknown) => {
        status.textContent = failureText(toFailure(error)).what;
      },
    );
  }

  function refresh(image: TrackedImage): void {
    const before = chips.get(image);
    const prediction = image.reading?.prediction ?? null;
    if (before === undefined || before.prediction === prediction) return;
    const isRead = open?.chip === before && (open.isPinned || details.contains(root.activeElement));
    remove(image);
    if (!isRead || prediction === null) return;
    const chip = create(image, prediction, before.box);
    chip.isSeen = before.isSeen;
    chip.button.style.transform = before.transform;
    apply(chip);
    openDetails(chip, true);
    // Where the pressed button was is the one that takes it back.
    details.querySelector<HTMLElement>('.actions button')?.focus({ preventScroll: true });
  }

  return {
    place: (image, box, clip, view) => {
      const prediction = image.reading?.prediction ?? null;
      if (prediction === null || mode === 'none' || returns > MAX_RETURNS) return false;
      refresh(image);
      const chip = chips.get(image) ?? create(image, prediction, box);
      chip.box = box;
      show();
      const { x, y, maxWidth, isSeen } = chipPlace(box, clip, view.height, isRtl);
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
        chip.button.style.maxInlineSize = `${maxWidth}px`;
        chip.button.classList.toggle('narrow', maxWidth < NARROW_PX);
      }
      apply(chip);
      return hasMoved;
    },
    ...{ remove, refresh },
    setMode: (next, shown) => {
      mode = next;
      shownPredictions = shown;
      if (mode === 'none') for (const image of [...chips.keys()]) remove(image);
      for (const chip of chips.values()) apply(chip);
    },
    toggle: () => {
      isHidden = !isHidden;
      host.hidden = isHidden;
      closeDetails();
    },
    keep: () => {
      if (host.isConnected || chips.size === 0) return;
      returns += 1;
      if (returns > MAX_RETURNS) chips.clear();
      show();
    },
    raise,
    lookAgain: () => {
      for (const chip of chips.values()) chip.isToLookAt = true;
    },
    *uncover(): Generator<undefined, undefined> {
      for (const chip of chips.values()) {
        if (!chip.isSeen || !chip.isToLookAt) continue;
        chip.isToLookAt = false;
        const { left, right, top } = chip.box;
        chip.isCovered = isCovered(
          chip.image.element,
          isRtl ? right - 8 : left + 8,
          Math.max(top, 0) + 8,
        );
        apply(chip);
        yield;
      }
    },
  };
}
