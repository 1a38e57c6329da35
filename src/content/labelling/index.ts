/** Auto-labelling in one frame: listens to the worker, and starts by itself where it is on. */
import { CodedError, toFailure } from '../../core/errors';
import type { ActiveState } from '../../core/settings/labelling-state';
import { askWorker } from '../../messages/client';
import { labellingMessages } from '../../messages/frame-messages';
import { serveFrame } from '../../messages/frame-server';
import type { FrameReportPart, LabellingState } from '../../messages/protocol';
import { loadAltTexts, type ReportRequest } from '../alt-text/part';
import { removeLeftovers } from '../layer';
import { followReopening } from '../reopening';
import { NO_REPORT, startSession, type LabellingSession } from './session';

interface Running {
  session: LabellingSession;
  controller: AbortController;
  state: ActiveState;
}

/** The longest that a browser's timer waits, milliseconds. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/** A page that comes back from the back/forward cache missed what was said meanwhile. */
function onReturn(catchUp: () => void, signal: AbortSignal): void {
  window.addEventListener(
    'pageshow',
    ({ persisted }) => {
      if (persisted) catchUp();
    },
    { signal },
  );
}

/**
 * Answers startLabelling, stopLabelling, toggleLabels, lookAtAll, getFrameReport, showImage, setAltText,
 * seekTwo, getThumbnails, followVoice and askAnew until the signal fires. Leaves no trace when labelling is off.
 */
export function startLabellingService({ signal }: { signal: AbortSignal }): void {
  let isExcluded = false;
  /** The worker's words so far. */
  let words = 0;
  let resuming: ReturnType<typeof setTimeout> | undefined;
  let running: Running | null = null;

  function stop(): void {
    running?.controller.abort();
    running = null;
  }

  function start(state: ActiveState): void {
    const controller = new AbortController();
    running = { controller, state, session: startSession(state, controller.signal, stop) };
  }

  function apply(state: LabellingState): void {
    if (signal.aborted) return;
    clearTimeout(resuming);
    words += 1;
    isExcluded = !state.active && state.reason === 'never-here';
    if (!state.active) {
      stop();
      if (state.resumeAt !== null) {
        resuming = setTimeout(
          () => {
            void askState();
          },
          Math.min(state.resumeAt - Date.now(), MAX_TIMER_MS),
        );
      }
    } else if (running !== null) {
      running.state = state;
      running.session.configure(state);
    } else {
      start(state);
    }
  }

  async function askState(): Promise<void> {
    const heard = words;
    try {
      const state = await askWorker('getLabellingState', {});
      // What the worker said meanwhile is newer than the answer.
      if (heard === words) apply(state);
    } catch (error) {
      // The worker tells when there is something to do; without an extension nothing is left to do.
      if (toFailure(error).code === 'extension-reloaded') stop();
    }
  }

  async function report(request: ReportRequest): Promise<FrameReportPart> {
    if (running !== null) return await running.session.report(request);
    const altTexts = isExcluded ? await loadAltTexts() : null;
    return (await altTexts?.excludedPart(request)) ?? NO_REPORT;
  }

  function obey({ state }: { state: LabellingState }): null {
    apply(state);
    return null;
  }

  const tell = (word: 'toggleLabels' | 'askAnew') => () => {
    running?.session[word]();
    return null;
  };

  function session(): LabellingSession {
    if (running === null) throw new CodedError('image-gone', 'Nothing is labelled here.');
    return running.session;
  }

  const listenForReturn = () => {
    onReturn(() => void askState(), signal);
  };

  // The older script of an extension that was reloaded hears that its hosts are gone, and ends.
  for (const name of ['labels', 'ring', 'texts'] as const) removeLeftovers(name, document);
  serveFrame(
    labellingMessages,
    {
      startLabelling: obey,
      stopLabelling: obey,
      toggleLabels: tell('toggleLabels'),
      askAnew: tell('askAnew'),
      lookAtAll: ({ isWanted }) => {
        running?.session.lookAtAll(isWanted);
        return null;
      },
      showImage: async ({ id }) => {
        await session().showImage(id);
        return null;
      },
      setAltText: async ({ id, text }) => {
        await session().setAltText(id, text);
        return null;
      },
      seekTwo: ({ id }) => session().seekTwo(id),
      followVoice: async ({ concerned }) => {
        await running?.session.followVoice(concerned);
        return null;
      },
      getThumbnails: ({ ids }) => session().thumbnails(ids),
      getFrameReport: report,
    },
    signal,
  );
  signal.addEventListener('abort', stop);
  listenForReturn();
  followReopening(() => {
    listenForReturn();
    const state = running?.state;
    stop();
    if (state !== undefined) start(state);
  }, signal);
  void askState();
}
