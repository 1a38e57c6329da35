import type { Failure } from '../core/errors';
import type { ReportImage } from '../core/report/page-report';
import type { Saying } from '../core/saying/prediction';
import { askWorker } from '../messages/client';
import { failureText } from '../platform/i18n';
import { DismissButton, type Judge } from '../ui/dismiss-button';
import { ImageExplanation, type AskLineage } from '../ui/image-explanation';
import { ImageFacts } from '../ui/image-facts';
import { PageDraft } from '../ui/page-draft';
import { OwnAnswers } from '../ui/own-answers';
import { ShowWhere } from '../ui/show-where';
import { TeachField } from '../ui/teach-field';
import { TwoThings } from '../ui/two-things';

const askLineage: AskLineage = (predictions, language) =>
  askWorker('getLineage', { predictions, language });

interface TriageDetailsProps {
  image: ReportImage;
  thumbnail: string | undefined;
  /** Why what was asked for could not be done, the last time. */
  problem: Failure | null;
  onDismiss: Judge;
  /** See `TwoThings`. */
  onSeekTwo: (() => Promise<Saying | null>) | null;
}

/** What an opened row tells of its image, and the way to dismiss the label. */
export function TriageDetails(props: TriageDetailsProps) {
  const { image, thumbnail, problem, onDismiss, onSeekTwo } = props;
  return (
    <div class="image-details">
      <ImageFacts image={image} thumbnail={thumbnail} />
      <PageDraft image={image} />
      {problem !== null && <p role="alert">{Object.values(failureText(problem)).join(' ')}</p>}
      {image.prediction !== null && (
        <>
          <OwnAnswers answers={image.prediction.own} />
          <TwoThings prediction={image.prediction} onSeek={onSeekTwo} />
          <div class="image-actions">
            <DismissButton prediction={image.prediction} onJudge={onDismiss} />
          </div>
          <ShowWhere prediction={image.prediction} thumbnail={thumbnail} />
        </>
      )}
      {image.prediction !== null && <TeachField picture={image.prediction.picture} />}
      <ImageExplanation image={image} askLineage={askLineage} />
    </div>
  );
}
