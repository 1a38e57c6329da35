import { snake } from '../core/message-key';
import type { Saying } from '../core/saying/prediction';
import { saidOf } from '../core/saying/said';
import type { Say } from './say';

/** Why nothing is said, in two or three words. */
export function silenceHeadline({ silence }: Pick<Saying, 'silence'>, say: Say): string {
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
