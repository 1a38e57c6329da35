import { toFailure } from '../../core/errors';
import type { ClassPrediction } from '../../core/saying/prediction';
import type { Where } from '../../core/where/where';
import { failureText } from '../../platform/i18n';
import { whereText } from '../../ui/where-text';
import { button, node, write } from '../card/nodes';
import { removeElement } from '../dom';
import { createVeil, type PictureNow } from './veil';

/** What the question where a label comes from needs of the surface on which it is asked. */
export interface WhereActions {
  /** @returns null where it cannot be told. @throws CodedError */
  ask: (synset: string) => Promise<Where | null>;
  /** Where the picture is drawn now; null where it is not. */
  now: () => PictureNow | null;
  /** Puts the veil below the surface; `end` is called where the person is done with it, or the surface closes. */
  hold: (veil: HTMLElement, end: () => void) => void;
}

/**
 * The button by which a person sees where the label comes from, and what it says in words; pressed again
 * it ends.
 * @param name of the button
 * @param say reads out what a press did
 */
export function whereSection(
  { synset, label }: Pick<ClassPrediction, 'synset' | 'label'>,
  name: string,
  say: (message: string) => void,
  actions: WhereActions,
): HTMLElement {
  let veil: HTMLElement | null = null;
  let isAsking = false;
  const words = node('p', { class: 'quiet' });

  const end = (): void => {
    if (veil !== null) removeElement(veil);
    veil = null;
    write(words, '');
    press.setAttribute('aria-pressed', 'false');
  };
  const show = (where: Where | null): void => {
    if (!press.isConnected) return;
    const told = whereText(where, label);
    write(words, told);
    say(told);
    press.setAttribute('aria-pressed', 'true');
    veil = where === null ? node('div') : createVeil(where, actions.now);
    actions.hold(veil, end);
  };
  const press = button(name, '', () => {
    if (veil !== null) end();
    else if (!isAsking) {
      isAsking = true;
      actions
        .ask(synset)
        .then(show, (error: unknown) => {
          const { what } = failureText(toFailure(error));
          write(words, what);
          say(what);
        })
        .finally(() => {
          isAsking = false;
        });
    }
  });
  press.setAttribute('aria-pressed', 'false');
  return node('div', { class: 'where' }, press, words);
}
