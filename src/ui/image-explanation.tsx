import { useEffect, useState } from 'preact/hooks';

import type { LineageStep } from '../core/saying/lineage';
import type { ReportImage } from '../core/report/page-report';
import type { Language } from '../core/saying/languages';
import type { ClassPrediction } from '../core/saying/prediction';
import { shownPredictions } from '../core/saying/shown';
import { percent, text } from '../platform/i18n';
import { ModelSaw } from './model-saw';

/** Asks for the way up from the first of these classes through WordNet. */
export type AskLineage = (
  predictions: Pick<ClassPrediction, 'classIndex' | 'probability'>[],
  language: Language,
) => Promise<LineageStep[]>;

interface ImageExplanationProps {
  image: ReportImage;
  /** The same function in every draw. */
  askLineage: AskLineage;
  /** May a person ask for what is never said? */
  offersUnsaid?: boolean;
}

/** Why the label was chosen: the likeliest classes, and the way up from the first through WordNet. */
export function ImageExplanation(props: ImageExplanationProps) {
  const { image, askLineage, offersUnsaid = false } = props;
  const { prediction } = image;
  if (prediction === null) return null;
  const language = prediction.lang;
  const asked = shownPredictions(prediction).map(({ classIndex, probability }) => ({
    ...{ classIndex, probability },
  }));
  return (
    <>
      {prediction.hint !== null && asked.length > 0 && <h3>{text('report_predictions')}</h3>}
      <ModelSaw prediction={prediction} offersUnsaid={offersUnsaid}>
        {asked.length > 0 && (
          <Lineage
            key={JSON.stringify([language, asked])}
            language={language}
            asked={asked}
            said={image.hint?.synset}
            askLineage={askLineage}
          />
        )}
      </ModelSaw>
    </>
  );
}

interface LineageProps {
  /** Other classes are another component: its key says so. */
  asked: Parameters<AskLineage>[0];
  language: Language;
  /** The node that is said of the image. */
  said: string | undefined;
  askLineage: AskLineage;
}

function Lineage({ asked, language, said, askLineage }: LineageProps) {
  const [predictions] = useState(asked);
  const [steps, setSteps] = useState<LineageStep[]>([]);
  useEffect(() => {
    let isWanted = true;
    askLineage(predictions, language).then(
      (found) => {
        if (isWanted) setSteps(found);
      },
      () => undefined, // The bars say the most; without the way up nothing is wrong.
    );
    return () => {
      isWanted = false;
    };
  }, [predictions, language, askLineage]);
  if (steps.length <= 1) return null;
  return (
    <>
      <h3>{text('report_lineage')}</h3>
      <ol class="lineage">
        {steps.map(({ synset, label, probability }) => (
          <li key={synset} aria-current={synset === said ? 'true' : undefined}>
            <span lang={language}>{label}</span> <span class="share">{percent(probability)}</span>
          </li>
        ))}
      </ol>
      <p class="quiet-text">{text('report_lineage_note')}</p>
    </>
  );
}
