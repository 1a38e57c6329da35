import type { EngineStatus } from './engine-status';
import type { Failure } from './errors';

/** What a report is made of. */
export interface Reported {
  failure: Failure;
  /** Each rung that failed before, with the code of its failure. */
  rungs?: readonly { rung: string; error: Failure }[] | undefined;
  version: string;
  /** What the browser calls itself. */
  browser: string;
  /** Null where the worker does not answer. */
  status: EngineStatus | null;
}

/**
 * What went wrong, for those who mend it: codes, versions and what the engine found out about this computer. In English, as
 * they read it. Nothing of a page: the messages of failures, which may name addresses, are left out.
 */
export function errorReport({ failure, rungs = [], version, browser, status }: Reported): string {
  return [
    `Alt Lens ${version}`,
    `Browser: ${browser}`,
    `Error: ${failure.code}`,
    ...rungs.map(({ rung, error }) => `- ${rung}: ${error.code}`),
    ...(status === null ? ['Engine: no answer'] : engineLines(status)),
  ].join('\n');
}

function engineLines(status: EngineStatus): string[] {
  const { state, backend, backends, model, failure, loadMilliseconds, workers } = status;
  const tried = backends.map(({ backend: each, outcome, reason, device }) => {
    const why = reason === null ? '' : `, ${reason.code}`;
    return `- ${each}: ${outcome}${why}${device === null ? '' : ` (${device})`}`;
  });
  const unawaited = Object.entries(status.unawaitedFailures).map(
    ([code, times]) => `${code} ${times}`,
  );
  return [
    `Engine: ${[state, backend, model?.id, failure?.code].filter(Boolean).join(', ')}`,
    ...tried,
    ...(loadMilliseconds === null ? [] : [`Loaded in ${Math.round(loadMilliseconds)} ms`]),
    ...(workers === 0 ? [] : [`Workers: ${workers}`]),
    ...(unawaited.length === 0 ? [] : [`Failed unnoticed: ${unawaited.join(', ')}`]),
  ];
}
