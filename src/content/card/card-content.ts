import { judgedLabel, type Dismissal } from '../../core/saying/dismissal';
import type { Failure } from '../../core/errors';
import { directionOf, type Language } from '../../core/saying/languages';
import type { Prediction } from '../../core/saying/prediction';
import { snake } from '../../core/message-key';
import { failureText, percent, text } from '../../platform/i18n';
import { duration } from '../../ui/format';
import { prepareCopying } from './copy-text';
import { button, node, write } from './nodes';

/** What the card holds in one state: its nodes, and the one sentence or two that are read out. */
export interface CardContent {
  nodes: HTMLElement[];
  spoken: string;
}

export function progressContent(message: string): CardContent {
  return {
    nodes: [node('h2', {}, message), node('div', { class: 'progress', 'aria-hidden': 'true' })],
    spoken: message,
  };
}

export interface ResultActions {
  /** Reads out what a press did. */
  say: (message: string) => void;
  /** A person's word that the label is wrong, or not after all. */
  judge: (label: Dismissal, isDismissed: boolean) => void;
  /** Goes to where a name of one's own is written; null where there is no such place. */
  teach: (() => void) | null;
}

/** @param shown how many of the likeliest classes are listed */
export function resultContent(
  prediction: Prediction,
  shown: number,
  { say, judge, teach }: ResultActions,
): CardContent {
  const { hint, guess, silence, draft, predictions, lang, draftLang } = prediction;
  const saying = hint?.text ?? guess?.text ?? null;
  const headline = saying ?? text('card_no_description');
  const why = silence === null ? null : text(snake(`card_silence_${silence}`));
  const nodes: HTMLElement[] = [
    node('h2', saying === null ? {} : languageAttributes(lang), headline),
  ];
  if (why !== null) nodes.push(node('p', { class: 'quiet' }, why));
  nodes.push(
    node(
      'ul',
      { 'aria-label': text('card_predictions') },
      ...predictions
        .slice(0, shown)
        .map(({ label, probability }) => predictionRow(label, lang, probability)),
    ),
  );
  if (draft !== null) nodes.push(draftBox(draft, draftLang, say));
  const said = judgedLabel(prediction);
  if (said !== null || teach !== null) {
    nodes.push(
      node(
        'div',
        { class: 'actions' },
        said === null ? null : judgement(prediction, said, judge),
        teach === null ? null : button(text('teach_open'), '', teach),
      ),
    );
  }
  nodes.push(node('p', { class: 'quiet source' }, sourceLine(prediction)));
  return { nodes, spoken: why === null ? headline : `${headline}. ${why}` };
}

/** The button by which a person dismisses the label, or takes that back. */
function judgement(
  { picture, kept }: Prediction,
  { synset, label }: { synset: string; label: string },
  judge: ResultActions['judge'],
): HTMLElement {
  const isDismissed = kept !== null;
  const says = isDismissed ? text('dismissal_undo', label) : text('dismissal_button');
  const press = () => {
    judge({ picture, synset }, !isDismissed);
  };
  return button(says, '', press);
}

function languageAttributes(lang: Language): { lang: string; dir: string } {
  return { lang, dir: directionOf(lang) };
}

function predictionRow(label: string, lang: Language, probability: number): HTMLLIElement {
  const bar = node('span', { class: 'bar' });
  // Through the object model: a style attribute would be refused under the page's CSP.
  bar.style.inlineSize = `${probability * 100}%`;
  return node(
    'li',
    {},
    node('span', languageAttributes(lang), label),
    node('span', { class: 'share' }, percent(probability)),
    node('span', { class: 'track', 'aria-hidden': 'true' }, bar),
  );
}

function draftBox(draft: string, lang: Language, say: (message: string) => void): HTMLElement {
  const copyButton = button(text('card_copy'), '', () => {
    void copy(draft).then((isCopied) => {
      const message = text(isCopied ? 'card_copied' : 'card_copy_failed');
      write(copyButton, message);
      say(message);
    });
  });
  const copy = prepareCopying(copyButton);
  return node(
    'section',
    { class: 'draft', 'aria-label': text('card_draft') },
    node('h3', {}, text('card_draft')),
    node('p', languageAttributes(lang), draft),
    copyButton,
  );
}

/** How the pixels were reached, what ran the model, how long it took. */
function sourceLine({ rung, backend, inferenceMilliseconds, cached }: Prediction): string {
  const parts = [text(snake(`card_rung_${rung}`))];
  if (cached) parts.push(text('card_known'));
  else
    parts.push(
      text(`popup_backend_${backend}`),
      duration(inferenceMilliseconds, text('card_language')),
    );
  return parts.join(' · ');
}

export interface FailureActions {
  /** Null where trying again cannot help. */
  retry: (() => void) | null;
  /** Null where access would not help. */
  giveAccess: (() => void) | null;
}

export function failureContent(failure: Failure, actions: FailureActions): CardContent {
  const { what, remedy } = failureText(failure);
  const { retry, giveAccess } = actions;
  const nodes: HTMLElement[] = [node('h2', {}, what)];
  if (remedy !== '') nodes.push(node('p', { class: 'quiet' }, remedy));
  if (retry !== null || giveAccess !== null) {
    nodes.push(
      node(
        'div',
        { class: 'actions' },
        giveAccess === null ? null : button(text('card_give_access'), 'main', giveAccess),
        retry === null ? null : button(text('card_try_again'), '', retry),
      ),
    );
  }
  return { nodes, spoken: remedy === '' ? what : `${what} ${remedy}` };
}
