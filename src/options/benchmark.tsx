import { useEffect, useRef, useState } from 'preact/hooks';

import { BACKENDS } from '../core/saying/prediction';
import { snake } from '../core/message-key';
import { askWorker } from '../messages/client';
import type { BenchmarkResult } from '../messages/protocol';
import { failureText, text } from '../platform/i18n';
import { backendName, duration } from '../ui/format';
import { median, runBenchmark, type BenchmarkState } from './benchmark-run';

/** Times every backend on this computer, and draws what came of it. */
export function Benchmark({ onEnd }: { onEnd: () => void }) {
  const [state, setState] = useState<BenchmarkState | null>(null);
  const button = useRef<HTMLButtonElement>(null);
  const running = state?.running ?? null;

  const run = async () => {
    await runBenchmark((backend) => askWorker('benchmarkBackend', { backend }), setState);
    onEnd();
  };
  const cancel = () => void askWorker('cancelBenchmark', {}).catch(() => undefined);

  const isRunning = useRef(false);
  isRunning.current = running !== null;
  useEffect(
    () => () => {
      if (isRunning.current) cancel();
    },
    [],
  );

  const problem = state?.failure ?? null;
  const failure = problem === null ? null : failureText(problem);
  return (
    <div class="field">
      <h3>{text('options_benchmark_title')}</h3>
      <p class="quiet-text">{text('options_benchmark_note')}</p>
      <div class="row">
        {/* One button in both states, so that the focus stays. */}
        <button
          ref={button}
          type="button"
          class={running === null ? 'button strong' : 'button'}
          name="benchmark"
          onClick={() => {
            if (running === null) void run();
            else cancel();
          }}
        >
          {text(running === null ? 'options_benchmark_run' : 'popup_cancel')}
        </button>
        {running !== null && (
          <progress
            aria-label={text('options_benchmark_title')}
            max={BACKENDS.length}
            value={state?.results.length ?? 0}
          />
        )}
        <p role="status">
          {running === null ? '' : text('options_benchmark_running', backendName(running, text))}
        </p>
      </div>
      {failure !== null && (
        <p class="wrong" role="alert">
          {failure.what} {failure.remedy}
        </p>
      )}
      {state !== null && state.results.length > 0 && <BarChart results={state.results} />}
    </div>
  );
}

function BarChart({ results }: Pick<BenchmarkState, 'results'>) {
  const slowest = Math.max(
    ...results.flatMap(({ result }) =>
      result.refusal === null ? median(result.millisecondsPerImage) : [],
    ),
  );
  return (
    <ul class="bars benchmark">
      {results.map(({ backend, result }) => {
        const milliseconds = median(result.millisecondsPerImage);
        return (
          <li key={backend} data-backend={backend}>
            <span>{backendName(backend, text)}</span>
            <span class="share">{resultText(result)}</span>
            {result.refusal === null && (
              <span class="bar" aria-hidden="true">
                <span style={{ inlineSize: `${(milliseconds / slowest) * 100}%` }} />
              </span>
            )}
          </li>
        );
      })}
    </ul>
  );
}

function resultText({ millisecondsPerImage, refusal }: BenchmarkResult): string {
  if (refusal !== null) return text(snake(`popup_reason_${refusal.code}`));
  const each = duration(median(millisecondsPerImage), text('popup_language'));
  return text('options_benchmark_result', each);
}
