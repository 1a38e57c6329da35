import { useLayoutEffect, useRef } from 'preact/hooks';

import { MAX_DRAFT_CHARACTERS } from '../core/saying/wording';
import { text } from '../platform/i18n';

interface DraftEditorProps {
  value: string;
  /** What the button that takes the text says. */
  saveLabel?: string;
  onSave: (edited: string) => void;
  onCancel: () => void;
}

/** One alt text to change: Enter saves, Escape leaves it as it was. */
export function DraftEditor({
  value,
  saveLabel = text('report_edit_save'),
  onSave,
  onCancel,
}: DraftEditorProps) {
  const input = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => {
    input.current?.focus();
    input.current?.select();
  }, []);
  return (
    <form
      class="draft-editor"
      onSubmit={(event) => {
        event.preventDefault();
        onSave(input.current?.value ?? '');
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        // A popup would close.
        event.preventDefault();
        onCancel();
      }}
    >
      <input
        ref={input}
        type="text"
        aria-label={text('report_edit_label')}
        maxLength={MAX_DRAFT_CHARACTERS}
        defaultValue={value}
      />
      <button type="submit" class="button strong">
        {saveLabel}
      </button>
      <button type="button" class="button" onClick={onCancel}>
        {text('popup_cancel')}
      </button>
    </form>
  );
}
