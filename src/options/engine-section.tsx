import { useCallback, useEffect, useState } from 'preact/hooks';

import type { BackendReport, EngineStatus } from '../core/engine-status';
import { BACKENDS, MODEL_VARIANTS, type Backend } from '../core/saying/prediction';
import { VIEW_COUNTS } from '../core/settings/setting-values';
import type { Settings } from '../core/settings/settings';
import { snake } from '../core/message-key';
import { askWorker } from '../messages/client';
import { text } from '../platform/i18n';
import { backendName, deviceName } from '../ui/format';
import { Benchmark } from './benchmark';
import { Choices, Section } from './fields';
import type { LiveSettings } from './live-settings';
import { ModelComparison } from './model-comparison';

interface EngineSectionProps {
  title: string;
  settings: Settings;
  live: LiveSettings;
}

/** What came of a backend, as far as the engine has tried. */
function reportText(report: BackendReport | undefined): string {
  if (report === undefined) return text('options_backend_unknown');
  const { outcome, reason, device } = report;
  if (outcome === 'used') {
    if (device === null) return text('options_backend_used');
    const name = deviceName(device, text);
    if (name === device) return text('options_backend_used_on', device);
    return `${text('options_backend_used')} · ${name}`;
  }
  if (outcome === 'refused' && reason !== null) {
    const why = text(snake(`popup_reason_${reason.code}`));
    return text('options_backend_refused', why);
  }
  return text(outcome === 'stood-in' ? 'options_backend_stood_in' : 'options_backend_not_tried');
}

export function EngineSection({ title, settings, live }: EngineSectionProps) {
  const [status, setStatus] = useState<EngineStatus | null>(null);
  const { attempt, change } = live;

  /** `getEngineStatus` only looks; `startEngine` tries the backends and waits. */
  const look = useCallback(
    (how: 'getEngineStatus' | 'startEngine') =>
      attempt(async () => {
        setStatus(await askWorker(how, {}));
      }),
    [attempt],
  );

  useEffect(() => {
    void look('getEngineStatus');
  }, [look]);

  /** A choice is tried at once: whether it works is seen where it was made. */
  const choose = async (changes: Partial<Settings>) => {
    await change(changes);
    await look('startEngine');
  };

  const reports = new Map(status?.backends.map((report) => [report.backend, report]));
  const choice = (backend: Backend) => ({
    value: backend,
    label: backendName(backend, text),
    note: reportText(reports.get(backend)),
  });
  return (
    <Section id="engine" title={title}>
      <Choices
        name="backend"
        legend={text('options_setting_backend')}
        note={text('options_backend_note')}
        value={settings.backend}
        choices={[{ value: 'auto', label: text('popup_backend_auto') }, ...BACKENDS.map(choice)]}
        onChoose={(backend) => void choose({ backend })}
      />
      {status !== null && reports.size === 0 && (
        <button type="button" class="button" onClick={() => void look('startEngine')}>
          {text('options_backend_try')}
        </button>
      )}
      <Benchmark onEnd={() => void look('startEngine')} />
      <ModelComparison />
      <Choices
        name="variant"
        legend={text('options_setting_variant')}
        value={settings.variant}
        choices={MODEL_VARIANTS.map((value) => ({
          value,
          label: text(`popup_setting_model_${value}`),
          note: text(`options_model_${value}_note`),
        }))}
        onChoose={(variant) => void choose({ variant })}
      />
      <Choices
        name="views"
        legend={text('options_setting_views')}
        note={text('options_views_note')}
        value={settings.views}
        choices={VIEW_COUNTS.map((value) => ({
          value,
          label: text(`popup_setting_views_${value}`),
        }))}
        onChoose={(views) => void change({ views })}
      />
    </Section>
  );
}
