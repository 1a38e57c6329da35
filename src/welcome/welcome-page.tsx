import { useEffect, useState } from 'preact/hooks';

import type { ListenerMode } from '../core/settings/setting-values';
import type { Settings } from '../core/settings/settings';
import { askWorker } from '../messages/client';
import { text, type MessageKey } from '../platform/i18n';
import { loadShortcuts, type Shortcut } from '../platform/shortcuts';
import { openOptions, packageAddress } from '../platform/tabs';
import { ListenerSwitch } from '../ui/listener-switch';
import { RichText } from '../ui/rich-text';
import { Scene } from './scene';
import { TryHere } from './try-here';

const CANNOT = ['welcome_cannot_kinds', 'welcome_cannot_read', 'welcome_cannot_sure'] as const;
const ACCESS = ['welcome_access_click', 'welcome_access_site', 'welcome_access_local'] as const;

/** What a person should know before the first image; it asks for nothing. */
export function WelcomePage() {
  return (
    <>
      <header>
        <img src={packageAddress('icons/icon-128.png')} width="56" height="56" alt="" />
        <h1>{text('welcome_title')}</h1>
        <p class="lead">{text('welcome_lead')}</p>
      </header>
      <main>
        <section class="how" aria-labelledby="how">
          <h2 id="how">{text('welcome_how_title')}</h2>
          <Scene />
          <ol class="steps">
            <li>
              <RichText of="welcome_step_ask" with={[<b>{text('menu_classify_image')}</b>]} />
            </li>
            <li>{text('welcome_step_answer')}</li>
            <li>{text('welcome_step_copy')}</li>
          </ol>
          <p>
            <RichText of="welcome_page" with={[<b>{text('menu_label_page')}</b>]} />
          </p>
        </section>
        <TryHere />
        <List title="welcome_cannot_title" items={CANNOT} />
        <List title="welcome_access_title" items={ACCESS} />
        <Shortcuts />
        <Chosen />
        <p>
          <button type="button" class="button strong" onClick={() => void openOptions()}>
            {text('welcome_settings')}
          </button>
        </p>
      </main>
    </>
  );
}

function List({ title, items }: { title: MessageKey; items: readonly MessageKey[] }) {
  return (
    <section aria-labelledby={title}>
      <h2 id={title}>{text(title)}</h2>
      <ul>
        {items.map((key) => (
          <li key={key}>{text(key)}</li>
        ))}
      </ul>
    </section>
  );
}

/** What is settled at first, and may be another: texts for who listens, the language of labels. */
function Chosen() {
  const [settings, setSettings] = useState<Settings | null>(null);
  useEffect(() => {
    askWorker('getSettings', {}).then(setSettings, () => undefined); // The settings page tells what is wrong.
  }, []);
  const change = (listenerMode: ListenerMode) => {
    if (settings !== null) setSettings({ ...settings, listenerMode });
    askWorker('setSettings', { settings: { listenerMode } }).then(
      (stored) => {
        setSettings(stored.settings);
      },
      () => undefined,
    );
  };
  return (
    <section aria-labelledby="listeners">
      <h2 id="listeners">{text('options_setting_listenerMode')}</h2>
      <ListenerSwitch mode={settings?.listenerMode ?? null} onChange={change} />
      {settings !== null && <p>{text('welcome_language', languageName(settings))}</p>}
    </section>
  );
}

/** The language that labels come in, by its name in the interface's. */
function languageName({ labelLanguage }: Settings): string {
  const shown = text('popup_language');
  if (labelLanguage === 'page') return text('options_label_language_page');
  const wanted = labelLanguage === 'interface' ? shown : labelLanguage;
  return new Intl.DisplayNames(shown, { type: 'language' }).of(wanted) ?? wanted;
}

/** The shortcuts as the browser gave them: another extension may have had one before, and some have no keys of their own. */
function Shortcuts() {
  const [commands, setCommands] = useState<Shortcut[]>([]);
  useEffect(() => {
    loadShortcuts().then(setCommands, () => {
      setCommands([]);
    });
  }, []);
  const ours = commands.filter(({ description }) => description !== '');
  if (ours.length === 0) return null;
  return (
    <section aria-labelledby="shortcuts">
      <h2 id="shortcuts">{text('welcome_shortcuts_title')}</h2>
      <dl class="shortcuts">
        {ours.map(({ description, keys }) => (
          <div key={description}>
            <dt>
              {keys === '' ? (
                <span class="quiet-text">{text('options_shortcut_none')}</span>
              ) : (
                <kbd>{keys}</kbd>
              )}
            </dt>
            <dd>{description}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
