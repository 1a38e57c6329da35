/** Auto-labelling in one frame: listens to the worker, and starts by itself where it is on. */
import browser, { type Runtime } from 'webextension-polyfill';

import { toFailure } from '../../core/errors';
import { askWorker } from '../../messages/client';
import type { Answer, ContentProtocol, FrameImage, LabellingState } from '../../messages/protocol';
import { removeLeftoverAltTexts } from '../alt-text/mark';
import { loadAltTexts } from '../alt-text/part';
import { removeLeftoverLabels } from './chip-layer';
import { excludedReport } from './frame-report';
import { parseLabellingMessage } from './parse-labelling-message';
import { startSession, type LabellingSession } from './session';

/**
 * Answers startLabelling, stopLabelling, toggleLabels, getFrameReport, showImage and getThumbnails until the signal fires.
 * Leaves no trace when labelling is off.
 */
export function startLabellingService({ signal }: { signal: AbortSignal }): void {
  let isExcluded = false;
  let running: { session: LabellingSession; controller: AbortController } | null = null;

  function stop(): void {
    running?.controller.abort();
    running = null;
  }

  function apply(state: LabellingState): void {
    isExcluded = !state.active && state.reason === 'never-here';
    if (!state.active || signal.aborted) {
      stop();
    } else if (running !== null) {
      running.session.configure(state);
    } else {
      const controller = new AbortController();
      running = { controller, session: startSession(state, controller.signal, stop) };
    }
  }

  async function askState(): Promise<void> {
    try {
      apply(await askWorker('getLabellingState', {}));
    } catch (error) {
      // The worker tells when there is something to do; without an extension nothing is left to do.
      if (toFailure(error).code === 'extension-reloaded') stop();
    }
  }

  async function report(): Promise<FrameImage[]> {
    if (running !== null) return await running.session.report();
    return isExcluded ? excludedReport(await loadAltTexts()) : [];
  }

  const onMessage = (
    message: unknown,
    sender: Runtime.MessageSender,
  ): Promise<Answer<ContentProtocol[keyof ContentProtocol]['value']>> | undefined => {
    if (sender.id !== browser.runtime.id) return undefined;
    const request = parseLabellingMessage(message);
    switch (request?.type) {
      case 'startLabelling':
        apply(request.state);
        break;
      case 'stopLabelling':
        stop();
        break;
      case 'toggleLabels':
        running?.session.toggleLabels();
        break;
      case 'showImage':
        if (running?.session.showImage(request.id) !== true) {
          const message = `No ${request.id} is shown in this frame.`;
          return Promise.resolve({ ok: false, error: { code: 'image-gone', message } });
        }
        break;
      case 'getThumbnails':
        return (running?.session.thumbnails(request.ids) ?? Promise.resolve({})).then((value) => ({
          ok: true,
          value,
        }));
      case 'getFrameReport':
        return report().then((value) => ({ ok: true, value }));
      case undefined:
        return undefined;
    }
    return Promise.resolve({ ok: true, value: null });
  };

  removeLeftoverLabels();
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
