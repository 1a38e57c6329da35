import { useCallback, useEffect, useRef, useState } from 'preact/hooks';

import { toFailure } from '../core/errors';
import { askWorker } from '../messages/client';
import type { SiteRule } from '../messages/protocol';
import { failureText } from '../platform/i18n';
import { CopyReport } from '../ui/copy-report';
import { onDemand } from '../ui/on-demand';
import type { PageImagesProps } from './page-images';
import { PagePanel } from './page-panel';
import type { PageAction, SiteChoice } from './page-text';
import { SitePanel } from './site-panel';
import type { PageTab } from './use-page-tab';
import { watchPage, type PageKnowledge } from './watch-page';

const HOUR_MS = 3_600_000;
const NOTHING_YET: PageKnowledge = { state: null, report: null, problem: null };

/** Only a labelled page has one: the popup opens without it. */
const PageReport = onDemand(async () => (await import('./page-report')).PageReport);

interface PageSectionProps {
  tab: PageTab;
  /** The images of the page, for their list; null while it has none. */
  onListed: (listed: PageImagesProps | null) => void;
}

/** The page in front: state, site and, once it is labelled, its report. */
export function PageSection({ tab, onListed }: PageSectionProps) {
  const tabId = tab.id;
  const [{ state, report, problem }, setKnown] = useState(NOTHING_YET);
  const refresh = useRef<() => Promise<void>>(() => Promise.resolve());

  const change = useCallback((changes: Partial<PageKnowledge>) => {
    setKnown((before) => ({ ...before, ...changes }));
  }, []);

  useEffect(() => {
    const watching = new AbortController();
    refresh.current = watchPage(tabId, change, watching.signal);
    return () => {
      watching.abort();
    };
  }, [tabId, change]);

  const fail = (error: unknown) => {
    change({ problem: toFailure(error) });
  };
  /** Does something to the page and shows what came of it; a failure stays until the next try. */
  const act = (does: () => Promise<unknown>) => {
    void does().then(() => refresh.current(), fail);
  };

  const onAction = (action: PageAction) => {
    switch (action) {
      case 'label':
        act(() => askWorker('labelPage', { tabId }));
        break;
      case 'stop':
      case 'remove':
        act(() => askWorker('unlabelPage', { tabId }));
        break;
      case 'look-all':
      case 'look-stop':
        act(() => askWorker('lookAtAll', { tabId, isWanted: action === 'look-all' }));
        break;
      case 'pause':
        act(() => askWorker('pauseLabelling', { until: Date.now() + HOUR_MS }));
        break;
      case 'resume':
        act(() => askWorker('pauseLabelling', { until: null }));
        break;
    }
  };

  const origin = state?.origin ?? null;
  const rules = useRef<Promise<unknown>>(Promise.resolve());
  /** One after the other: a refused choice is taken back only when it was stored. */
  const setRules = (rule: SiteRule, allSites: boolean): Promise<unknown> => {
    const set = async (): Promise<void> => {
      if (origin !== null) await askWorker('setSiteRule', { origin, rule });
      await askWorker('setLabelAllSites', { enabled: allSites });
    };
    rules.current = rules.current.then(set, set);
    return rules.current;
  };
  const choose = (choice: SiteChoice) => {
    act(() => {
      if (choice === 'never') return setRules('never', state?.labelAllSites ?? false);
      return setRules(choice === 'always' ? 'always' : 'default', choice === 'everywhere');
    });
  };

  const failure = problem === null ? null : failureText(problem);
  return (
    <>
      <div class="page-box">
        <PagePanel state={state} address={tab.url} onAction={onAction} />
        {failure !== null && (
          <p class="page-problem" role="alert">
            {failure.what} {failure.remedy}
          </p>
        )}
        {problem !== null && <CopyReport failure={problem} />}
        {state !== null && origin !== null && (
          <SitePanel
            state={{ ...state, origin }}
            onChoose={choose}
            onRefused={choose}
            onPause={(until) => {
              act(() => askWorker('pauseLabelling', { until }));
            }}
            onHandedBack={(what) => {
              const { siteRule, labelAllSites } = state;
              const isOver = what === 'site' && siteRule === 'always';
              act(() => setRules(isOver ? 'default' : siteRule, what !== 'all' && labelAllSites));
            }}
            onProblem={fail}
          />
        )}
      </div>
      {report !== null && report.images.length > 0 && (
        <PageReport tabId={tabId} report={report} onProblem={fail} onListed={onListed} />
      )}
    </>
  );
}
