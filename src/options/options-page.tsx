import { useEffect, useRef, useState } from 'preact/hooks';

import type { SettingName } from '../core/settings/settings';
import { SETTING_NAMES } from '../core/settings/settings';
import { snake } from '../core/message-key';
import { failureText, text } from '../platform/i18n';
import { packageAddress } from '../platform/tabs';
import { CopyReport } from '../ui/copy-report';
import { Announcer } from '../ui/announcer';
import { AltTextSection } from './alt-text-section';
import { CacheSection } from './cache-section';
import { EngineSection } from './engine-section';
import { LabelsSection } from './labels-section';
import { useSettings, type LiveSettings } from './live-settings';
import { ModelsSection } from './models-section';
import { OwnLabelsSection } from './own-labels-section';
import { SettingsSearch } from './settings-search';
import { ShortcutsSection } from './shortcuts-section';
import { SitesSection } from './sites-section';
import { TransferSection } from './transfer-section';
import { useLabelNames } from './use-label-names';

const SECTIONS = [
  'labels',
  'own',
  'models',
  'alt-text',
  'sites',
  'engine',
  'cache',
  'shortcuts',
  'transfer',
] as const;

/** How long the page says that it has saved. */
const SAVED_SHOWN_MS = 2500;

const sectionTitle = (id: (typeof SECTIONS)[number]): string => text(snake(`options_${id}_title`));

export function OptionsPage() {
  const live = useSettings();
  const sections = useRef<HTMLElement | null>(null);
  return (
    <Announcer>
      <header class="brand">
        <img src={packageAddress('icons/icon-128.png')} width="36" height="36" alt="" />
        <h1>{text('options_title')}</h1>
        <Saved saves={live.saves} />
      </header>
      <div class="columns">
        <nav aria-label={text('options_sections')}>
          {live.settings !== null && <SettingsSearch within={sections} />}
          <ul>
            {SECTIONS.map((id) => (
              <li key={id}>
                <a href={`#${id}`}>{sectionTitle(id)}</a>
              </li>
            ))}
          </ul>
        </nav>
        <main aria-busy={live.settings === null} ref={sections}>
          <Problem live={live} />
          <Repaired names={live.repaired} />
          <Sections live={live} />
        </main>
      </div>
    </Announcer>
  );
}

function Sections({ live }: { live: LiveSettings }) {
  const { settings } = live;
  const names = useLabelNames(settings?.labelLanguage ?? 'interface');
  /** So often all was forgotten: what shows some of it begins anew. */
  const [forgets, setForgets] = useState(0);
  if (settings === null) return <p class="quiet-text">{text('options_loading')}</p>;
  const change = (changes: Parameters<LiveSettings['change']>[0]) => void live.change(changes);
  return (
    <>
      <LabelsSection
        title={sectionTitle('labels')}
        settings={settings}
        names={names}
        onChange={change}
      />
      <OwnLabelsSection
        key={`own-${forgets}`}
        title={sectionTitle('own')}
        settings={settings}
        onChange={change}
      />
      <ModelsSection key={`models-${forgets}`} title={sectionTitle('models')} />
      <AltTextSection
        title={sectionTitle('alt-text')}
        settings={settings}
        words={names.words}
        onChange={change}
      />
      <SitesSection title={sectionTitle('sites')} settings={settings} live={live} />
      <EngineSection title={sectionTitle('engine')} settings={settings} live={live} />
      <CacheSection key={`cache-${forgets}`} title={sectionTitle('cache')} />
      <ShortcutsSection title={sectionTitle('shortcuts')} />
      <TransferSection
        title={sectionTitle('transfer')}
        settings={settings}
        live={live}
        onForgotten={() => {
          setForgets((times) => times + 1);
        }}
      />
    </>
  );
}

/** A quiet word after each change. */
function Saved({ saves }: { saves: number }) {
  const [isShown, setShown] = useState(false);
  useEffect(() => {
    if (saves === 0) return;
    setShown(true);
    const timer = setTimeout(() => {
      setShown(false);
    }, SAVED_SHOWN_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [saves]);
  return (
    <p class="saved" role="status">
      {isShown ? text('options_saved') : ''}
    </p>
  );
}

function Problem({ live: { problem, reload } }: { live: LiveSettings }) {
  if (problem === null) return null;
  const { what, remedy } = failureText(problem);
  return (
    <>
      <div class="problem" role="alert">
        <p>
          {what} {remedy}
        </p>
        <button type="button" class="button" onClick={() => void reload()}>
          {text('popup_try_again')}
        </button>
      </div>
      <CopyReport failure={problem} />
    </>
  );
}

function isSettingName(name: string): name is SettingName {
  return (SETTING_NAMES as string[]).includes(name);
}

/** Names what an import had wrong: nothing is dropped in silence. */
function Repaired({ names }: { names: readonly string[] }) {
  const known = names.filter(isSettingName);
  return (
    <div class="repaired" role="status">
      {known.length > 0 && (
        <>
          <p>{text('options_repaired')}</p>
          <ul>
            {known.map((name) => (
              <li key={name}>{text(`options_setting_${name}`)}</li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
