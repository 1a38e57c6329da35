import type { ReportImage } from '../core/report/page-report';
import type { Decision } from '../core/report/triage';
import { failureText, percent, text } from '../platform/i18n';
import { DraftEditor } from '../ui/draft-editor';
import { NoPictureIcon } from '../ui/drawings';
import type { RowState } from '../ui/image-list';
import {
  fileNameOf,
  imageTitle,
  imageView,
  placeOf,
  purposeQuestion,
  rowName,
} from '../ui/image-text';
import { NeedBadge } from '../ui/need-badge';
import { ownLine } from '../ui/own-answers';
import { PageDraftLine } from '../ui/page-draft';

interface TriageRowProps extends RowState {
  image: ReportImage;
  /** Its place in the report, from 1, as people read it. */
  number: string;
  thumbnail: string | undefined;
  altText: string;
  decision: Decision | null;
  isEditing: boolean;
  onDecide: (decision: Decision | null) => void;
  onEdit: () => void;
  onSave: (edited: string) => void;
  onCancel: () => void;
}

type Choice = [
  label: 'report_accept' | 'report_edit' | 'report_reject' | 'report_undo',
  does: () => void,
];

/** What can be decided now: the first of them takes the focus of the one that was pressed. */
function choicesOf({ image, decision, onDecide, onEdit }: TriageRowProps): Choice[] {
  const decide = (wanted: Decision | null) => () => {
    onDecide(wanted);
  };
  if (decision !== null) return [['report_undo', decide(null)]];
  const edit: Choice = ['report_edit', onEdit];
  if (image.draft === null) return [edit];
  return [['report_accept', decide('accepted')], edit, ['report_reject', decide('rejected')]];
}

/** One image with its suggestion, and what to decide about it. */
export function TriageRow(props: TriageRowProps) {
  const { image, number, thumbnail, altText, decision, isOpen, isEditing, tabIndex } = props;
  const { onToggle, onSave, onCancel } = props;
  const view = imageView(image, text, failureText);
  const title = imageTitle(image, view);
  const share = view.probability === null ? '' : percent(view.probability);
  const about = view.note || fileNameOf(image.address) || placeOf(image.selector);
  const quiet = [ownLine(image.prediction?.own), about].filter(Boolean).join(' · ');
  const seen = [view.headline, share, quiet].filter(Boolean).join(' ');
  const decided = decision === null ? '' : ` ${text(`report_decision_${decision}`)}.`;
  const choices = choicesOf(props);
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
        aria-label={rowName(image, number, seen, altText, text) + decided}
        onClick={onToggle}
      >
        <span class="image-headline">
          <span lang={view.headlineLanguage ?? undefined}>{view.headline}</span>{' '}
          {share !== '' && <span class="share">{share}</span>}
        </span>{' '}
        <span class="quiet-text">{quiet}</span>
      </button>
      <div class="triage-text">
        {isEditing ? (
          <DraftEditor value={altText} onSave={onSave} onCancel={onCancel} />
        ) : (
          <>
            <NeedBadge need={image.need} mismatch={image.mismatch} />{' '}
            <span
              class="suggestion"
              lang={decision === 'edited' ? undefined : image.prediction?.draftLang}
            >
              {decision === 'rejected' ? <del>{image.draft}</del> : altText}
            </span>
            {altText === '' && decision !== 'rejected' && (
              <span class="quiet-text">
                {purposeQuestion(image, text) || text('report_no_suggestion')}
              </span>
            )}{' '}
            {decision === null && <PageDraftLine image={image} />}
            {decision !== null && (
              <strong class="decision">{text(`report_decision_${decision}`)}</strong>
            )}
          </>
        )}
      </div>
      {!isEditing && (
        <div class="triage-actions">
          {choices.map(([label, onChoose]) => (
            <button
              key={label}
              type="button"
              class="button"
              aria-label={text('report_action_for', text(label), number, title)}
              onClick={onChoose}
            >
              {text(label)}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}
