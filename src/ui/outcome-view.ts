import type { Failure } from '../core/errors';
import { insteadAnswer } from '../core/own-models/instead';
import type { Language } from '../core/saying/languages';
import { saidOf } from '../core/saying/said';
import type { Outcome } from '../messages/protocol';
import type { Say } from './say';
import { silenceHeadline, silenceText } from './silence-text';

/** One result as it is shown. */
export interface OutcomeView {
  tone: 'said' | 'silent' | 'failed';
  headline: string;
  /** Of a label; null for text of the interface. */
  headlineLanguage: Language | null;
  /** Of what the headline says, 0-1; null where it says nothing of the picture. */
  probability: number | null;
  /** Why nothing is said, or what to do about a failure; empty where the headline is all. */
  note: string;
}

/** @param explain what happened and what to do about a failure (`failureText` of platform/i18n) */
export function outcomeView(
  { result }: Pick<Outcome, 'result'>,
  say: Say,
  explain: (failure: Failure) => { what: string; remedy: string },
): OutcomeView {
  if (!result.ok) {
    const { what, remedy } = explain(result.error);
    return {
      tone: 'failed',
      headline: what,
      headlineLanguage: null,
      probability: null,
      note: remedy,
    };
  }
  const said = saidOf(result.prediction);
  if (said !== null) {
    return {
      tone: 'said',
      headline: said.text,
      headlineLanguage: result.prediction.lang,
      probability: said.probability,
      note: '',
    };
  }
  const instead = insteadAnswer(result.prediction);
  return {
    tone: instead === null ? 'silent' : 'said',
    headline: silenceHeadline(result.prediction, say),
    headlineLanguage: null,
    probability: instead?.probability ?? null,
    note: silenceText(result.prediction, say),
  };
}
