import { useRef } from 'preact/hooks';

import type { EngineStatus } from '../core/engine-status';
import type { Settings } from '../core/settings/settings';
import { failureText, text } from '../platform/i18n';
import { engineView, type EngineView } from './engine-text';
import { BrokenWords } from '../ui/broken-words';
import { CopyReport } from '../ui/copy-report';
import { backendName } from '../ui/format';
import { SettingsPanel } from './settings-panel';

const NOT_KNOWN_YET: EngineView = {
  tone: 'idle',
  headline: text('popup_engine_asking'),
  explanation: '',
  start: null,
  facts: [],
};

interface EnginePanelProps {
  status: EngineStatus | null;
  settings: Settings | null;
  onStart: () => void;
  onChange: (changes: Partial<Settings>) => void;
}

/** What runs the model, why nothing better does, and the choice. */
export function EnginePanel({ status, settings, onStart, onChange }: EnginePanelProps) {
  const headline = useRef<HTMLParagraphElement>(null);
  const view =
    status === null ? NOT_KNOWN_YET : engineView(status, text, failureText, text('popup_language'));
  // What went wrong leads on at once; what goes well needs no words.
  const isWrong = view.tone === 'bad';
  const engineFailure = isWrong ? (status?.failure ?? null) : null;
  const start = view.start !== null && (
    <button
      type="button"
      class={isWrong ? 'button strong' : 'button'}
      onClick={() => {
        // The button goes away with the click: the focus stays in its place.
        headline.current?.focus();
        onStart();
      }}
    >
      {view.start}
    </button>
  );
  return (
    <section class="engine" data-tone={view.tone} aria-labelledby="engine-title">
      <h2 id="engine-title" class="listeners-only">
        {text('popup_engine_title')}
      </h2>
      <div class="engine-state">
        <span class="lamp" aria-hidden="true" />
        <div role="status">
          <p class="engine-headline" ref={headline} tabIndex={-1}>
            {view.headline}
          </p>
          {isWrong && <p class="quiet-text">{view.explanation}</p>}
        </div>
        {isWrong && start}
      </div>
      {status !== null && <BrokenWords brokenWords={status.brokenWords} />}
      {status?.state === 'failed' && settings !== null && settings.backend !== 'auto' && (
        <div class="engine-chosen" role="alert">
          <p>{text('popup_engine_chosen', backendName(settings.backend, text))}</p>
          <button
            type="button"
            class="button strong"
            onClick={() => {
              headline.current?.focus();
              onChange({ backend: 'auto' });
            }}
          >
            {text('popup_engine_automatic')}
          </button>
        </div>
      )}
      {engineFailure !== null && <CopyReport failure={engineFailure} />}
      {settings !== null && (
        <SettingsPanel facts={view.facts} settings={settings} onChange={onChange}>
          {!isWrong && view.explanation !== '' && <p class="quiet-text">{view.explanation}</p>}
          {!isWrong && start}
        </SettingsPanel>
      )}
    </section>
  );
}
