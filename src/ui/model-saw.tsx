import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';

import { directionOf } from '../core/saying/languages';
import type { Prediction } from '../core/saying/prediction';
import { allPredictions, hasUnshown, shownPredictions } from '../core/saying/shown';
import { text } from '../platform/i18n';
import { ChevronIcon } from './drawings';
import { PredictionBars } from './prediction-bars';

interface ModelSawProps {
  prediction: Prediction;
  /** May a person ask for what is never said? */
  offersUnsaid?: boolean;
  /** What explains the classes further. */
  children?: ComponentChildren;
}

/**
 * The likeliest classes. Where nothing is said of the picture they are no answer, and stand behind a press;
 * what is never said, behind another.
 */
export function ModelSaw({ prediction, offersUnsaid = false, children }: ModelSawProps) {
  const isOffered = offersUnsaid && hasUnshown(prediction);
  const shown = shownPredictions(prediction);
  if (shown.length === 0 && !isOffered) return null;
  const { guess, hint, lang } = prediction;
  const bars = (
    <>
      {guess !== null && (
        <p lang={lang} dir={directionOf(lang)}>
          {guess.text}
        </p>
      )}
      {shown.length > 0 && <PredictionBars predictions={shown} lang={lang} />}
      {children}
      {isOffered && <Unsaid prediction={prediction} />}
    </>
  );
  if (hint !== null) return bars;
  return (
    <details class="model-saw">
      <summary>
        {text('model_saw')}
        <ChevronIcon />
      </summary>
      {bars}
    </details>
  );
}

/** All classes, those that are never said among them, for who asks for them once more. */
function Unsaid({ prediction }: Pick<ModelSawProps, 'prediction'>) {
  const [isShown, setShown] = useState(false);
  return (
    <>
      <button
        type="button"
        class="link"
        aria-expanded={isShown}
        onClick={() => {
          setShown(!isShown);
        }}
      >
        {text('model_saw_all')}
      </button>
      {isShown && (
        <PredictionBars predictions={allPredictions(prediction)} lang={prediction.lang} />
      )}
    </>
  );
}
