import { useEffect, useMemo, useRef, useState } from 'preact/hooks';

import { type PageReport as Report, writtenIn } from '../core/report/page-report';
import { askWorker } from '../messages/client';
import { text } from '../platform/i18n';
import { storeReport } from '../platform/report-store';
import { openTab, packageAddress } from '../platform/tabs';
import { PrivacyLine, ReportSummary } from '../ui/report-summary';
import { createSeekTwo } from '../ui/seek-two';
import { TakeAway } from '../ui/take-away';
import { teachingPlaceOf } from '../ui/teach-field';
import { useJudgements } from '../ui/use-judgements';
import { Fold } from './fold';
import type { PageImagesProps } from './page-images';
import { createThumbnails } from '../ui/page-thumbnails';

/** Decisions are made on the report's own page. */
const NO_TRIAGE = {};

export interface PageReportProps {
  tabId: number;
  report: Report;
  onProblem: (error: unknown) => void;
  /** What the list of the images needs; null once there is no report. */
  onListed: (listed: PageImagesProps | null) => void;
}

/** The report of a labelled page: what it sums up to, and what to take away. Its images are listed elsewhere. */
export function PageReport({ tabId, report: made, onProblem, onListed }: PageReportProps) {
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

  const judgeNow = useRef(judge);
  judgeNow.current = judge;
  useEffect(() => {
    onListed({
      ...{ tabId, report, thumbnails, onShown: pictures.want },
      onJudge: (...judged) => judgeNow.current(...judged),
      onSeekTwo: createSeekTwo(tabId, made, adopt),
      place: teachingPlaceOf(made, adopt),
    });
  }, [onListed, tabId, report, thumbnails, pictures, made, adopt]);
  useEffect(
    () => () => {
      onListed(null);
    },
    [onListed],
  );

  return (
    <section class="page-report" aria-label={text('report_summary')}>
      <button
        type="button"
        class="button strong"
        onClick={() => {
          openReport().catch(onProblem);
        }}
      >
        {text('popup_open_report')}
      </button>
      <Fold name="sum" title={text('report_summary')}>
        <ReportSummary report={report} />
        <TakeAway
          report={report}
          triage={NO_TRIAGE}
          takenAt={takenAt}
          thumbnails={() => pictures.all(report.images)}
        />
        <PrivacyLine report={report} />
      </Fold>
    </section>
  );
}
