import { useCallback, useEffect, useState } from 'preact/hooks';

import type { Triage } from '../core/report/triage';
import { loadReport, storeTriage, type StoredReport } from '../platform/report-store';

/** `loading`, the report with its decisions, or null where it is gone. */
export type ReportState = 'loading' | { stored: StoredReport; triage: Triage } | null;

/** The report of an id. Every decision is stored at once. */
export function useReport(id: string): [ReportState, (triage: Triage) => void] {
  const [state, setState] = useState<ReportState>('loading');
  useEffect(() => {
    loadReport(id).then(setState, () => {
      setState(null);
    });
  }, [id]);
  const changeTriage = useCallback(
    (triage: Triage) => {
      setState((before) =>
        before === null || before === 'loading' ? before : { ...before, triage },
      );
      // What is shown is right in any case; the store only saves it over a reload.
      storeTriage(id, triage).catch(() => undefined);
    },
    [id],
  );
  return [state, changeTriage];
}
