import type { ReportImage } from '../core/report/page-report';
import type { Decision } from '../core/report/triage';
import { failureText, percent, text } from '../platform/i18n';
import { DraftEditor } from '../ui/draft-editor';
import { NoPictureIcon } from '../ui/drawings';
import type { RowState } from '../ui/image-list';
import { fileNameOf, imageView } from '../ui/image-text';
import { NeedBadge } from '../ui/need-badge';

interface TriageRowProps extends RowState {
  image: ReportImage;
  thumbnail: string | undefined;
  altText: string;
  decision: Decision | null;
  isEditing: boolean;
  onDecide: (decision: Decision | null) => void;
  onEdit: () => void;
  onSave: (edited: string) => void;
  onCancel: () => void;
}

/** The end of a selector, which tells more than its beginning. */
const placeOf = (selector: string): string => selector.split(' > ').slice(-2).join(' > ');

/** One image with its suggestion, and what to decide about it. */
export function TriageRow(props: TriageRowProps) {
  const { image, thumbnail, altText, decision, isOpen, isEditing, tabIndex } = props;
  const { onToggle, onDecide, onEdit, onSave, onCancel } = props;
  const view = imageView(image, text, failureText);
  return (
    <div class="triage-row" data-tone={view.tone} data-decision={decision ?? 'none'}>
      <span class="thumbnail large">
        {thumbnail ? <img src={thumbnail} alt="" /> : <NoPictureIcon />}
      </span>
      <button
        type="button"
        class="triage-words"
        data-row
        tabIndex={tabIndex}
        aria-expanded={isOpen}
        onClick={onToggle}
      >
        <span class="image-headline">
          <span lang={view.headlineLanguage ?? undefined}>{view.headline}</span>{' '}
          {view.probability !== null && <span class="share">{percent(view.probability)}</span>}
        </span>{' '}
        <span class="quiet-text">
          {view.note || fileNameOf(image.address) || placeOf(image.selector)}
        </span>
      </button>
      <div class="triage-text">
        {isEditing ? (
          <DraftEditor value={altText} onSave={onSave} onCancel={onCancel} />
        ) : (
          <>
            <NeedBadge need={image.need} />{' '}
            <span
              class="suggestion"
              lang={decision === 'edited' ? undefined : image.prediction?.draftLang}
            >
              {decision === 'rejected' ? <del>{image.draft}</del> : altText}
            </span>
            {altText === '' && decision !== 'rejected' && (
              <span class="quiet-text">{text('report_no_suggestion')}</span>
            )}{' '}
            {decision !== null && (
              <strong class="decision">{text(`report_decision_${decision}`)}</strong>
            )}
          </>
        )}
      </div>
      {!isEditing && (
        <div class="triage-actions">
          {decision === null ? (
            <>
              {image.draft !== null && (
                <button
                  type="button"
                  class="button"
                  onClick={() => {
                    onDecide('accepted');
                  }}
                >
                  {text('report_accept')}
                </button>
              )}
              <button type="button" class="button" onClick={onEdit}>
                {text('report_edit')}
              </button>
              {image.draft !== null && (
                <button
                  type="button"
                  class="button"
                  onClick={() => {
                    onDecide('rejected');
                  }}
                >
                  {text('report_reject')}
                </button>
              )}
            </>
          ) : (
            <button
              type="button"
              class="button"
              onClick={() => {
                onDecide(null);
              }}
            >
              {text('report_undo')}
            </button>
          )}
        </div>
      )}
    </div>
  );
}
