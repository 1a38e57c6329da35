import type { ClassPrediction } from '../core/prediction';
import { percent } from '../platform/i18n';

/** Classes with their probabilities, as numbers and as bars. */
export function PredictionBars({ predictions }: { predictions: ClassPrediction[] }) {
  return (
    <ol class="bars">
      {predictions.map(({ classIndex, label, probability }) => (
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
