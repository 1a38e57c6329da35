import { useState } from 'preact/hooks';

import { toFailure } from '../core/errors';
import { directionOf } from '../core/saying/languages';
import type { Prediction, Saying } from '../core/saying/prediction';
import { areBeside, isTwoToSeek } from '../core/saying/said';
import { failureText, percent, text } from '../platform/i18n';
import { useAnnounce } from './announcer';

interface TwoThingsProps {
  prediction: Prediction;
  /**
   * Has two things looked for in the picture, and shows what is said then; null where nobody can. Its value is null
   * where that cannot be told. @throws CodedError
   */
  onSeek: (() => Promise<Saying | null>) | null;
}

/** Two things of one picture with their places; where nobody has looked for them, the button that does. */
export function TwoThings({ prediction, onSeek }: TwoThingsProps) {
  const [outcome, setOutcome] = useState('');
  const announce = useAnnounce();
  const { two = null, lang } = prediction;
  if (two !== null) {
    const [first, second] = two.hints;
    return (
      <div class="two-things">
        <p>{text(areBeside(prediction) ? 'two_beside' : 'two_above', first.label, second.label)}</p>
        <ul class="bars" aria-label={text('card_predictions')}>
          {two.hints.map(({ synset, label, probability }) => (
            <li key={synset}>
              <span lang={lang} dir={directionOf(lang)}>
                {label}
              </span>
              <span class="share">{percent(probability)}</span>
              <span class="bar" aria-hidden="true">
                <span style={{ inlineSize: `${(probability * 100).toFixed(1)}%` }} />
              </span>
            </li>
          ))}
        </ul>
      </div>
    );
  }
  const tell = (words: string): void => {
    setOutcome(words);
    announce(words);
  };
  const isOffered = onSeek !== null && isTwoToSeek(prediction);
  if (!isOffered && outcome === '') return null;
  return (
    <div class="two-things">
      {isOffered && (
        <button
          type="button"
          class="button"
          onClick={() => {
            tell(text('card_looking'));
            onSeek().then(
              (saying) => {
                tell(saying?.two?.text ?? text('two_none'));
              },
              (error: unknown) => {
                tell(failureText(toFailure(error)).what);
              },
            );
          }}
        >
          {text('two_seek')}
        </button>
      )}
      <p class="quiet-text">{outcome}</p>
    </div>
  );
}
