import { snake } from '../core/message-key';
import { insteadAnswer } from '../core/own-models/instead';
import type { Prediction, Saying } from '../core/saying/prediction';
import { saidOf } from '../core/saying/said';
import type { Say } from './say';

/** Why nothing is said, in two or three words; or what the person's own model says instead, marked as its. */
export function silenceHeadline(
  { silence, own }: Pick<Prediction, 'silence' | 'own'>,
  say: Say,
): string {
  if (silence === 'own-model') {
    const answer = insteadAnswer({ own });
    return answer === null ? say('own_models') : say('own_model_says', answer.model, answer.label);
  }
  return say(snake(`chip_silence_${silence ?? 'unsure'}`));
}

/** Why nothing is said; empty where something is. @throws Error where there is neither a hint nor a reason */
export function silenceText(
  { silence, ...saying }: Pick<Saying, 'hint' | 'silence' | 'two'>,
  say: Say,
): string {
  if (saidOf(saying) !== null) return '';
  if (silence === null) throw new Error('Nothing is said, for no reason.');
  return say(snake(`popup_silence_${silence}`));
}
