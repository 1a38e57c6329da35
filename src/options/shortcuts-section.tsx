import { useEffect, useState } from 'preact/hooks';
import browser, { type Commands } from 'webextension-polyfill';

import { text } from '../platform/i18n';
import { Section } from './fields';

/** Only the browser may change an extension's shortcuts; this is its page for it. */
const SHORTCUTS_PAGE = 'chrome://extensions/shortcuts';

export function ShortcutsSection({ title }: { title: string }) {
  const [commands, setCommands] = useState<Commands.Command[]>([]);
  useEffect(() => {
    const ask = () => {
      browser.commands.getAll().then(setCommands, () => {
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
          {commands.map(({ name, description, shortcut }) =>
            description === undefined || description === '' ? null : (
              <div key={name}>
                <dt>{description}</dt>
                <dd>
                  {shortcut === undefined || shortcut === '' ? (
                    <span class="quiet-text">{text('options_shortcut_none')}</span>
                  ) : (
                    <kbd>{shortcut}</kbd>
                  )}
                </dd>
              </div>
            ),
          )}
        </dl>
        <button
          type="button"
          class="button"
          onClick={() => void browser.tabs.create({ url: SHORTCUTS_PAGE })}
        >
          {text('options_shortcuts_change')}
        </button>
      </div>
    </Section>
  );
}
