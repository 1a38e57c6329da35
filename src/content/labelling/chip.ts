import type { PlacedSize } from '../../core/look/painted-area';
import { insteadAnswer } from '../../core/own-models/instead';
import { directionOf } from '../../core/saying/languages';
import type { Prediction } from '../../core/saying/prediction';
import { saidOf } from '../../core/saying/said';
import { percent, text } from '../../platform/i18n';
import { silenceHeadline } from '../../ui/silence-text';
import { node } from '../card/nodes';
import type { TrackedImage } from './tracked-image';

/** One label. */
export interface Chip {
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
  /** The part of a box of this size in which the picture is drawn, as shares; null until it was read. */
  seen: { width: number; height: number; part: PlacedSize } | null;
  transform: string;
  /** Of what is in view of the picture, CSS px. */
  maxWidth: number;
  /** As wide as it is drawn where nothing lies over it, CSS px; null until it was measured. */
  width: number | null;
  /** So far nothing lies over it, CSS px. */
  free: number;
}

/** What stands on a label: what is said, by the built-in model or one of the person's own, or why nothing is. */
function chipContent(prediction: Prediction): {
  label: string;
  share: string;
  spoken: string;
} {
  const said = saidOf(prediction);
  if (said === null) {
    const label = silenceHeadline(prediction, text);
    const instead = insteadAnswer(prediction);
    if (instead === null) return { label, share: '', spoken: label };
    const share = percent(instead.probability);
    return { label, share, spoken: `${label}, ${share}` };
  }
  const share = percent(said.probability);
  return { label: said.label, share, spoken: `${said.text}, ${share}` };
}

/** A label that is not shown yet. The Tab key finds the way in, arrow keys go from there: see chip-entry. */
export function createChip(
  image: TrackedImage,
  prediction: Prediction,
  box: DOMRectReadOnly,
): Chip {
  const { label, share, spoken } = chipContent(prediction);
  const { lang } = prediction;
  const isHint = saidOf(prediction) !== null;
  const isSaid = isHint || insteadAnswer(prediction) !== null;
  const attributes = isHint ? { lang, dir: directionOf(lang) } : { lang: text('card_language') };
  const button = node(
    'button',
    {
      type: 'button',
      class: `chip${isSaid ? '' : ' unsure'}`,
      'aria-label': spoken,
      'aria-expanded': 'false',
      tabindex: '-1',
      dir: text('popup_direction'),
    },
    node('span', attributes, label),
    share === '' ? null : node('span', { class: 'share' }, share),
  );
  button.hidden = true;
  return {
    ...{ image, button, prediction, box, isSeen: false, isCovered: false, isToLookAt: true },
    ...{ isQuiet: !isSaid, seen: null, transform: '', maxWidth: -1 },
    ...{ width: null, free: Infinity },
  };
}
