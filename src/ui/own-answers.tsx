import { insteadAnswer } from '../core/own-models/instead';
import type { OwnAnswer } from '../core/own-models/own-answer';
import { percent, text } from '../platform/i18n';

/** The same in one line, for rows, but the answer that is their headline; empty where there are none. */
export function ownLine(answers: readonly OwnAnswer[] = []): string {
  const headline = insteadAnswer({ own: [...answers] });
  return answers
    .filter(({ model }) => model !== headline?.model)
    .map(({ model, label, probability }) =>
      [text('own_model_says', model, label), percent(probability)].join(' '),
    )
    .join(' · ');
}

/** What models of the person's own say of a picture, each marked as that model's. */
export function OwnAnswers({ answers }: { answers: readonly OwnAnswer[] | undefined }) {
  if (answers === undefined || answers.length === 0) return null;
  return (
    <ul class="bars own-answers" aria-label={text('own_models')}>
      {answers.map(({ model, label, probability }) => (
        <li key={model}>
          <span>{text('own_model_says', model, label)}</span>
          <span class="share">{percent(probability)}</span>
          <span class="bar" aria-hidden="true">
            <span style={{ inlineSize: `${(probability * 100).toFixed(1)}%` }} />
          </span>
        </li>
      ))}
    </ul>
  );
}
