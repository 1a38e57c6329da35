import { judgedLabel, type Dismissal } from '../../core/saying/dismissal';
import type { Failure } from '../../core/errors';
import { directionOf, type Language } from '../../core/saying/languages';
import type { Prediction, TwoThings } from '../../core/saying/prediction';
import { areBeside, isTwoToSeek } from '../../core/saying/said';
import { shownPredictions } from '../../core/saying/shown';
import { chosenLabel } from '../../core/where/chosen-label';
import { snake } from '../../core/message-key';
import { failureText, percent, text } from '../../platform/i18n';
import { duration } from '../../ui/format';
import { silenceHeadline } from '../../ui/silence-text';
import { whereSection, type WhereActions } from '../where/where-section';
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
  where: WhereActions;
  /** Goes to where a name of one's own is written; null where there is no such place. */
  teach: (() => void) | null;
  /** Looks for two things in the picture; null where that is done without being asked. */
  seekTwo: (() => void) | null;
}

/** @param shown how many of the likeliest classes are listed */
export function resultContent(
  prediction: Prediction,
  shown: number,
  actions: ResultActions,
): CardContent {
  const { say, judge, where, teach, seekTwo } = actions;
  const { hint, guess, kept, draft, lang, draftLang, two = null, twoKept = [] } = prediction;
  if (two !== null) return twoContent(prediction, two, actions);
  const said = judgedLabel(prediction);
  const judging = said === null ? null : judgement(prediction, said, judge);
  const teaching = teach === null ? null : button(text('teach_open'), '', teach);
  const bars = predictionList(prediction, shown);
  const chosen = chosenLabel(prediction);
  const place = chosen === null ? null : whereSection(chosen, text('where_show'), say, where);
  const seeking =
    seekTwo === null || !isTwoToSeek(prediction) ? null : button(text('two_seek'), '', seekTwo);
  const undoing = twoKept
    .filter(({ synset }) => synset !== kept?.synset)
    .map(({ synset, label }) => {
      const undo = button(text('dismissal_undo', label), '', () => {
        judge({ picture: prediction.picture, synset }, false);
      });
      return node('div', { class: 'actions' }, undo);
    });
  const source = node('p', { class: 'quiet source' }, sourceLine(prediction));
  if (hint !== null) {
    const nodes: HTMLElement[] = [node('h2', languageAttributes(lang), hint.text)];
    if (bars !== null) nodes.push(bars);
    if (draft !== null) nodes.push(draftBox(draft, draftLang, say));
    nodes.push(...actionsRow(judging, teaching, seeking));
    if (place !== null) nodes.push(place);
    return { nodes: [...nodes, ...undoing, source, ...ownList(prediction)], spoken: hint.text };
  }
  // The reason first: what the model saw is no answer here.
  const why = text(snake(`card_silence_${prediction.silence ?? 'unsure'}`));
  const headline = silenceHeadline(prediction, text);
  const nodes: HTMLElement[] = [node('h2', {}, headline), node('p', { class: 'quiet' }, why)];
  const seen = [
    guess === null ? null : node('p', languageAttributes(lang), guess.text),
    bars,
    ...(kept === null ? actionsRow(judging, null) : []),
    kept === null ? place : null,
  ].filter((each) => each !== null);
  if (seen.length > 0) nodes.push(...disclosure(text('model_saw'), seen));
  nodes.push(...actionsRow(kept === null ? null : judging, teaching, seeking));
  nodes.push(...undoing, source, ...ownList(prediction));
  return { nodes, spoken: `${headline}. ${why}` };
}

/** What a person may do about the answer, in one row; no row where there is nothing. */
function actionsRow(...buttons: (HTMLElement | null)[]): HTMLElement[] {
  const given = buttons.filter((each) => each !== null);
  return given.length === 0 ? [] : [node('div', { class: 'actions' }, ...given)];
}

/** The likeliest classes that may be shown, as many as the person wants; null where there is none. */
function predictionList(prediction: Prediction, shown: number): HTMLElement | null {
  const rows = shownPredictions(prediction)
    .slice(0, shown)
    .map(({ label, probability }) =>
      predictionRow(label, languageAttributes(prediction.lang), probability),
    );
  return rows.length === 0 ? null : node('ul', { 'aria-label': text('card_predictions') }, ...rows);
}

/** A button and what a press on it shows, or hides again. */
function disclosure(label: string, inside: HTMLElement[]): HTMLElement[] {
  const panel = node('div', {}, ...inside);
  panel.hidden = true;
  const toggle = button(label, 'toggle', () => {
    panel.hidden = !panel.hidden;
    toggle.setAttribute('aria-expanded', String(!panel.hidden));
  });
  toggle.setAttribute('aria-expanded', 'false');
  return [toggle, panel];
}

/** A button's name for one of two labels. */
function namedFor(action: string, label: string): string {
  return `${action}: ${label}`;
}

/**
 * What the card says where two things are in the picture: each with its probability, its place, and the way
 * to dismiss it.
 */
function twoContent(
  prediction: Prediction,
  { hints, text: saying }: TwoThings,
  { say, judge, where }: ResultActions,
): CardContent {
  const { draft, lang, draftLang } = prediction;
  const rows = hints.map(({ label, probability }) =>
    predictionRow(label, languageAttributes(lang), probability),
  );
  const [first, second] = hints;
  const dismissing = hints.map(({ synset, label }) =>
    button(namedFor(text('dismissal_button'), label), '', () => {
      judge({ picture: prediction.picture, synset }, true);
    }),
  );
  const places = hints.map((hint) =>
    whereSection(hint, namedFor(text('where_show'), hint.label), say, where),
  );
  const nodes = [
    node('h2', languageAttributes(lang), saying),
    node(
      'p',
      {},
      text(areBeside(prediction) ? 'two_beside' : 'two_above', first.label, second.label),
    ),
    node('ul', { 'aria-label': text('card_predictions') }, ...rows),
    draft === null ? null : draftBox(draft, draftLang, say),
    node('div', { class: 'actions' }, ...dismissing),
    ...places,
    node('p', { class: 'quiet source' }, sourceLine(prediction)),
    ...ownList(prediction),
  ].filter((each) => each !== null);
  return { nodes, spoken: saying };
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

/** What models of the person's own say, marked as theirs: seen, and announced only where it is the headline. */
export function ownList({ own = [] }: Pick<Prediction, 'own'>): HTMLElement[] {
  const rows = own.map(({ model, label, probability }) =>
    predictionRow(text('own_model_says', model, label), {}, probability),
  );
  return rows.length === 0 ? [] : [node('ul', { 'aria-label': text('own_models') }, ...rows)];
}

function predictionRow(
  label: string,
  attributes: Record<string, string>,
  probability: number,
): HTMLLIElement {
  const bar = node('span', { class: 'bar' });
  // Through the object model: a style attribute would be refused under the page's CSP.
  bar.style.inlineSize = `${probability * 100}%`;
  return node(
    'li',
    {},
    node('span', attributes, label),
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

export function goneContent(): CardContent {
  const spoken = text('card_image_gone');
  return { nodes: [node('h2', {}, spoken)], spoken };
}
