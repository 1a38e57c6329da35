import type { BackendReport, EngineStatus } from '../core/engine-status';
import type { Failure } from '../core/errors';
import { snake } from '../core/message-key';
import { fact, type Fact } from '../ui/fact';
import { backendName, deviceName, duration, megabytes, modelName } from '../ui/format';
import type { Say } from '../ui/say';

/** The engine's status as a person reads it. */
export interface EngineView {
  tone: 'good' | 'busy' | 'idle' | 'bad';
  headline: string;
  explanation: string;
  /** What the button that starts the engine says; null where there is nothing to start. */
  start: string | null;
  facts: Fact[];
}

/** Reports come in the order of preference: what was refused before the used one is what was better. */
function refusedFacts(reports: readonly BackendReport[], say: Say): Fact[] {
  const used = reports.findIndex(({ outcome }) => outcome === 'used');
  const better = used === -1 ? reports : reports.slice(0, used);
  const values = better.flatMap(({ backend, outcome, reason, device }) => {
    if (outcome !== 'refused' || reason === null) return [];
    const why = say(snake(`popup_reason_${reason.code}`));
    return {
      value: say('popup_fact_not_used_value', backendName(backend, say), why),
      detail: device === null ? reason.message : `${deviceName(device, say)}\n${reason.message}`,
    };
  });
  return values.length === 0 ? [] : [{ term: say('popup_fact_not_used'), values }];
}

function readyFacts(status: EngineStatus, say: Say, language: string): Fact[] {
  const { model, loadMilliseconds, backends } = status;
  const facts: Fact[] = [];
  if (status.backend !== null) {
    facts.push(fact(say('popup_setting_backend'), backendName(status.backend, say)));
  }
  if (model !== null) {
    const size = megabytes(model.bytes, language);
    const value = say('popup_fact_model_value', modelName(model.variant, say), size);
    facts.push(fact(say('popup_fact_model'), value, model.id));
  }
  if (loadMilliseconds !== null) {
    facts.push(fact(say('popup_fact_load_time'), duration(loadMilliseconds, language)));
  }
  const device = backends.find(({ outcome }) => outcome === 'used')?.device ?? null;
  if (device !== null) facts.push(fact(say('popup_fact_device'), deviceName(device, say)));
  return facts;
}

/**
 * What the popup says of the engine.
 * @param explain what happened and what to do about a failure (`failureText` of platform/i18n)
 * @param language BCP 47 tag for numbers and units
 */
export function engineView(
  status: EngineStatus,
  say: Say,
  explain: (failure: Failure) => { what: string; remedy: string },
  language: string,
): EngineView {
  const refused = refusedFacts(status.backends, say);
  switch (status.state) {
    case 'ready':
      return {
        tone: 'good',
        headline: say('popup_engine_ready'),
        explanation: '',
        start: null,
        facts: [...readyFacts(status, say, language), ...refused],
      };
    case 'loading':
      return {
        tone: 'busy',
        headline: say('popup_engine_loading'),
        explanation: say('popup_engine_loading_explanation'),
        start: null,
        facts: [],
      };
    case 'lost':
      return {
        tone: 'busy',
        headline: say('popup_engine_lost'),
        explanation: say('popup_engine_lost_explanation'),
        start: null,
        facts: refused,
      };
    case 'idle':
      return {
        tone: 'idle',
        headline: say('popup_engine_idle'),
        explanation: say('popup_engine_idle_explanation'),
        start: say('popup_engine_start'),
        facts: [],
      };
    case 'failed': {
      if (status.failure === null) throw new Error('The engine failed without a failure.');
      const { what, remedy } = explain(status.failure);
      return {
        tone: 'bad',
        headline: say('popup_engine_failed'),
        explanation: [what, remedy].filter(Boolean).join(' '),
        start: say('popup_try_again'),
        facts: refused,
      };
    }
  }
}
