import { useId, useState } from 'preact/hooks';

import { MAX_OWN_NAME } from '../core/teaching/own-label';
import { text } from '../platform/i18n';

interface RenameFormProps {
  name: string;
  /** Of the field. */
  label: string;
  /** What a new name brings about. */
  note?: string;
  onRename: (name: string) => void;
}

/** The name of something of a person's own, to be written anew. */
export function RenameForm({ name, label, note, onRename }: RenameFormProps) {
  const id = useId();
  const [written, setWritten] = useState<string | null>(null);
  const isNew = written !== null && written.trim() !== '' && written !== name;
  return (
    <form
      class="row"
      onSubmit={(event) => {
        event.preventDefault();
        if (isNew) onRename(written.trim());
        setWritten(null);
      }}
    >
      <input
        type="text"
        class="own-name"
        dir="auto"
        aria-label={label}
        aria-describedby={!isNew || note === undefined ? undefined : `${id}-note`}
        maxLength={MAX_OWN_NAME}
        autocomplete="off"
        value={written ?? name}
        onInput={({ currentTarget }) => {
          setWritten(currentTarget.value);
        }}
      />
      {isNew && (
        <button type="submit" class="button">
          {text('options_own_rename')}
        </button>
      )}
      {isNew && note !== undefined && (
        <p id={`${id}-note`} class="quiet-text">
          {note}
        </p>
      )}
    </form>
  );
}
