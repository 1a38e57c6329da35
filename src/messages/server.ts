import * as v from 'valibot';
import { browser, type Runtime } from '../platform/browser';

import { CodedError, toFailure } from '../core/errors';
import type { Answer } from './protocol';
import {
  workerMessages,
  type CheckedFields,
  type SenderKind,
  type SenderOf,
  type WorkerMessageType,
  type WorkerValue,
} from './worker-messages';

/** Who sent a message. A content script is always in a tab; an extension page never counts as one. */
export type Sender =
  | {
      kind: 'content';
      tabId: number;
      frameId: number;
      /** Names the document in its tab: a navigation ends it. */
      documentId: string;
      pageAddress: string;
      /** As the browser gives it, "null" for a sandboxed page; undefined where it does not tell. */
      pageOrigin?: string | undefined;
      /** The tab's address, where it may be known. */
      tabAddress: string | undefined;
      isPrivate: boolean;
    }
  | { kind: 'extension-page' };

/** What a handler is given: the checked fields and the sender. */
export type Handlers = {
  [T in WorkerMessageType]: (
    fields: CheckedFields<T>,
    sender: Extract<Sender, { kind: SenderOf<T> }>,
  ) => Promise<WorkerValue<T>>;
};

/** Of a refusal, characters. */
const MAX_REASON_LENGTH = 300;

function identify(sender: Runtime.MessageSender): Sender | null {
  if (sender.id !== browser.runtime.id) return null;
  const address = sender.url ?? '';
  if (address.startsWith(browser.runtime.getURL(''))) return { kind: 'extension-page' };
  const { tab } = sender;
  if (tab?.id === undefined) return null;
  return {
    kind: 'content',
    tabId: tab.id,
    frameId: sender.frameId ?? 0,
    documentId:
      (sender as { documentId?: string }).documentId ?? `${tab.id}:${sender.frameId ?? 0}`,
    pageAddress: address,
    pageOrigin: (sender as { origin?: string }).origin,
    tabAddress: tab.url,
    isPrivate: tab.incognito,
  };
}

function isType(type: unknown): type is WorkerMessageType {
  return typeof type === 'string' && Object.hasOwn(workerMessages, type);
}

/**
 * Checks one message: sender first, then schema. The handler is called in the same turn, so that what
 * needs the person's click (asking for access) still has it.
 */
function dispatch(
  handlers: Handlers,
  message: unknown,
  from: Runtime.MessageSender,
): Promise<unknown> {
  const { type, ...fields } = message as Record<string, unknown>;
  const sender = identify(from);
  if (!isType(type)) throw new CodedError('message-refused', 'Unknown type of message.');
  const senders: readonly SenderKind[] = workerMessages[type].from;
  if (sender === null || !senders.includes(sender.kind)) {
    throw new CodedError('message-refused', `${type} may not be sent from here.`);
  }
  const checked = v.safeParse(workerMessages[type].fields, fields);
  if (!checked.success) {
    const issue = checked.issues[0];
    // The schema's own words quote what was sent, whatever its length.
    const reason = `${type}: ${v.getDotPath(issue) ?? 'fields'}: ${issue.message}`;
    throw new CodedError('message-refused', reason.slice(0, MAX_REASON_LENGTH));
  }
  const handler = handlers[type] as (fields: unknown, sender: Sender) => Promise<unknown>;
  return handler(checked.output, sender);
}

/**
 * Answers the messages to the background. Call in its first turn.
 * @param keepAwake keeps the background from being stopped until an answer is there
 */
export function serve(
  handlers: Handlers,
  keepAwake: <T>(work: Promise<T>) => Promise<T> = (work) => work,
): void {
  browser.runtime.onMessage.addListener((message: unknown, sender: Runtime.MessageSender) => {
    if (typeof message !== 'object' || message === null || !('type' in message)) return undefined;
    return keepAwake(answer(() => dispatch(handlers, message, sender)));
  });
}

async function answer(run: () => Promise<unknown>): Promise<Answer<unknown>> {
  try {
    return { ok: true, value: await run() };
  } catch (error) {
    return { ok: false, error: toFailure(error) };
  }
}
