import { useEffect, useMemo } from 'preact/hooks';

import type { Saying } from '../core/saying/prediction';
import { writtenIn } from '../core/report/page-report';
import type { Triage } from '../core/report/triage';
import { askWorker } from '../messages/client';
import { text } from '../platform/i18n';
import type { StoredReport } from '../platform/report-store';
import { TakeAway } from '../ui/take-away';
import { TeachingPlace, teachingPlaceOf } from '../ui/teach-field';
import { useJudgements, type JudgedReport } from '../ui/use-judgements';
import { KeyHelp } from './key-help';
import { ReportHead } from './report-head';
import { TriageList } from './triage-list';

/** Follows what was said of the labels, here or elsewhere, after the report was made. */
function useLaterJudgements(stored: StoredReport, adopt: JudgedReport['adopt']): void {
  useEffect(() => {
    // In a private window only the page itself knows.
    if (stored.report.isPrivate) return;
    const pictures = [
      ...new Set(stored.report.images.flatMap(({ prediction }) => prediction?.picture ?? [])),
    ];
    askWorker('sayAgain', {
      pictures,
      page: stored.report.url,
      language: writtenIn(stored.report),
    }).then(
      (said) => {
        const known = pictures.flatMap((picture, place): [string, Saying][] => {
          const saying = said[place] ?? null;
          return saying === null ? [] : [[picture, saying]];
        });
        adopt(new Map(known));
      },
      () => undefined, // They are as they were when the report was made.
    );
  }, [stored, adopt]);
}

interface ReportViewProps {
  stored: StoredReport;
  triage: Triage;
  onTriage: (triage: Triage) => void;
}

/** The images of a report to go through one by one: accept, edit or reject each suggestion. */
export function ReportView({ stored, triage, onTriage }: ReportViewProps) {
  const { takenAt } = stored;
  const { report, judge, adopt } = useJudgements(stored.report, (label) =>
    askWorker('setDismissal', {
      ...{ ...label, page: stored.report.url },
      language: writtenIn(stored.report),
    }),
  );
  useLaterJudgements(stored, adopt);
  const thumbnails = useMemo(() => new Map(Object.entries(stored.thumbnails)), [stored]);
  return (
    <>
      <ReportHead report={report} triage={triage} takenAt={takenAt} />
      <div class="report-tools">
        <TakeAway
          report={report}
          triage={triage}
          takenAt={takenAt}
          thumbnails={() => Promise.resolve(thumbnails)}
        />
        <button
          type="button"
          class="button"
          onClick={() => {
            print();
          }}
        >
          {text('report_print')}
        </button>
      </div>
      <KeyHelp />
      <h2>{text('report_images')}</h2>
      <TeachingPlace.Provider value={teachingPlaceOf(stored.report, adopt)}>
        <TriageList
          images={report.images}
          triage={triage}
          onTriage={onTriage}
          thumbnails={thumbnails}
          onJudge={judge}
        />
      </TeachingPlace.Provider>
    </>
  );
}
