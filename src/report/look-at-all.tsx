import type { FrameProgress } from '../messages/protocol';
import { text } from '../platform/i18n';
import { wholeNumber } from '../ui/format';

interface LookAtAllProps {
  /** Of the report's page; null where the page is gone. */
  progress: FrameProgress | null;
  onLook: (isWanted: boolean) => void;
}

/** The way to have all images of the report's page looked at while the page is there: how far that is, and its end. */
export function LookAtAll({ progress, onLook }: LookAtAllProps) {
  if (progress === null) return null;
  const { found, skipped, labelled, failed, pending, far, wanted } = progress;
  if (far === 0 && wanted === 0) return null;
  const number = (count: number) => wholeNumber(count, text('popup_language'));
  const done = labelled + failed;
  return (
    <div class="look-at-all">
      <button
        type="button"
        class="button strong"
        onClick={() => {
          onLook(wanted === 0);
        }}
      >
        {wanted === 0
          ? text('popup_page_action_look_all', number(found - skipped))
          : text('popup_page_action_stop')}
      </button>
      {wanted > 0 && (
        <label>
          <span>{text('popup_page_labelling', number(done), number(done + pending))}</span>
          <progress max={done + pending} value={done} />
        </label>
      )}
    </div>
  );
}
