import { useLayoutEffect, useRef, useState } from 'preact/hooks';

import type { Failure } from '../core/errors';
import type { ReportImage } from '../core/report/page-report';
import { altHtml } from '../core/report/rows';
import type { Saying } from '../core/saying/prediction';
import { askWorker } from '../messages/client';
import { failureText, text } from '../platform/i18n';
import { CopyButton } from '../ui/copy-button';
import { DismissButton, type Judge } from '../ui/dismiss-button';
import { DraftEditor } from '../ui/draft-editor';
import { ImageExplanation, type AskLineage } from '../ui/image-explanation';
import { ImageFacts } from '../ui/image-facts';
import { OwnAnswers } from '../ui/own-answers';
import { PageDraft } from '../ui/page-draft';
import { ShowWhere } from '../ui/show-where';
import { TeachField } from '../ui/teach-field';
import { TwoThings } from '../ui/two-things';

const askLineage: AskLineage = (predictions, language) =>
  askWorker('getLineage', { predictions, language });

interface AltTextActionsProps {
  image: ReportImage;
  /** The text of ours that the image has on the page now, or null. */
  applied: string | null;
  /** Puts this text on the image on the page; null takes back what was put there. */
  onSetAlt: (altText: string | null) => void;
}

/** What a person can do to the image's text on the page: put the draft there, or their own, and take it back. */
function AltTextActions(props: AltTextActionsProps) {
  const [isEditing, setEditing] = useState(false);
  const actions = useRef<HTMLDivElement>(null);
  const isApplied = props.applied !== null;
  useLayoutEffect(() => {
    // The pressed button made way for others: the keyboard goes on with these.
    if (document.activeElement !== document.body) return;
    actions.current?.querySelector('button')?.focus();
  }, [isEditing, isApplied]);
  return (
    <div class="alt-actions" ref={actions}>
      <AltTextChoices {...props} isEditing={isEditing} onEdit={setEditing} />
    </div>
  );
}

interface AltTextChoicesProps extends AltTextActionsProps {
  isEditing: boolean;
  onEdit: (isEditing: boolean) => void;
}

function AltTextChoices(props: AltTextChoicesProps) {
  const { applied, isEditing, onEdit, onSetAlt } = props;
  const { draft, need } = props.image;
  if (applied !== null) {
    return (
      <button
        type="button"
        class="button"
        onClick={() => {
          onSetAlt(null);
        }}
      >
        {text('popup_alt_revert')}
      </button>
    );
  }
  // A good text of the author, or none on purpose, is never replaced.
  if (need !== 'missing' && need !== 'weak') return null;
  if (isEditing) {
    return (
      <DraftEditor
        value={draft ?? ''}
        saveLabel={text('popup_alt_apply')}
        onSave={(edited) => {
          onEdit(false);
          if (edited.trim() !== '') onSetAlt(edited.trim());
        }}
        onCancel={() => {
          onEdit(false);
        }}
      />
    );
  }
  return (
    <>
      {draft !== null && (
        <button
          type="button"
          class="button"
          onClick={() => {
            onSetAlt(draft);
          }}
        >
          {text('popup_alt_apply')}
        </button>
      )}
      <button
        type="button"
        class="button"
        onClick={() => {
          onEdit(true);
        }}
      >
        {text('popup_alt_edit')}
      </button>
    </>
  );
}

export interface ImageDetailsProps extends AltTextActionsProps {
  /** A `data:` URL; empty where there can be none. */
  thumbnail: string | undefined;
  /** Why what was asked for could not be done, the last time. */
  problem: Failure | null;
  onShow: () => void;
  onJudge: Judge;
  onSeekTwo: () => Promise<Saying | null>;
}

/** What an opened row tells of its image, and what can be done with it. */
export function ImageDetails(props: ImageDetailsProps) {
  const { image, applied, thumbnail, problem, onShow, onSetAlt, onJudge, onSeekTwo } = props;
  const { draft, prediction } = image;
  const failure = problem === null ? null : failureText(problem);
  return (
    <div class="image-details">
      <ImageFacts image={image} thumbnail={thumbnail} />
      {draft !== null && (
        <div class="draft">
          <p>{text('popup_draft')}</p>
          <p class="draft-text" lang={prediction.draftLang}>
            {draft}
          </p>
        </div>
      )}
      <PageDraft image={image} />
      {applied !== null && <p>{text('popup_alt_on_page', applied)}</p>}
      {failure !== null && (
        <p role="alert">
          {failure.what} {failure.remedy}
        </p>
      )}
      <div class="image-actions">
        <AltTextActions image={image} applied={applied} onSetAlt={onSetAlt} />
        <button type="button" class="button" onClick={onShow}>
          {text('popup_image_show')}
        </button>
        {draft !== null && (
          <>
            <CopyButton draft={draft} compact={false} />
            <CopyButton draft={altHtml(draft)} compact={false} label={text('popup_copy_html')} />
          </>
        )}
        {prediction !== null && <DismissButton prediction={prediction} onJudge={onJudge} />}
      </div>
      {prediction !== null && <OwnAnswers answers={prediction.own} />}
      {prediction !== null && <TwoThings prediction={prediction} onSeek={onSeekTwo} />}
      {prediction !== null && <TeachField picture={prediction.picture} />}
      {prediction !== null && <ShowWhere prediction={prediction} thumbnail={thumbnail} />}
      <ImageExplanation image={image} askLineage={askLineage} offersUnsaid />
    </div>
  );
}
