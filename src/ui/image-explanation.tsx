import { useEffect, useState } from 'preact/hooks';

import type { LineageStep } from '../core/saying/lineage';
import type { ReportImage } from '../core/report/page-report';
import { shownPredictions } from '../core/report/rows';
import type { ClassPrediction } from '../core/saying/prediction';
import { percent, text } from '../platform/i18n';
import { PredictionBars } from './prediction-bars';

interface ImageExplanationProps {
  image: ReportImage;
  askLineage: (predictions: ClassPrediction[]) => Promise<LineageStep[]>;
}

/** Why the label was chosen: the five likeliest classes, and the way up from the first through WordNet. */
export function ImageExplanation({ image, askLineage }: ImageExplanationProps) {
  const [steps, setSteps] = useState<LineageStep[]>([]);
  const predictions = shownPredictions(image);
  const asked = predictions
    .map(({ classIndex, probability }) => `${classIndex} ${probability}`)
    .join();

  useEffect(() => {
    let isWanted = true;
    setSteps([]);
    if (predictions.length > 0) {
      askLineage(predictions).then(
        (found) => {
          if (isWanted) setSteps(found);
        },
        () => undefined, // The bars say the most; without the way up nothing is wrong.
      );
    }
    return () => {
      isWanted = false;
    };
  }, [asked]);

  if (predictions.length === 0) return null;
  return (
    <>
      <h3>{text('report_predictions')}</h3>
      <PredictionBars predictions={predictions} />
      {steps.length > 1 && (
        <>
          <h3>{text('report_lineage')}</h3>
          <ol class="lineage">
            {steps.map(({ synset, label, probability }) => (
              <li key={synset} aria-current={synset === image.hint?.synset ? 'true' : undefined}>
                <span lang="en">{label}</span> <span class="share">{percent(probability)}</span>
              </li>
            ))}
          </ol>
          <p class="quiet-text">{text('report_lineage_note')}</p>
        </>
      )}
    </>
  );
}
