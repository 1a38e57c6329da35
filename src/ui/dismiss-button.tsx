import { judgedLabel } from '../core/saying/dismissal';
import type { Prediction } from '../core/saying/prediction';
import { text } from '../platform/i18n';
import { RichText } from './rich-text';

interface DismissButtonProps {
  prediction: Prediction;
  onJudge: (isDismissed: boolean) => void;
}

/** Dismisses a label as wrong, and in the same place brings it back; nothing where nothing is said. */
export function DismissButton({ prediction, onJudge }: DismissButtonProps) {
  const said = judgedLabel(prediction);
  if (said === null) return null;
  const isDismissed = prediction.kept !== null;
  return (
    <button
      type="button"
      class="button"
      onClick={() => {
        onJudge(!isDismissed);
      }}
    >
      {isDismissed ? (
        // One piece for the button's layout, which sets pieces apart.
        <span>
          <RichText of="dismissal_undo" with={[<span lang={prediction.lang}>{said.label}</span>]} />
        </span>
      ) : (
        text('dismissal_button')
      )}
    </button>
  );
}
