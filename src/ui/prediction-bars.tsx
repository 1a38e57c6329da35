import { useContext } from 'preact/hooks';

import type { ClassPrediction } from '../core/saying/prediction';
import { percent } from '../platform/i18n';
import { ShownPredictions } from './shown-predictions';

/** The likeliest classes, as many as the person wants, with their probabilities as numbers and as bars. */
export function PredictionBars({ predictions }: { predictions: ClassPrediction[] }) {
  const shown = useContext(ShownPredictions);
  return (
    <ol class="bars">
      {predictions.slice(0, shown).map(({ classIndex, label, probability }) => (
        <li key={classIndex}>
          <span lang="en">{label}</span>
          <span class="share">{percent(probability)}</span>
          <span class="bar" aria-hidden="true">
            <span style={{ inlineSize: `${(probability * 100).toFixed(1)}%` }} />
          </span>
        </li>
      ))}
    </ol>
  );
}
