import { useEffect, useState } from 'preact/hooks';

import { askWorker } from '../messages/client';
import { text } from '../platform/i18n';
import { Announcer } from '../ui/announcer';
import { ShownPredictions } from '../ui/shown-predictions';
import { KeptReports } from './kept-reports';
import { ReportView } from './report-view';
import { useReport } from './use-report';

/** The report that a page's popup handed over; it does not need the page any more. */
export function ReportPage({ id }: { id: string }) {
  const { state, changeTriage, renew, remove, forget } = useReport(id);
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
        <h1>{text(id === '' ? 'report_title' : 'report_gone')}</h1>
        {id !== '' && <p>{text('report_gone_explanation')}</p>}
        <KeptReports shown={id} onDeleted={forget} />
      </>
    );
  }
  return (
    <Announcer>
      <ShownPredictions.Provider value={shown}>
        <ReportView
          id={id}
          stored={state.stored}
          triage={state.triage}
          onTriage={changeTriage}
          onRenew={renew}
          onDelete={remove}
        />
        <KeptReports shown={id} onDeleted={forget} />
      </ShownPredictions.Provider>
    </Announcer>
  );
}
