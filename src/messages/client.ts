import { browser, type Tabs } from '../platform/browser';

import { shapeOf, textUpTo, type Check } from '../core/check';
import { CodedError, fromFailure, type Failure, isErrorCode } from '../core/errors';
import type { FrameFields, FrameMessageType, FrameValue } from './frame-messages';
import type { Answer } from './protocol';
import type { WorkerFields, WorkerMessageType, WorkerValue } from './worker-messages';

/** Is this script's extension still the installed one? False after a reload or an update. */
export function isExtensionAlive(): boolean {
  try {
    return typeof browser.runtime.id === 'string';
  } catch {
    return false;
  }
}

/** What a failed `sendMessage` means. The browsers only tell by text. */
function sendingError(error: unknown): CodedError {
  const message = error instanceof Error ? error.message : String(error);
  if (!isExtensionAlive() || /context invalidated/i.test(message)) {
    return new CodedError('extension-reloaded', message, { cause: error });
  }
  if (/channel closed|port closed|receiving end does not exist/i.test(message)) {
    return new CodedError('worker-stopped', message, { cause: error });
  }
  return new CodedError('internal', message, { cause: error });
}

/**
 * Sends a message to the service worker and waits for its value.
 * A worker that stopped in the middle is started again by asking again, once.
 * @throws CodedError with the handler's code, `extension-reloaded`, or `worker-stopped`.
 */
export async function askWorker<T extends WorkerMessageType>(
  type: T,
  fields: WorkerFields<T>,
): Promise<WorkerValue<T>> {
  for (let attempt = 1; ; attempt += 1) {
    let answer: Answer<WorkerValue<T>> | undefined;
    try {
      answer = await browser.runtime.sendMessage({ type, ...fields });
      if (answer === undefined) throw new CodedError('worker-stopped', 'The answer never came.');
      if (answer.ok) return answer.value;
      throw new CodedError(answer.error.code, answer.error.message);
    } catch (error) {
      const coded = error instanceof CodedError ? error : sendingError(error);
      if (coded.code !== 'worker-stopped' || attempt > 1) throw coded;
    }
  }
}

const isFailure: Check<Failure> = shapeOf({ code: isErrorCode, message: textUpTo(10_000) });

/** A document that is gone, or in the back/forward cache, is refused at once; one that is busy or asleep is there. */
const HEARING_TIMEOUT_MS = 300;

/**
 * Does a tab still show this top document, where a content script of ours runs in it? A page may be left
 * for one that extensions may not look at, and no event tells.
 */
export async function isTopDocumentThere(tabId: number, documentId: string): Promise<boolean> {
  const options = { documentId, frameId: 0 } as Tabs.SendMessageOptionsType;
  try {
    // Nobody answers this; all that counts is whether anyone is there to hear it.
    await Promise.race([
      browser.tabs.sendMessage(tabId, {}, options),
      new Promise((resolve) => setTimeout(resolve, HEARING_TIMEOUT_MS)),
    ]);
    return true;
  } catch (error) {
    return !/receiving end does not exist|no tab with id/i.test(String(error));
  }
}

/**
 * Sends a message to the content script of one frame.
 * @throws CodedError; `page-gone` where no content script listens (any more).
 */
export async function askFrame<T extends FrameMessageType>(
  tabId: number,
  frameId: number,
  type: T,
  fields: FrameFields<T>,
): Promise<FrameValue<T>> {
  let answer: unknown;
  try {
    answer = await browser.tabs.sendMessage(tabId, { type, ...fields }, { frameId });
  } catch (error) {
    throw new CodedError('page-gone', error instanceof Error ? error.message : String(error), {
      cause: error,
    });
  }
  if (answer === undefined) throw new CodedError('worker-stopped', 'The answer never came.');
  // A page's renderer may be compromised: its answer may be anything, and its code none of ours.
  const { ok, value, error } = Object(answer) as Partial<FrameAnswer<T>>;
  if (ok === true) return value as FrameValue<T>;
  throw fromFailure(isFailure(error) ? error : { code: 'internal', message: 'No answer of ours.' });
}

interface FrameAnswer<T extends FrameMessageType> {
  ok: unknown;
  /** Whoever goes by more of it than its type says checks it. */
  value: FrameValue<T>;
  error: unknown;
}
