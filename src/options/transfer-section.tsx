import { useState } from 'preact/hooks';

import { DEFAULT_SETTINGS, SETTING_NAMES, type Settings } from '../core/settings/settings';
import { text } from '../platform/i18n';
import { useAnnounce } from '../ui/announcer';
import { Section } from './fields';
import { ForgetEverything } from './forget-everything';
import type { LiveSettings } from './live-settings';
import { SettingsFileRow } from './settings-file-row';

interface TransferSectionProps {
  title: string;
  settings: Settings;
  live: LiveSettings;
  onForgotten: () => void;
}

/** All settings at once: to a file, from a file, back to the beginning. */
export function TransferSection({ title, settings, live, onForgotten }: TransferSectionProps) {
  const [beforeReset, setBeforeReset] = useState<Settings | null>(null);
  const announce = useAnnounce();

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
        <SettingsFileRow
          fileName="alt-lens-settings.json"
          settings={settings}
          names={SETTING_NAMES}
          exportLabel={text('options_export')}
          importName="import"
          importLabel={text('options_import')}
          onRead={(changes) => {
            setBeforeReset(null);
            void live.change(changes);
          }}
        />
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
      <ForgetEverything onForgotten={onForgotten} />
    </Section>
  );
}
