/**
 * When the labels of a page come, and what the page's script and the worker say to each other, seen from
 * inside the extension's world of the page: its labels lie in a closed shadow root.
 */
import type { CDPSession, Page } from 'puppeteer';

import type { ExtensionSession } from '../scripts/drive/extension-session';
import { LABEL_ATTRIBUTE } from './recreations/message';

/** Milliseconds since the navigation. */
export interface SeenMessage {
  type: string;
  sentAt: number;
  /** Null while it is not answered, or where it failed. */
  answeredAt: number | null;
}

export interface SeenLabels {
  /** When each label was put on the page, first to last; milliseconds since the navigation. */
  labels: number[];
  messages: SeenMessage[];
}

/** How the types of messages begin that ask for a label. */
const CLASSIFY = 'classify';

/** Stands in traces where a picture was answered for. */
export const ANSWER_MARK = 'alt-lens-bench-answer';

/** Runs in the extension's world. Watches once a document. */
const WATCH = `(() => {
  if (globalThis.altLensBench !== undefined) return;
  const seen = { labels: [], messages: [] };
  globalThis.altLensBench = seen;
  const { runtime } = chrome;
  const send = runtime.sendMessage.bind(runtime);
  const watched = (message, ...rest) => {
    const entry = { type: String(message?.type), sentAt: performance.now(), answeredAt: null };
    seen.messages.push(entry);
    const answer = send(message, ...rest);
    answer.then(
      (value) => {
        if (value?.ok !== true) return;
        entry.answeredAt = performance.now();
        if (entry.type.startsWith('${CLASSIFY}')) console.timeStamp(${JSON.stringify(ANSWER_MARK)});
      },
      () => undefined,
    );
    return answer;
  };
  for (const api of new Set([runtime, globalThis.browser?.runtime ?? runtime])) api.sendMessage = watched;
  const isChip = (node) => node instanceof Element && node.classList.contains('chip');
  const watchRoot = (host) => {
    const root = chrome.dom.openOrClosedShadowRoot(host);
    const count = (nodes) => { for (const node of nodes) if (isChip(node)) seen.labels.push(performance.now()); };
    count(root.querySelectorAll('.chip'));
    new MutationObserver((records) => {
      for (const { addedNodes } of records) count(addedNodes);
    }).observe(root, { childList: true, subtree: true });
  };
  // The second is the host of builds up to e9d9339, which may be measured against.
  const HOST = '[data-alt-lens-host=labels], alt-lens-labels';
  const isHost = (node) => node instanceof Element && node.matches(HOST);
  const there = document.querySelector(HOST);
  if (there !== null) { watchRoot(there); return; }
  new MutationObserver((records, observer) => {
    for (const { addedNodes } of records) {
      const host = [...addedNodes].find(isHost);
      if (host === undefined) continue;
      observer.disconnect();
      watchRoot(host);
    }
  }).observe(document.documentElement, { childList: true });
})()`;

export interface LabelWatch {
  read: () => Promise<SeenLabels>;
  close: () => Promise<void>;
}

/** Watches the labels of our extension; call before the page goes where it is to be labelled. */
export async function watchOwnLabels(page: Page, session: ExtensionSession): Promise<LabelWatch> {
  const client: CDPSession = await page.createCDPSession();
  const origin = session.origin.replace(/\/$/, '');
  let world: number | undefined;
  const evaluate = async (expression: string): Promise<unknown> => {
    if (world === undefined) return undefined;
    const { result } = await client.send('Runtime.evaluate', {
      expression,
      contextId: world,
      returnByValue: true,
    });
    return result.value;
  };
  client.on('Runtime.executionContextCreated', ({ context }) => {
    if (context.origin !== origin) return;
    world = context.id;
    evaluate(WATCH).catch(() => undefined); // a document that was left at once
  });
  await client.send('Runtime.enable');
  return {
    read: async () => {
      const seen = (await evaluate('globalThis.altLensBench')) as SeenLabels | undefined;
      return seen ?? { labels: [], messages: [] };
    },
    close: () => client.detach(),
  };
}

/** The moment at which the last picture was answered for; null while any waits. */
export function lastAnswerAt({ messages }: SeenLabels): number | null {
  const answers = messages.filter(({ type }) => type.startsWith(CLASSIFY));
  if (answers.length === 0 || answers.some(({ answeredAt }) => answeredAt === null)) return null;
  return Math.max(...answers.map(({ answeredAt }) => answeredAt ?? 0));
}

/** How many messages of each type. */
export function countMessages({ messages }: SeenLabels): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { type } of messages) counts[type] = (counts[type] ?? 0) + 1;
  return counts;
}

declare global {
  /** When each label of a re-creation came, on its page. */
  var benchLabels: number[] | undefined;
}

/** Watches the labels of the re-creations, which mark the images themselves. */
export async function watchMarkedImages(page: Page): Promise<LabelWatch> {
  await page.evaluateOnNewDocument((attribute) => {
    const labels: number[] = [];
    globalThis.benchLabels = labels;
    new MutationObserver((records) => {
      labels.push(...records.map(() => performance.now()));
    }).observe(document, { subtree: true, attributeFilter: [attribute] });
  }, LABEL_ATTRIBUTE);
  return {
    read: async () => ({
      labels: await page.evaluate(() => globalThis.benchLabels ?? []),
      messages: [],
    }),
    close: () => Promise.resolve(),
  };
}
