import { judgedLabel } from '../core/saying/dismissal';
import type { Prediction } from '../core/saying/prediction';
import { text } from '../platform/i18n';
import { RichText } from './rich-text';

/** A person's word on a label of a picture. */
export type Judge = (isDismissed: boolean, synset: string) => void;

interface DismissButtonProps {
  prediction: Prediction;
  onJudge: Judge;
}

interface Judged {
  synset: string;
  label: string;
  isDismissed: boolean;
}

/** What a person may dismiss, and what they have: of two things each by itself. */
function judgedOf(prediction: Prediction): Judged[] {
  const { two = null, twoKept = [], kept } = prediction;
  if (two !== null) return two.hints.map((hint) => ({ ...hint, isDismissed: false }));
  const whole = judgedLabel(prediction);
  const parts = twoKept.filter(({ synset }) => synset !== kept?.synset);
  return [
    ...(whole === null ? [] : [{ ...whole, isDismissed: kept !== null }]),
    ...parts.map((hint) => ({ ...hint, isDismissed: true })),
  ];
}

/** Dismisses a label as wrong, and in the same place brings it back; nothing where nothing is said. */
export function DismissButton({ prediction, onJudge }: DismissButtonProps) {
  const isOfTwo = (prediction.two ?? null) !== null;
  return (
    <>
      {judgedOf(prediction).map(({ synset, label, isDismissed }, place) => (
        <button
          key={place}
          type="button"
          class="button"
          onClick={() => {
            onJudge(!isDismissed, synset);
          }}
        >
          {isDismissed ? (
            // One piece for the button's layout, which sets pieces apart.
            <span>
              <RichText of="dismissal_undo" with={[<span lang={prediction.lang}>{label}</span>]} />
            </span>
          ) : (
            text('dismissal_button') + (isOfTwo ? `: ${label}` : '')
          )}
        </button>
      ))}
    </>
  );
}
