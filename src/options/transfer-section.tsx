import { useState } from 'preact/hooks';

import { DEFAULT_SETTINGS, type Settings } from '../core/settings/settings';
import {
  readSettingsFile,
  settingsFileText,
  type FileProblem,
} from '../core/settings/settings-file';
import { snake } from '../core/message-key';
import { text } from '../platform/i18n';
import { useAnnounce } from '../ui/announcer';
import { saveFile } from '../ui/save-file';
import { FileButton, Section } from './fields';
import type { LiveSettings } from './live-settings';

interface TransferSectionProps {
  title: string;
  settings: Settings;
  live: LiveSettings;
}

/** All settings at once: to a file, from a file, back to the beginning. */
export function TransferSection({ title, settings, live }: TransferSectionProps) {
  const [fileProblem, setFileProblem] = useState<FileProblem | null>(null);
  const [beforeReset, setBeforeReset] = useState<Settings | null>(null);
  const announce = useAnnounce();

  const read = (content: string) => {
    const file = readSettingsFile(content);
    setFileProblem(file.ok ? null : file.problem);
    if (!file.ok) return;
    setBeforeReset(null);
    void live.change(file.changes);
  };
  const reset = () => {
    setBeforeReset(settings);
    void live.change(DEFAULT_SETTINGS);
    announce(text('options_reset_done'));
  };
  const undo = (before: Settings) => {
    setBeforeReset(null);
    void live.change(before);
    announce(text('options_undone'));
  };

  return (
    <Section id="transfer" title={title}>
      <div class="field">
        <p class="quiet-text">{text('options_transfer_note')}</p>
        <div class="row">
          <button
            type="button"
            class="button"
            onClick={() => {
              saveFile('alt-lens-settings.json', 'application/json', settingsFileText(settings));
            }}
          >
            {text('options_export')}
          </button>
          <FileButton name="import" label={text('options_import')} onFile={read} />
        </div>
        <p class="wrong" role="alert">
          {fileProblem === null ? '' : text(snake(`options_import_${fileProblem}`))}
        </p>
      </div>
      <div class="field">
        <p class="quiet-text">{text('options_reset_note')}</p>
        <div class="row">
          {beforeReset === null ? (
            <button key="reset" type="button" class="button danger" onClick={reset}>
              {text('options_reset')}
            </button>
          ) : (
            <>
              <p>{text('options_reset_done')}</p>
              <button
                key="undo"
                type="button"
                class="button"
                // In the place of the button that went away with the click.
                ref={(button) => button?.focus()}
                onClick={() => {
                  undo(beforeReset);
                }}
              >
                {text('options_undo')}
              </button>
            </>
          )}
        </div>
      </div>
    </Section>
  );
}
