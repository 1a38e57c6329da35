import { useRef, useState } from 'preact/hooks';

import type { Settings } from '../core/settings/settings';
import { SITE_SETTINGS } from '../core/settings/settings-file';
import { askWorker } from '../messages/client';
import type { SiteRule } from '../messages/protocol';
import { text } from '../platform/i18n';
import { useAnnounce } from '../ui/announcer';
import { AddSite } from './add-site';
import { Checkbox, Section } from './fields';
import type { LiveSettings } from './live-settings';
import { SettingsFileRow } from './settings-file-row';
import { giveBackAccess, hasAccess, requestAccess, useSiteAccess } from './site-access';
import { siteRows } from './site-list';
import { SiteTable } from './site-table';

interface SitesSectionProps {
  title: string;
  settings: Settings;
  live: LiveSettings;
}

/** Which sites are labelled by themselves, which never, and what Alt Lens may read. */
export function SitesSection({ title, settings, live }: SitesSectionProps) {
  const access = useSiteAccess();
  const [isRefused, setRefused] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  const announce = useAnnounce();
  const rows = siteRows(settings, access?.patterns ?? []);
  const missing =
    access === null ? [] : settings.alwaysSites.filter((origin) => !hasAccess(access, origin));

  /** Asks in the turn of the click; what must follow only follows a yes. */
  const ask = (origins: readonly string[] | 'all', then: () => Promise<unknown>) =>
    live.attempt(async () => {
      const isGranted = await requestAccess(origins);
      setRefused(!isGranted);
      if (isGranted) await then();
    });
  const store = async (origin: string, rule: SiteRule) => {
    await askWorker('setSiteRule', { origin, rule });
    await live.reload();
  };
  const setRule = (origin: string, rule: SiteRule): Promise<void> =>
    rule === 'always'
      ? ask([origin], () => store(origin, rule))
      : live.attempt(() => store(origin, rule));

  const remove = (origin: string) => {
    heading.current?.focus();
    void live.attempt(async () => {
      await store(origin, 'default');
      // Where all sites may be read, or a wider pattern is held, there is nothing to give back alone.
      await giveBackAccess([origin]).catch(() => false);
      announce(text('options_removed', origin));
    });
  };
  const setAll = (enabled: boolean) => {
    const change = async () => {
      await askWorker('setLabelAllSites', { enabled });
      await live.reload();
    };
    void (enabled ? ask('all', change) : live.attempt(change));
  };

  return (
    <Section id="sites" title={title}>
      <div class="field">
        <Checkbox
          name="labelAllSites"
          label={text('options_setting_labelAllSites')}
          note={text('options_all_sites_note')}
          checked={settings.labelAllSites}
          onChange={setAll}
        />
        {access?.all === true && (
          <button
            type="button"
            class="button"
            onClick={() => void live.attempt(() => giveBackAccess('all'))}
          >
            {text('options_all_sites_give_back')}
          </button>
        )}
      </div>
      <div class="field">
        <h3 ref={heading} tabIndex={-1}>
          {text('options_sites_list')}
        </h3>
        {rows.length === 0 ? (
          <p class="quiet-text">{text('options_sites_none')}</p>
        ) : (
          <SiteTable
            rows={rows}
            access={access}
            onRule={(origin, rule) => void setRule(origin, rule)}
            onGive={(origin) => void ask([origin], () => Promise.resolve())}
            onRemove={remove}
          />
        )}
        {missing.length > 1 && (
          <button
            type="button"
            class="button"
            onClick={() => void ask(missing, () => Promise.resolve())}
          >
            {text('options_sites_give_all')}
          </button>
        )}
        <p class="wrong" role="alert">
          {isRefused ? text('options_access_refused') : ''}
        </p>
        <AddSite onAdd={(origin, rule) => void setRule(origin, rule)} />
        <SettingsFileRow
          fileName="alt-lens-sites.json"
          settings={settings}
          names={SITE_SETTINGS}
          exportLabel={text('options_sites_export')}
          importName="import-sites"
          importLabel={text('options_sites_import')}
          onRead={(changes) => void live.change(changes)}
        />
      </div>
    </Section>
  );
}
