import { toFailure } from '../../core/errors';
import { recordedAddress } from '../../core/address/picture-address';
import type { Prediction } from '../../core/saying/prediction';
import { askWorker, isExtensionAlive } from '../../messages/client';
import { failureText, text } from '../../platform/i18n';
import type { DescribeRequest } from '../describe/describe-image';
import { findPicture } from '../find/find-picture';
import type { Picture } from '../find/picture';
import { classifyPicture, type LadderResult } from '../pixels/classify-picture';
import { seeTwo } from '../describe/see-two';
import { screenArea } from '../pixels/screen-area';
import { openVoice, removeLeftoverVoices, type Voice } from './voice';

/** A warm engine has answered by then; in a longer wait a listener hears that the key was taken. */
const PATIENCE_MS = 1200;

/** What is said of a picture. A guess is said as one, because it was asked for. */
export function spokenText({ hint, guess }: Pick<Prediction, 'hint' | 'guess'>): string {
  return hint?.text ?? guess?.text ?? text('card_no_description');
}

function find(request: DescribeRequest): Picture | LadderResult {
  try {
    return findPicture(request, null);
  } catch (error) {
    return { ok: false, error: toFailure(error), failedRungs: [] };
  }
}

/** Answers requests to say what an image shows: the focus stays where it is, nothing of the page changes. */
export function createSpeaker(stopped: AbortSignal): (request: DescribeRequest) => void {
  let running: { voice: Voice; controller: AbortController } | null = null;
  const silence = () => {
    running?.controller.abort();
    running?.voice.stop();
    running = null;
  };
  stopped.addEventListener('abort', silence);
  removeLeftoverVoices();
  return (request) => {
    silence();
    const found = find(request);
    const element = 'ok' in found ? null : found.element;
    const voice = openVoice(element, {
      language: text('card_language'),
      direction: text('popup_direction'),
    });
    const controller = new AbortController();
    running = { voice, controller };
    speak(request, found, voice, controller.signal).catch(() => {
      // Only an extension that is gone fails here; it leaves nothing behind.
      voice.stop();
    });
  };
}

async function speak(
  request: DescribeRequest,
  found: Picture | LadderResult,
  voice: Voice,
  signal: AbortSignal,
): Promise<void> {
  const patience = setTimeout(() => {
    if (isExtensionAlive()) voice.say(text('card_looking'));
  }, PATIENCE_MS);
  const { requestId, requestedAt } = request;
  const result =
    'ok' in found
      ? found
      : await classifyPicture(found, {
          ...{ requestId, priority: 'user', signal, outlivesElement: false, confirmed: null },
          // Nothing of the voice is seen.
          withClearScreen: async (picture, capture) => await capture(screenArea(picture)),
        });
  const two = result.ok ? await seeTwo(result.prediction) : null;
  clearTimeout(patience);
  if (signal.aborted) return;
  if (!isExtensionAlive()) {
    voice.stop();
    return;
  }
  voice.end(
    result.ok ? (two?.text ?? spokenText(result.prediction)) : sentences(failureText(result.error)),
  );
  const milliseconds = Date.now() - requestedAt;
  const address = 'ok' in found ? null : found.address;
  const ending = {
    ...{ requestId, milliseconds, cardMilliseconds: milliseconds },
    failedRungs: result.failedRungs,
    failure: result.ok
      ? null
      : { error: result.error, source: address && recordedAddress(address) },
  };
  try {
    await askWorker('recordOutcome', ending);
  } catch {
    // The person has heard the answer; the popup's list misses one.
  }
}

function sentences({ what, remedy }: { what: string; remedy: string }): string {
  return `${what} ${remedy}`.trim();
}
