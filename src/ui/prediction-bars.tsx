import { useContext } from 'preact/hooks';

import { directionOf, type Language } from '../core/saying/languages';
import type { ClassPrediction } from '../core/saying/prediction';
import { percent } from '../platform/i18n';
import { ShownPredictions } from './shown-predictions';

interface PredictionBarsProps {
  predictions: ClassPrediction[];
  /** Of the labels. */
  lang: Language;
}

/** The likeliest classes, as many as the person wants, with their probabilities as numbers and as bars. */
export function PredictionBars({ predictions, lang }: PredictionBarsProps) {
  const shown = useContext(ShownPredictions);
  return (
    <ol class="bars">
      {predictions.slice(0, shown).map(({ classIndex, label, probability }) => (
        <li key={classIndex}>
          <span lang={lang} dir={directionOf(lang)}>
            {label}
          </span>
          <span class="share">{percent(probability)}</span>
          <span class="bar" aria-hidden="true">
            <span style={{ inlineSize: `${(probability * 100).toFixed(1)}%` }} />
          </span>
        </li>
      ))}
    </ol>
  );
}
