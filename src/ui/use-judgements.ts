import { useCallback, useMemo, useState } from 'preact/hooks';

import type { Dismissal } from '../core/saying/dismissal';
import type { PageReport, ReportImage } from '../core/report/page-report';
import {
  judgedReport,
  judgementKey,
  labelOfImage,
  type Judgements,
} from '../core/report/judgements';
import { text } from '../platform/i18n';
import { useAnnounce } from './announcer';

export interface Judgement extends Dismissal {
  isDismissed: boolean;
  isPrivate: boolean;
}

export interface JudgedReport {
  report: PageReport;
  /** The person's word on an image's label; holds when it resolves. @throws CodedError of the worker */
  judge: (image: ReportImage, isDismissed: boolean) => Promise<void>;
  /** What was said of labels elsewhere, or before. */
  adopt: (judgements: Judgements) => void;
}

/** A report that follows the person's words on its labels. @param tell has the worker remember one */
export function useJudgements(
  report: PageReport,
  tell: (judgement: Judgement) => Promise<unknown>,
): JudgedReport {
  const [{ of, judgements }, setKnown] = useState<{ of: PageReport; judgements: Judgements }>({
    ...{ of: report, judgements: new Map() },
  });
  const announce = useAnnounce();
  const adopt = useCallback(
    (added: Judgements) => {
      setKnown((before) => ({
        of: report,
        judgements: new Map([...(before.of === report ? before.judgements : []), ...added]),
      }));
    },
    [report],
  );
  // A newer report is made of pages that have heard of all of them.
  const judged = useMemo(
    () => (of === report ? judgedReport(report, judgements) : report),
    [of, report, judgements],
  );
  return {
    report: judged,
    judge: async (image, isDismissed) => {
      const label = labelOfImage(image);
      if (label === null) return;
      await tell({ ...label, isDismissed, isPrivate: report.isPrivate });
      adopt(new Map([[judgementKey(label), isDismissed]]));
      announce(text(isDismissed ? 'dismissal_done' : 'dismissal_undone'));
    },
    adopt,
  };
}
