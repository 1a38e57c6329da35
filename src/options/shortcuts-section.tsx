import { useEffect, useState } from 'preact/hooks';

import { text } from '../platform/i18n';
import { loadShortcuts, openShortcutsPage, type Shortcut } from '../platform/shortcuts';
import { Section } from './fields';

export function ShortcutsSection({ title }: { title: string }) {
  const [commands, setCommands] = useState<Shortcut[]>([]);
  useEffect(() => {
    const ask = () => {
      loadShortcuts().then(setCommands, () => {
        setCommands([]);
      });
    };
    ask();
    // They are changed on the browser's page: what was set there is shown on the way back.
    window.addEventListener('focus', ask);
    return () => {
      window.removeEventListener('focus', ask);
    };
  }, []);
  return (
    <Section id="shortcuts" title={title}>
      <div class="field">
        <dl class="shortcuts">
          {commands.map(({ command, description, keys }) =>
            description === '' ? null : (
              <div key={command}>
                <dt>{description}</dt>
                <dd>
                  {keys === '' ? (
                    <span class="quiet-text">{text('options_shortcut_none')}</span>
                  ) : (
                    <kbd>{keys}</kbd>
                  )}
                </dd>
              </div>
            ),
          )}
        </dl>
        <button type="button" class="button" onClick={() => void openShortcutsPage()}>
          {text('options_shortcuts_change')}
        </button>
      </div>
    </Section>
  );
}
