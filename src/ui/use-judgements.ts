import { useCallback, useMemo, useState } from 'preact/hooks';

import type { Dismissal } from '../core/saying/dismissal';
import type { PageReport, ReportImage } from '../core/report/page-report';
import { reportWith, type Sayings } from '../core/report/judgements';
import type { Saying } from '../core/saying/prediction';
import { text } from '../platform/i18n';
import { useAnnounce } from './announcer';

export interface Judgement extends Dismissal {
  isDismissed: boolean;
  isPrivate: boolean;
}

export interface JudgedReport {
  report: PageReport;
  /** The person's word on an image's label; holds when it resolves. @throws CodedError of the worker */
  judge: (image: ReportImage, isDismissed: boolean, synset: string) => Promise<void>;
  /** What is said of pictures now, by `pictureHash`. */
  adopt: (sayings: Sayings) => void;
}

/**
 * A report that follows the person's words on its labels.
 * @param tell has the worker remember one, and gives what is said of the picture now; null where the worker
 * does not know it any more: then a newer report tells
 */
export function useJudgements(
  report: PageReport,
  tell: (judgement: Judgement) => Promise<Saying | null>,
): JudgedReport {
  const [{ of, sayings }, setKnown] = useState<{ of: PageReport; sayings: Sayings }>({
    ...{ of: report, sayings: new Map() },
  });
  const announce = useAnnounce();
  const adopt = useCallback(
    (added: Sayings) => {
      setKnown((before) => ({
        of: report,
        sayings: new Map([...(before.of === report ? before.sayings : []), ...added]),
      }));
    },
    [report],
  );
  // A newer report is made of pages that have heard of all of them.
  const judged = useMemo(
    () => (of === report ? reportWith(report, sayings) : report),
    [of, report, sayings],
  );
  return {
    report: judged,
    judge: async (image, isDismissed, synset) => {
      const picture = image.prediction?.picture;
      if (picture === undefined) return;
      const { isPrivate } = report;
      const saying = await tell({ picture, synset, isDismissed, isPrivate });
      if (saying !== null) adopt(new Map([[picture, saying]]));
      announce(text(isDismissed ? 'dismissal_done' : 'dismissal_undone'));
    },
    adopt,
  };
}
