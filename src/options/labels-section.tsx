import {
  DISPLAY_MODES,
  LABEL_LANGUAGES,
  type LabelLanguage,
  MINIMUM_SIZE_RANGE,
  SHOWN_PREDICTIONS,
} from '../core/settings/setting-values';
import type { Settings } from '../core/settings/settings';
import { text } from '../platform/i18n';
import { Checkbox, Choices, NumberField, Section, Select } from './fields';
import { KeptBackList } from './kept-back-list';
import type { LabelNames } from './label-names';
import type { Changes } from './live-settings';
import { NeverSayList } from './never-say-list';

/** Shares that are worth choosing: by itself nothing is said with less than 0.85. */
const CONFIDENCES = [0, 0.95, 0.98, 0.99];

/** A language by its own name, so that whoever speaks it finds it. */
function languageChoice(value: LabelLanguage) {
  if (value === 'interface' || value === 'page') {
    return { value, label: text(`options_label_language_${value}`) };
  }
  const own = new Intl.DisplayNames(value, { type: 'language' }).of(value) ?? value;
  return { value, label: own, lang: value };
}

interface LabelsSectionProps {
  title: string;
  settings: Settings;
  names: LabelNames;
  onChange: (changes: Changes) => void;
}

export function LabelsSection({ title, settings, names, onChange }: LabelsSectionProps) {
  const share = new Intl.NumberFormat(text('popup_language'), { style: 'percent' });
  // One that came from a file is shown as well.
  const confidences = [...new Set([...CONFIDENCES, settings.minimumConfidence])].sort(
    (a, b) => a - b,
  );
  return (
    <Section id="labels" title={title}>
      <Choices
        name="displayMode"
        legend={text('options_setting_displayMode')}
        value={settings.displayMode}
        choices={DISPLAY_MODES.map((value) => ({
          value,
          label: text(`options_display_${value}`),
        }))}
        onChoose={(displayMode) => {
          onChange({ displayMode });
        }}
      />
      <Choices
        name="shownPredictions"
        legend={text('options_setting_shownPredictions')}
        value={settings.shownPredictions}
        choices={SHOWN_PREDICTIONS.map((value) => ({
          value,
          label: new Intl.NumberFormat(text('popup_language')).format(value),
        }))}
        onChoose={(shownPredictions) => {
          onChange({ shownPredictions });
        }}
      />
      <div class="field">
        <Checkbox
          name="silentSigns"
          label={text('options_setting_silentSigns')}
          note={text('options_silent_signs_note')}
          checked={settings.silentSigns}
          onChange={(silentSigns) => {
            onChange({ silentSigns });
          }}
        />
      </div>
      <NumberField
        name="minimumSizePx"
        label={text('options_setting_minimumSizePx')}
        note={text('options_minimum_size_note')}
        unit={text('options_pixels')}
        value={settings.minimumSizePx}
        minimum={MINIMUM_SIZE_RANGE.least}
        maximum={MINIMUM_SIZE_RANGE.most}
        onChange={(minimumSizePx) => {
          onChange({ minimumSizePx });
        }}
      />
      <Select
        name="labelLanguage"
        label={text('options_setting_labelLanguage')}
        note={text('options_label_language_note')}
        value={settings.labelLanguage}
        choices={LABEL_LANGUAGES.map(languageChoice)}
        onChoose={(labelLanguage) => {
          onChange({ labelLanguage });
        }}
      />
      <Choices
        name="minimumConfidence"
        legend={text('options_setting_minimumConfidence')}
        note={text('options_confidence_note')}
        value={settings.minimumConfidence}
        choices={confidences.map((value) => ({
          value,
          label:
            value === 0
              ? text('options_confidence_tuned')
              : text('options_confidence_at_least', share.format(value)),
        }))}
        onChoose={(minimumConfidence) => {
          onChange({ minimumConfidence });
        }}
      />
      <NeverSayList
        denied={settings.deniedSynsets}
        names={names}
        onChange={(deniedSynsets) => {
          onChange({ deniedSynsets });
        }}
      />
      <KeptBackList
        allowed={settings.allowedSynsets}
        names={names}
        onChange={(allowedSynsets) => {
          onChange({ allowedSynsets });
        }}
      />
    </Section>
  );
}
