import { useCallback, useEffect, useRef, useState } from 'preact/hooks';

import { toFailure } from '../core/errors';
import type { Prediction } from '../core/saying/prediction';
import type { ListenerMode } from '../core/settings/setting-values';
import type { Settings } from '../core/settings/settings';
import { askWorker } from '../messages/client';
import { failureText, text } from '../platform/i18n';
import { Announcer } from '../ui/announcer';
import { CopyReport } from '../ui/copy-report';
import { ListenerSwitch } from '../ui/listener-switch';
import { onDemand } from '../ui/on-demand';
import { ShownPredictions } from '../ui/shown-predictions';
import { EnginePanel } from './engine-panel';
import { HowTo } from './how-to';
import { watchWorker, type LiveState } from './live-state';
import type { PageImagesProps } from './page-images';
import { PageSection } from './page-section';
import { PopupFoot } from './popup-foot';
import { Results } from './results';
import { TryImage } from './try-image';
import { usePageTab } from './use-page-tab';

/** Only a labelled page has some: the popup opens without their code. */
const PageImages = onDemand(async () => (await import('./page-images')).PageImages);

const NOTHING_YET: LiveState = { status: null, outcomes: null, settings: null, problem: null };

export function Popup() {
  const [state, setState] = useState(NOTHING_YET);
  const [listed, setListed] = useState<PageImagesProps | null>(null);
  const tab = usePageTab();
  const retry = useRef<() => Promise<void>>(() => Promise.resolve());

  const change = useCallback((changes: Partial<LiveState>) => {
    setState((before) => ({ ...before, ...changes }));
  }, []);

  useEffect(() => {
    const watching = new AbortController();
    retry.current = watchWorker(change, watching.signal);
    return () => {
      watching.abort();
    };
  }, [change]);

  const fail = (error: unknown) => {
    change({ problem: toFailure(error) });
  };

  const start = () => {
    if (state.status !== null) change({ status: { ...state.status, state: 'loading' } });
    askWorker('startEngine', {}).then((status) => {
      change({ status });
    }, fail);
  };

  const changeSettings = (changes: Partial<Settings>) => {
    if (state.settings !== null) change({ settings: { ...state.settings, ...changes } });
    askWorker('setSettings', { settings: changes }).then(({ settings }) => {
      change({ settings });
      return retry.current();
    }, fail);
  };

  /** Who wants texts wants them here first: the page in front is labelled with it. */
  const listen = (listenerMode: ListenerMode) => {
    if (state.settings !== null) change({ settings: { ...state.settings, listenerMode } });
    const set = async (): Promise<void> => {
      const { settings } = await askWorker('setSettings', { settings: { listenerMode } });
      change({ settings });
      if (tab !== null && listenerMode !== 'off') await askWorker('labelPage', { tabId: tab.id });
    };
    set().catch(fail);
  };

  const clear = () => {
    change({ outcomes: [] });
    askWorker('clearRecentOutcomes', {}).catch(fail);
  };

  const judge = ({ picture }: Prediction, isDismissed: boolean, synset: string) => {
    // The list follows its store. Nothing of a private window is in it.
    askWorker('setDismissal', { picture, synset, isDismissed, isPrivate: false }).catch(fail);
  };

  const problem = state.problem === null ? null : failureText(state.problem);
  return (
    <Announcer>
      {problem !== null && (
        <div class="problem" role="alert">
          <p>
            {problem.what} {problem.remedy}
          </p>
          <button type="button" class="button" onClick={() => void retry.current()}>
            {text('popup_try_again')}
          </button>
        </div>
      )}
      {state.problem !== null && <CopyReport failure={state.problem} />}
      <ShownPredictions.Provider value={state.settings?.shownPredictions ?? Infinity}>
        {tab !== null && <PageSection tab={tab} onListed={setListed} />}
        <ListenerSwitch mode={state.settings?.listenerMode ?? null} onChange={listen} isShort />
        <Results
          outcomes={state.outcomes}
          onClear={clear}
          onJudge={judge}
          isFolded={listed !== null}
          howTo={<HowTo />}
        />
        <TryImage />
        <EnginePanel
          status={state.status}
          settings={state.settings}
          onStart={start}
          onChange={changeSettings}
        />
        <PopupFoot />
        {/* Last, as nobody scrolls past thousands. */}
        {listed !== null && <PageImages {...listed} />}
      </ShownPredictions.Provider>
    </Announcer>
  );
}
