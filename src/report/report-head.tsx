import { useEffect, useState } from 'preact/hooks';

import type { EngineStatus } from '../core/engine-status';
import type { PageReport } from '../core/report/page-report';
import { decisionOf, type Triage } from '../core/report/triage';
import { askWorker } from '../messages/client';
import { text } from '../platform/i18n';
import { BrokenWords } from '../ui/broken-words';
import { wholeNumber } from '../ui/format';
import { PrivacyLine, ReportSummary } from '../ui/report-summary';

interface ReportHeadProps {
  report: PageReport;
  triage: Triage;
  /** `Date.now()` of the report. */
  takenAt: number;
}

/** Asked anew with what is said: only then does the worker read words. */
function useBrokenWords(report: PageReport): EngineStatus['brokenWords'] {
  const [broken, setBroken] = useState<EngineStatus['brokenWords']>([]);
  useEffect(() => {
    askWorker('getEngineStatus', {}).then(
      ({ brokenWords }) => {
        setBroken(brokenWords);
      },
      () => undefined, // The labels are there all the same.
    );
  }, [report]);
  return broken;
}

/** Which page the report is of, how far the person is with it, and its images in numbers. */
export function ReportHead({ report, triage, takenAt }: ReportHeadProps) {
  const suggestions = report.images.filter(
    (image) => image.draft !== null || decisionOf(image, triage) !== null,
  ).length;
  const page = URL.parse(report.url);
  const language = text('popup_language');
  const taken = new Intl.DateTimeFormat(language, {
    dateStyle: 'long',
    timeStyle: 'short',
  }).format(takenAt);
  return (
    <div class="report-head">
      <div>
        <h1>{text('report_title')}</h1>
        <p class="quiet-text">
          <bdi dir="ltr">{page === null ? '' : page.host + page.pathname}</bdi> · {taken}
        </p>
        <p role="status">
          {text(
            'report_decided',
            wholeNumber(Object.keys(triage).length, language),
            wholeNumber(suggestions, language),
          )}
        </p>
        <BrokenWords brokenWords={useBrokenWords(report)} />
        <PrivacyLine report={report} />
      </div>
      <section aria-labelledby="summary-title">
        <h2 id="summary-title">{text('report_summary')}</h2>
        <ReportSummary report={report} />
      </section>
    </div>
  );
}
