import { useCallback, useEffect, useState } from 'preact/hooks';

import type { Triage } from '../core/report/triage';
import {
  deleteReport,
  loadReport,
  replaceReport,
  storeTriage,
  type StoredReport,
} from '../platform/report-store';

/** `loading`, the report with its decisions, or null where it is gone. */
export type ReportState = 'loading' | { stored: StoredReport; triage: Triage } | null;

export interface KeptReport {
  state: ReportState;
  /** Every decision is stored at once. */
  changeTriage: (triage: Triage) => void;
  /** A newer report of the same page takes the place of this one. */
  renew: (stored: StoredReport) => void;
  remove: () => void;
  /** It was deleted elsewhere. */
  forget: () => void;
}

/** The report of an id. */
export function useReport(id: string): KeptReport {
  const [state, setState] = useState<ReportState>('loading');
  useEffect(() => {
    loadReport(id).then(setState, () => {
      setState(null);
    });
  }, [id]);
  const change = useCallback((changes: Partial<Exclude<ReportState, 'loading' | null>>) => {
    setState((before) =>
      before === null || before === 'loading' ? before : { ...before, ...changes },
    );
  }, []);
  const changeTriage = useCallback(
    (triage: Triage) => {
      change({ triage });
      // What is shown is right in any case; the store only saves it over a reload.
      storeTriage(id, triage).catch(() => undefined);
    },
    [id, change],
  );
  const renew = useCallback(
    (stored: StoredReport) => {
      change({ stored });
      replaceReport(id, stored).catch(() => undefined);
    },
    [id, change],
  );
  const forget = useCallback(() => {
    setState(null);
  }, []);
  const remove = useCallback(() => {
    deleteReport(id).then(forget, () => undefined); // It stays in view then.
  }, [id, forget]);
  return { state, changeTriage, renew, remove, forget };
}
