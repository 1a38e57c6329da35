import { useId, useState } from 'preact/hooks';

import { errorReport } from '../core/error-report';
import type { Failure } from '../core/errors';
import { askWorker } from '../messages/client';
import { text } from '../platform/i18n';
import { packageVersion } from '../platform/tabs';
import { useAnnounce } from './announcer';

interface CopyReportProps {
  failure: Failure;
  /** Each way to the picture that failed. */
  rungs?: readonly { rung: string; error: Failure }[] | undefined;
}

/** Offers what went wrong as a text for those who mend it, and where the project has one, the page to put it on. */
export function CopyReport({ failure, rungs }: CopyReportProps) {
  const [state, setState] = useState<'ready' | 'copied' | 'failed'>('ready');
  const announce = useAnnounce();
  const note = useId();
  const copy = async (): Promise<void> => {
    const status = await askWorker('getEngineStatus', {}).catch(() => null);
    const report = errorReport({
      ...{ failure, rungs, status },
      version: packageVersion(),
      browser: navigator.userAgent,
    });
    await navigator.clipboard.writeText(report);
  };
  const says = {
    ready: text('copy_report'),
    copied: text('popup_copied'),
    failed: text('popup_copy_failed'),
  }[state];
  return (
    <p class="copy-report quiet-text">
      <button
        type="button"
        class="link"
        aria-describedby={note}
        onClick={() => {
          const end = (now: 'copied' | 'failed'): void => {
            setState(now);
            announce(text(now === 'copied' ? 'popup_copied' : 'popup_copy_failed'));
          };
          copy().then(
            () => {
              end('copied');
            },
            () => {
              end('failed');
            },
          );
        }}
      >
        {says}
      </button>{' '}
      <span id={note}>{text('copy_report_note')}</span>{' '}
      {__ISSUES__ !== null && (
        <a href={__ISSUES__} target="_blank" rel="noreferrer">
          {text('copy_report_where')}
        </a>
      )}
    </p>
  );
}
