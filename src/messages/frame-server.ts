import { browser, type Runtime } from '../platform/browser';

import { oneOf, shapeOf } from '../core/check';
import { toFailure } from '../core/errors';
import { hearHandedOver } from '../platform/handed-over';
import { isExtensionAlive } from './client';
import {
  parseFrameMessage,
  type FrameFields,
  type FrameMessageType,
  type FrameRows,
  type FrameValue,
} from './frame-messages';
import type { Answer } from './protocol';

/** The answers of a content script, one for each of its messages. */
export type FrameHandlers<T extends FrameMessageType> = {
  [Type in T]: (fields: FrameFields<Type>) => FrameValue<Type> | Promise<FrameValue<Type>>;
};

const REFUSED: Answer<never> = {
  ok: false,
  error: { code: 'message-refused', message: 'Fields do not fit.' },
};

/** Is it for this script, whatever its fields are? */
function isOfRows(rows: FrameRows, message: unknown): boolean {
  return shapeOf({ type: oneOf(...Object.keys(rows)) })(message);
}

/**
 * Answers the messages of these rows until the signal fires; others are for the other content script of
 * the frame. A handler begins in the turn of its message: what is told first holds first.
 */
export function serveFrame<T extends FrameMessageType>(
  rows: FrameRows & Readonly<Record<T, unknown>>,
  handlers: FrameHandlers<T>,
  signal: AbortSignal,
): void {
  const onMessage = (
    message: unknown,
    sender: Runtime.MessageSender,
  ): Promise<Answer<unknown>> | undefined => {
    return sender.id === browser.runtime.id ? respond(rows, handlers, message) : undefined;
  };
  browser.runtime.onMessage.addListener(onMessage);
  signal.addEventListener('abort', () => {
    browser.runtime.onMessage.removeListener(onMessage);
  });
}

/** Hears messages of these rows that were put into the frame, too; nobody waits for their answers. */
export function serveHandedOver<T extends FrameMessageType>(
  rows: FrameRows & Readonly<Record<T, unknown>>,
  handlers: FrameHandlers<T>,
  signal: AbortSignal,
): void {
  const hear = (message: unknown) => void respond(rows, handlers, message);
  hearHandedOver(hear, isExtensionAlive, signal);
}

function respond<T extends FrameMessageType>(
  rows: FrameRows,
  handlers: FrameHandlers<T>,
  message: unknown,
): Promise<Answer<unknown>> | undefined {
  const request = parseFrameMessage(rows, message);
  if (request === null) return isOfRows(rows, message) ? Promise.resolve(REFUSED) : undefined;
  const handler = handlers[request.type as T] as (fields: unknown) => unknown;
  return answer(() => handler(request.fields));
}

async function answer(run: () => unknown): Promise<Answer<unknown>> {
  try {
    return { ok: true, value: await run() };
  } catch (error) {
    return { ok: false, error: toFailure(error) };
  }
}
