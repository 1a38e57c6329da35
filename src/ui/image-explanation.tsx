import { useEffect, useState } from 'preact/hooks';

import type { LineageStep } from '../core/saying/lineage';
import type { ReportImage } from '../core/report/page-report';
import { shownPredictions } from '../core/report/rows';
import type { Language } from '../core/saying/languages';
import type { ClassPrediction } from '../core/saying/prediction';
import { percent, text } from '../platform/i18n';
import { PredictionBars } from './prediction-bars';

/** Asks for the way up from the first of these classes through WordNet. */
export type AskLineage = (
  predictions: Pick<ClassPrediction, 'classIndex' | 'probability'>[],
  language: Language,
) => Promise<LineageStep[]>;

interface ImageExplanationProps {
  image: ReportImage;
  /** The same function in every draw. */
  askLineage: AskLineage;
}

/** Why the label was chosen: the likeliest classes, and the way up from the first through WordNet. */
export function ImageExplanation({ image, askLineage }: ImageExplanationProps) {
  const predictions = shownPredictions(image);
  const language = image.prediction?.lang;
  if (predictions.length === 0 || language === undefined) return null;
  const asked = predictions.map(({ classIndex, probability }) => ({ classIndex, probability }));
  return (
    <>
      <h3>{text('report_predictions')}</h3>
      <PredictionBars predictions={predictions} lang={language} />
      <Lineage
        key={JSON.stringify([language, asked])}
        language={language}
        asked={asked}
        said={image.hint?.synset}
        askLineage={askLineage}
      />
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
