import { useMemo, useState } from 'preact/hooks';

import { type PageReport as Report, writtenIn } from '../core/report/page-report';
import { askWorker } from '../messages/client';
import { text } from '../platform/i18n';
import { storeReport } from '../platform/report-store';
import { openTab, packageAddress } from '../platform/tabs';
import { PrivacyLine, ReportSummary } from '../ui/report-summary';
import { TakeAway } from '../ui/take-away';
import { TeachingPlace, teachingPlaceOf } from '../ui/teach-field';
import { useJudgements } from '../ui/use-judgements';
import { PageImages } from './page-images';
import { createThumbnails } from '../ui/page-thumbnails';

/** Decisions are made on the report's own page. */
const NO_TRIAGE = {};

export interface PageReportProps {
  tabId: number;
  report: Report;
  onProblem: (error: unknown) => void;
}

/** The images of a labelled page, their summary, and what to take away. */
export function PageReport({ tabId, report: made, onProblem }: PageReportProps) {
  const [thumbnails, setThumbnails] = useState<ReadonlyMap<string, string>>(new Map());
  const pictures = useMemo(() => createThumbnails(tabId, setThumbnails), [tabId]);
  const { takenAt } = useMemo(() => ({ made, takenAt: Date.now() }), [made]);
  const { report, judge, adopt } = useJudgements(made, (label) =>
    askWorker('setDismissal', { ...label, page: made.url, language: writtenIn(made) }),
  );

  const openReport = async (): Promise<void> => {
    const small = Object.fromEntries(await pictures.all(report.images));
    const { documentId } = await askWorker('getPageState', { tabId });
    const place = documentId === null ? null : { tabId, documentId };
    const id = await storeReport({ report, takenAt, thumbnails: small, place });
    await openTab(packageAddress(`src/report/index.html?report=${id}`));
  };

  return (
    <TeachingPlace.Provider value={teachingPlaceOf(made, adopt)}>
      <PageImages
        tabId={tabId}
        report={report}
        thumbnails={thumbnails}
        onShown={pictures.want}
        onJudge={judge}
      />
      <section class="page-report" aria-labelledby="report-title">
        <h2 id="report-title">{text('report_summary')}</h2>
        <ReportSummary report={report} />
        <TakeAway
          report={report}
          triage={NO_TRIAGE}
          takenAt={takenAt}
          thumbnails={() => pictures.all(report.images)}
        />
        <button
          type="button"
          class="button strong"
          onClick={() => {
            openReport().catch(onProblem);
          }}
        >
          {text('popup_open_report')}
        </button>
        <PrivacyLine report={report} />
      </section>
    </TeachingPlace.Provider>
  );
}
