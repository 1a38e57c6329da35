import { useEffect, useState } from 'preact/hooks';

import { askWorker } from '../messages/client';
import { text } from '../platform/i18n';
import { Announcer } from '../ui/announcer';
import { ShownPredictions } from '../ui/shown-predictions';
import { ReportView } from './report-view';
import { useReport } from './use-report';

/** The report that a page's popup handed over; it does not need the page any more. */
export function ReportPage({ id }: { id: string }) {
  const [state, changeTriage] = useReport(id);
  const [shown, setShown] = useState(Infinity);
  useEffect(() => {
    askWorker('getSettings', {}).then(
      ({ shownPredictions }) => {
        setShown(shownPredictions);
      },
      () => undefined, // All are shown then.
    );
  }, []);
  if (state === 'loading') return null;
  if (state === null) {
    return (
      <>
        <h1>{text('report_gone')}</h1>
        <p>{text('report_gone_explanation')}</p>
      </>
    );
  }
  return (
    <Announcer>
      <ShownPredictions.Provider value={shown}>
        <ReportView stored={state.stored} triage={state.triage} onTriage={changeTriage} />
      </ShownPredictions.Provider>
    </Announcer>
  );
}
