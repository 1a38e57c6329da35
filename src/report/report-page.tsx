import { text } from '../platform/i18n';
import { Announcer } from '../ui/announcer';
import { ReportView } from './report-view';
import { useReport } from './use-report';

/** The report that a page's popup handed over; it does not need the page any more. */
export function ReportPage({ id }: { id: string }) {
  const [state, changeTriage] = useReport(id);
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
      <ReportView stored={state.stored} triage={state.triage} onTriage={changeTriage} />
    </Announcer>
  );
}
