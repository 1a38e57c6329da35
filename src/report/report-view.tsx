import { useEffect, useMemo } from 'preact/hooks';

import { calledAlike, type Sayings } from '../core/report/judgements';
import { type ReportImage, writtenIn } from '../core/report/page-report';
import type { Saying } from '../core/saying/prediction';
import type { Triage } from '../core/report/triage';
import { askWorker } from '../messages/client';
import { text } from '../platform/i18n';
import { isKeptOnDevice, type StoredReport } from '../platform/report-store';
import { createThumbnails } from '../ui/page-thumbnails';
import { createSeekTwo } from '../ui/seek-two';
import { TakeAway } from '../ui/take-away';
import { TeachingPlace, teachingPlaceOf } from '../ui/teach-field';
import { useJudgements, type JudgedReport } from '../ui/use-judgements';
import { KeyHelp } from './key-help';
import { LookAtAll } from './look-at-all';
import { PictureTexts } from './picture-texts';
import { ReportHead } from './report-head';
import { TriageList } from './triage-list';
import { useLivePage } from './use-live-page';

/** What is said of pictures of the report now; of those that are not known any more nothing. */
async function sayingsOf({ report }: StoredReport, pictures: readonly string[]): Promise<Sayings> {
  if (pictures.length === 0) return new Map();
  const said = await askWorker('sayAgain', {
    pictures: [...pictures],
    page: report.url,
    language: writtenIn(report),
  });
  return new Map(
    pictures.flatMap((picture, place): [string, Saying][] => {
      const saying = said[place] ?? null;
      return saying === null ? [] : [[picture, saying]];
    }),
  );
}

/** Follows what was said of the labels, here or elsewhere, after the report was made. */
function useLaterJudgements(stored: StoredReport, adopt: JudgedReport['adopt']): void {
  useEffect(() => {
    // In a private window only the page itself knows.
    if (stored.report.isPrivate) return;
    const pictures = [
      ...new Set(stored.report.images.flatMap(({ prediction }) => prediction?.picture ?? [])),
    ];
    // Where that fails they are as they were when the report was made.
    sayingsOf(stored, pictures).then(adopt, () => undefined);
  }, [stored, adopt]);
}

/** The report of the same page as it is now, with the small pictures that are known. */
async function takenAgain({ place, thumbnails }: StoredReport): Promise<StoredReport | null> {
  if (place === null) return null;
  const report = await askWorker('getPageReport', { tabId: place.tabId });
  const drawn = await createThumbnails(place.tabId, () => undefined).all(report.images);
  return {
    ...{ takenAt: Date.now(), report, place },
    thumbnails: { ...thumbnails, ...Object.fromEntries(drawn) },
  };
}

interface ReportViewProps {
  id: string;
  stored: StoredReport;
  triage: Triage;
  onTriage: (triage: Triage) => void;
  /** The report was taken again. */
  onRenew: (stored: StoredReport) => void;
  onDelete: () => void;
}

/** The images of a report to go through one by one: accept, edit or reject each suggestion. */
export function ReportView(props: ReportViewProps) {
  const { id, stored, triage, onTriage, onRenew, onDelete } = props;
  const { takenAt } = stored;
  const { report, judge, adopt } = useJudgements(stored.report, (label) =>
    askWorker('setDismissal', {
      ...{ ...label, page: stored.report.url },
      language: writtenIn(stored.report),
    }),
  );
  useLaterJudgements(stored, adopt);
  const judgeWithCopies = async (
    image: ReportImage,
    isDismissed: boolean,
    synset: string,
  ): Promise<void> => {
    await judge(image, isDismissed, synset);
    if (report.isPrivate) return;
    const copies = calledAlike(report.images, image);
    sayingsOf(stored, copies).then(adopt, () => undefined);
  };
  const { progress, lookAtAll } = useLivePage(stored.place, () => {
    // The page may be left in this moment: the report that there is holds on.
    takenAgain(stored).then(
      (newer) => {
        if (newer !== null) onRenew(newer);
      },
      () => undefined,
    );
  });
  // Its pixels are on the page alone.
  const { place } = stored;
  const seekTwo =
    place === null || progress === null ? null : createSeekTwo(place.tabId, report, adopt);
  const thumbnails = useMemo(() => new Map(Object.entries(stored.thumbnails)), [stored]);
  return (
    <>
      <ReportHead report={report} triage={triage} takenAt={takenAt} />
      {!isKeptOnDevice(id) && <p class="quiet-text">{text('report_kept_session')}</p>}
      <LookAtAll progress={progress} onLook={lookAtAll} />
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
        <button type="button" class="button" onClick={onDelete}>
          {text('report_delete')}
        </button>
      </div>
      <PictureTexts images={report.images} thumbnails={thumbnails} />
      <KeyHelp />
      <h2>{text('report_images')}</h2>
      <TeachingPlace.Provider value={teachingPlaceOf(stored.report, adopt)}>
        <TriageList
          images={report.images}
          triage={triage}
          onTriage={onTriage}
          thumbnails={thumbnails}
          onJudge={judgeWithCopies}
          onSeekTwo={seekTwo}
        />
      </TeachingPlace.Provider>
    </>
  );
}
