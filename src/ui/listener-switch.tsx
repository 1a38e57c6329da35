import { useId } from 'preact/hooks';

import type { ListenerMode } from '../core/settings/setting-values';
import { text } from '../platform/i18n';

interface ListenerSwitchProps {
  /** Null until that is known. */
  mode: ListenerMode | null;
  onChange: (mode: ListenerMode) => void;
}

/** Texts for who listens, on or off, with what that does; which texts, is in the settings. */
export function ListenerSwitch({ mode, onChange }: ListenerSwitchProps) {
  const noteId = useId();
  return (
    <div class="listener-switch">
      <label>
        <input
          type="checkbox"
          name="listens"
          checked={mode !== null && mode !== 'off'}
          disabled={mode === null}
          aria-describedby={noteId}
          onChange={({ currentTarget }) => {
            onChange(currentTarget.checked ? 'missing' : 'off');
          }}
        />
        <span>{text('listener_switch')}</span>
      </label>
      <p id={noteId} class="quiet-text">
        {text('listener_does')}
      </p>
    </div>
  );
}
