import { toFailure } from '../../core/errors';
import type { Dismissal } from '../../core/saying/dismissal';
import { askWorker } from '../../messages/client';
import { seekTwo } from '../describe/seek-two';
import { failureText, text } from '../../platform/i18n';
import { node } from '../card/nodes';
import { boxOf, clientWidthOf, contains, documentElementOf, isHere } from '../dom';
import { paintedBox } from '../find/painted-box';
import type { Layer } from '../layer';
import { pageLanguage } from '../page-language';
import { createHeld } from '../where/held';
import { paintedPicture } from '../where/painted-picture';
import { seeWhere } from '../where/see-where';
import type { WhereActions } from '../where/where-section';
import type { Chip } from './chip';
import { detailsPart, type DetailsPart } from './details-part';
import { readAgain } from './read-again';

const DETAILS_WIDTH_PX = 300;

/** The details of one label at a time: open while it is hovered over or focused, or until it is pressed again. */
export interface ChipDetails {
  isOf: (chip: Chip) => boolean;
  isPinned: () => boolean;
  /** The label whose details are open. */
  current: () => Chip | null;
  holds: (target: Element | null) => boolean;
  /** A label's details may be asked for soon: what draws them is put into this frame. */
  prepare: () => void;
  open: (chip: Chip, isPinned: boolean) => void;
  close: () => void;
  /** Takes away what shows where the label comes from, else closes the details. @returns whether they are closed */
  escape: () => boolean;
  /** Where the pressed button was is the one that takes it back. */
  focusAction: () => void;
  /** @param count how many of the likeliest classes are listed */
  setShown: (count: number) => void;
}

/** What a person asks from a label's details: whatever shows the label is told by the worker. */
function createAsking(say: (message: string) => void) {
  const tellFailure = (error: unknown): void => {
    say(failureText(toFailure(error)).what);
  };
  return {
    judge: ({ picture, synset }: Dismissal, isDismissed: boolean): void => {
      askWorker('setDismissal', {
        ...{ picture, synset, isDismissed, isPrivate: false },
        language: pageLanguage(),
      }).catch(tellFailure);
    },
    seekTwo: ({ image, prediction }: Chip): void => {
      say(text('card_looking'));
      seekTwo(prediction, () => readAgain(image)).then((saying) => {
        say(saying?.two?.text ?? text('two_none'));
      }, tellFailure);
    },
  };
}

/** @param onClosed the label may be out of use now */
export function createChipDetails(
  { root, addStyles }: Pick<Layer, 'root' | 'addStyles'>,
  status: HTMLParagraphElement,
  isRtl: boolean,
  onClosed: (chip: Chip) => void,
): ChipDetails {
  let shownPredictions = 0;
  let opened: { chip: Chip; isPinned: boolean } | null = null;
  let isStyled = false;
  const details = node('div', {
    class: 'card details',
    role: 'group',
    tabindex: '-1',
    dir: text('popup_direction'),
    lang: text('card_language'),
  });
  const say = (message: string) => {
    status.replaceChildren(node('span', {}, message));
  };

  const asking = createAsking(say);
  const held = createHeld((below) => opened?.chip.button.before(below));

  function close(): void {
    if (opened === null) return;
    held.end();
    const { chip } = opened;
    opened = null;
    chip.button.setAttribute('aria-expanded', 'false');
    if (details.contains(root.activeElement)) chip.button.focus({ preventScroll: true });
    details.remove();
    onClosed(chip);
  }

  function open(chip: Chip, isPinned: boolean): void {
    if (opened?.chip === chip) {
      opened.isPinned ||= isPinned;
      return;
    }
    close();
    opened = { chip, isPinned };
    chip.button.setAttribute('aria-expanded', 'true');
    if (detailsPart.loaded !== null) fill(chip, detailsPart.loaded);
    else {
      detailsPart.load().then(
        (part) => {
          if (opened?.chip === chip) fill(chip, part);
        },
        (error: unknown) => {
          if (opened?.chip !== chip) return;
          close();
          say(failureText(toFailure(error)).what);
        },
      );
    }
  }

  function fill(chip: Chip, part: DetailsPart): void {
    if (!isStyled) addStyles(part.styles);
    isStyled = true;
    details.setAttribute('aria-label', text('card_label'));
    const where = { ...whereOfChip(chip), hold: held.hold };
    const seek = () => {
      asking.seekTwo(chip);
    };
    const actions = { say, judge: asking.judge, where, teach: null, seekTwo: seek };
    const { nodes } = part.content(chip.prediction, shownPredictions, actions);
    details.replaceChildren(...nodes);
    // After its chip, where the Tab key finds it.
    chip.button.after(details);
    details.style.transform = placeBeside(chip.button, isRtl);
  }

  return {
    ...{ open, close },
    escape: () => {
      if (held.end()) return false;
      close();
      return true;
    },
    prepare: () => {
      detailsPart.load().catch(() => undefined); // told where the details are opened
    },
    isOf: (chip) => opened?.chip === chip,
    isPinned: () => opened?.isPinned === true,
    current: () => opened?.chip ?? null,
    holds: (target) => target !== null && contains(details, target),
    focusAction: () => {
      const action = details.querySelector<HTMLButtonElement>('.actions button');
      action?.focus({ preventScroll: true });
    },
    setShown: (count) => {
      shownPredictions = count;
    },
  };
}

/** What the question where a label comes from needs of its image. */
function whereOfChip({ image, prediction }: Chip): Omit<WhereActions, 'hold'> {
  const { picture, element } = image;
  return {
    ask: (synset) => seeWhere(prediction.picture, synset, () => readAgain(image)),
    now: () => {
      if (picture === null || !isHere(element)) return null;
      const box = paintedBox(picture) ?? boxOf(element);
      return { box, ...paintedPicture(picture, box, prediction) };
    },
  };
}

/** Below its label, or above it in the lower half of the viewport; as a CSS transform. */
function placeBeside(button: HTMLButtonElement, isRtl: boolean): string {
  const { left, right, top, bottom } = button.getBoundingClientRect();
  const isAbove = bottom > innerHeight / 2;
  const start = isRtl ? right - DETAILS_WIDTH_PX : left;
  const room = clientWidthOf(documentElementOf(document)) - DETAILS_WIDTH_PX - 8;
  const x = Math.max(8, Math.min(start, room));
  const y = isAbove ? `calc(${top + scrollY - 2}px - 100%)` : `${bottom + scrollY + 2}px`;
  return `translate(${x + scrollX}px, ${y})`;
}
