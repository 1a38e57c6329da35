/** Auto-labelling in one frame: listens to the worker, and starts by itself where it is on. */
import browser, { type Runtime } from 'webextension-polyfill';

import { CodedError, toFailure } from '../../core/errors';
import { askWorker } from '../../messages/client';
import type { Answer, ContentProtocol, FrameImage, LabellingState } from '../../messages/protocol';
import { removeLeftoverAltTexts } from '../alt-text/mark';
import { loadAltTexts } from '../alt-text/part';
import { removeLeftovers } from '../layer';
import { parseLabellingMessage, type LabellingMessage } from './parse-labelling-message';
import { startSession, type LabellingSession } from './session';

/** The longest that a browser's timer waits, milliseconds. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/**
 * Answers startLabelling, stopLabelling, toggleLabels, getFrameReport, showImage, setAltText,
 * getThumbnails and followDismissals until the signal fires. Leaves no trace when labelling is off.
 */
export function startLabellingService({ signal }: { signal: AbortSignal }): void {
  let isExcluded = false;
  /** The worker's words so far. */
  let words = 0;
  let resuming: ReturnType<typeof setTimeout> | undefined;
  let running: { session: LabellingSession; controller: AbortController } | null = null;

  function stop(): void {
    running?.controller.abort();
    running = null;
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
      running.session.configure(state);
    } else {
      const controller = new AbortController();
      running = { controller, session: startSession(state, controller.signal, stop) };
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

  async function report(): Promise<FrameImage[]> {
    if (running !== null) return await running.session.report();
    return isExcluded ? ((await loadAltTexts())?.excludedReport() ?? []) : [];
  }

  type Value = ContentProtocol[keyof ContentProtocol]['value'];

  /** Begins in the same turn: what is told first holds first. */
  async function answer(request: LabellingMessage): Promise<Value> {
    switch (request.type) {
      case 'startLabelling':
      case 'stopLabelling':
        apply(request.state);
        break;
      case 'toggleLabels':
        running?.session.toggleLabels();
        break;
      case 'showImage':
        await session().showImage(request.id);
        break;
      case 'setAltText':
        await session().setAltText(request.id, request.text);
        break;
      case 'followDismissals':
        running?.session.followDismissals(request.dismissals, request.isDismissed);
        break;
      case 'getThumbnails':
        return await session().thumbnails(request.ids);
      case 'getFrameReport':
        return await report();
    }
    return null;
  }

  function session(): LabellingSession {
    if (running === null) throw new CodedError('image-gone', 'Nothing is labelled here.');
    return running.session;
  }

  const onMessage = (
    message: unknown,
    sender: Runtime.MessageSender,
  ): Promise<Answer<Value>> | undefined => {
    const request = sender.id === browser.runtime.id ? parseLabellingMessage(message) : null;
    if (request === null) return undefined;
    return answer(request).then(
      (value) => ({ ok: true, value }),
      (error: unknown) => ({ ok: false, error: toFailure(error) }),
    );
  };

  for (const name of ['labels', 'ring'] as const) removeLeftovers(name, document);
  removeLeftoverAltTexts();
  browser.runtime.onMessage.addListener(onMessage);
  signal.addEventListener('abort', () => {
    stop();
    browser.runtime.onMessage.removeListener(onMessage);
  });
  // A page that comes back from the back/forward cache missed what was said meanwhile.
  window.addEventListener(
    'pageshow',
    ({ persisted }) => {
      if (persisted) void askState();
    },
    { signal },
  );
  void askState();
}
