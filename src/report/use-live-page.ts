import { useEffect, useRef, useState } from 'preact/hooks';

import { askWorker } from '../messages/client';
import type { FrameProgress } from '../messages/protocol';
import type { ReportPlace } from '../platform/report-store';
import { untilVisible, wait } from '../ui/waiting';

const POLL_MS = 2500;
/** While images are looked at, a person watches. */
const POLL_BUSY_MS = 500;

/** The page of a report while its tab still shows it. */
export interface LivePage {
  /** How far its labels are; null where the page is gone, or not labelled (any more). */
  progress: FrameProgress | null;
  /** Has all of its images looked at, or no longer. */
  lookAtAll: (isWanted: boolean) => void;
}

/** @param onLooked the images that were wanted are looked at, or no longer wanted */
export function useLivePage(place: ReportPlace | null, onLooked: () => void): LivePage {
  const [progress, setProgress] = useState<FrameProgress | null>(null);
  const looked = useRef(onLooked);
  looked.current = onLooked;
  const wasWanted = useRef(false);
  const ask = useRef<(isWanted: boolean) => Promise<unknown>>(() => Promise.resolve());
  const [tabId, documentId] = [place?.tabId, place?.documentId];

  useEffect(() => {
    if (tabId === undefined) return;
    const watching = new AbortController();
    const { signal } = watching;
    let waking = new AbortController();

    async function look(): Promise<FrameProgress | null> {
      const state = await askWorker('getPageState', { tabId: tabId ?? -1 }).catch(() => null);
      const isThere = state?.labelling === 'on' && state.documentId === documentId;
      const now = isThere ? state.progress : null;
      if (signal.aborted) return null;
      setProgress(now);
      const isWanted = now !== null && now.wanted > 0;
      if (wasWanted.current && !isWanted) looked.current();
      wasWanted.current = isWanted;
      return now;
    }

    async function poll(): Promise<void> {
      while (!signal.aborted) {
        const now = await look();
        waking = new AbortController();
        const isBusy = now !== null && now.wanted > 0;
        await wait(isBusy ? POLL_BUSY_MS : POLL_MS, AbortSignal.any([signal, waking.signal]));
        await untilVisible(signal);
      }
    }
    void poll();
    ask.current = async (isWanted) => {
      // The page tells within a moment; all may be looked at by then.
      wasWanted.current = true;
      await askWorker('lookAtAll', { tabId, isWanted }).catch(() => undefined);
      await wait(POLL_BUSY_MS, signal);
      waking.abort();
    };
    return () => {
      watching.abort();
    };
  }, [tabId, documentId]);

  return {
    progress,
    lookAtAll: (isWanted) => {
      void ask.current(isWanted);
    },
  };
}
