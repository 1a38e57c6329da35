import { useId } from 'preact/hooks';

import type { ListenerMode } from '../core/settings/setting-values';
import { text } from '../platform/i18n';
import { ChevronIcon } from './drawings';

interface ListenerSwitchProps {
  /** Null until that is known. */
  mode: ListenerMode | null;
  onChange: (mode: ListenerMode) => void;
  /** Is what that does told only when it is asked for? */
  isShort?: boolean;
}

/** Texts for who listens, on or off, with what that does; which texts, is in the settings. */
export function ListenerSwitch({ mode, onChange, isShort = false }: ListenerSwitchProps) {
  const noteId = useId();
  const note = (
    <p id={noteId} class="quiet-text">
      {text('listener_does')}
    </p>
  );
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
      {isShort ? (
        <details>
          <summary>
            {text('popup_settings')}
            <ChevronIcon />
          </summary>
          {note}
        </details>
      ) : (
        note
      )}
    </div>
  );
}
