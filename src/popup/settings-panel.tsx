import type { ComponentChildren } from 'preact';

import { BACKENDS, MODEL_VARIANTS } from '../core/saying/prediction';
import { VIEW_COUNTS } from '../core/settings/setting-values';
import type { Settings } from '../core/settings/settings';
import { text } from '../platform/i18n';
import type { Fact } from '../ui/fact';
import { Facts } from '../ui/facts';
import { backendName } from '../ui/format';
import { Fold } from './fold';

interface ChoiceProps<Value extends string | number> {
  name: string;
  label: string;
  value: Value;
  options: { value: Value; label: string }[];
  onChoose: (value: Value) => void;
}

function Choice<Value extends string | number>(props: ChoiceProps<Value>) {
  const { name, label, value, options, onChoose } = props;
  return (
    <label class="choice">
      <span>{label}</span>
      <select
        name={name}
        value={String(value)}
        onChange={({ currentTarget }) => {
          const chosen = options.find((option) => String(option.value) === currentTarget.value);
          if (chosen !== undefined) onChoose(chosen.value);
        }}
      >
        {options.map((option) => (
          <option key={option.value} value={String(option.value)}>
            {option.label}
          </option>
        ))}
      </select>
    </label>
  );
}

interface SettingsPanelProps {
  /** What the engine does, in words. */
  children: ComponentChildren;
  /** What runs, and why nothing better does. */
  facts: Fact[];
  settings: Settings;
  onChange: (changes: Partial<Settings>) => void;
}

/** What the engine is, and its settings. A choice holds at once, from the next image on. */
export function SettingsPanel({ facts, settings, onChange, children }: SettingsPanelProps) {
  return (
    <Fold name="settings" title={text('popup_settings')}>
      {children}
      {facts.length > 0 && <Facts facts={facts} />}
      <div class="choices">
        <Choice
          name="backend"
          label={text('popup_setting_backend')}
          value={settings.backend}
          options={[
            { value: 'auto', label: text('popup_backend_auto') },
            ...BACKENDS.map((backend) => ({ value: backend, label: backendName(backend, text) })),
          ]}
          onChoose={(backend) => {
            onChange({ backend });
          }}
        />
        <Choice
          name="variant"
          label={text('popup_setting_model')}
          value={settings.variant}
          options={MODEL_VARIANTS.map((variant) => ({
            value: variant,
            label: text(`popup_setting_model_${variant}`),
          }))}
          onChoose={(variant) => {
            onChange({ variant });
          }}
        />
        <Choice
          name="views"
          label={text('popup_setting_views')}
          value={settings.views}
          options={VIEW_COUNTS.map((views) => ({
            value: views,
            label: text(`popup_setting_views_${views}`),
          }))}
          onChoose={(views) => {
            onChange({ views });
          }}
        />
        <p class="quiet-text">{text('popup_settings_note')}</p>
      </div>
    </Fold>
  );
}
