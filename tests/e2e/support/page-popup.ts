/** The popup about a page, as people use it. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Page } from 'puppeteer';
import { onTestFinished } from 'vitest';

import { createTemporaryFolder } from '../../../scripts/node/temporary-folder';
import { waitUntil, type ExtensionSession } from '../harness';
import { tabIdOf } from './labelled-pages';

/** The page of the report, from the extension's root. */
export const REPORT = 'src/report/index.html';

/** The popup in a tab of its own, speaking of this page. */
export async function openPopupFor(session: ExtensionSession, page: Page): Promise<Page> {
  const tabId = await tabIdOf(session, page);
  const popup = await session.openPage(`${session.origin}src/popup/index.html?tab=${tabId}`);
  await popup.waitForSelector('.page[aria-busy=false]');
  return popup;
}

/** A page that was saved, opened as one of its own. */
export function openSaved(session: ExtensionSession, html: string): Promise<Page> {
  return session.openPage(
    `data:text/html;charset=utf-8;base64,${Buffer.from(html).toString('base64')}`,
  );
}

export const press = (page: Page, name: string): Promise<void> =>
  page.locator(`::-p-aria([name="${name}"][role="button"])`).click();

/** Waits until an element's text fulfils this. */
export function untilText(
  page: Page,
  selector: string,
  holds: (text: string) => boolean,
): Promise<string> {
  return waitUntil(
    `${selector} says it`,
    async () => {
      const text = await page
        .$eval(selector, (element) => (element as HTMLElement).innerText.trim())
        .catch(() => '');
      return holds(text) && text;
    },
    30_000,
  );
}

/** Files that the browser saves go to a folder of their own; gets the content of the first with this ending. */
export async function watchDownloads(
  session: ExtensionSession,
): Promise<(ending: string) => Promise<string>> {
  const { path: folder, remove } = createTemporaryFolder('alt-lens-downloads-');
  onTestFinished(remove);
  await session.saveDownloadsTo(folder);
  return (ending) =>
    waitUntil(
      `a file ${ending} is saved`,
      () => {
        const files = readdirSync(folder);
        const name = files.find((file) => file.endsWith(ending));
        // Firefox makes an empty file of the name, and writes into one beside it until all is there.
        if (name === undefined || files.some((file) => file.endsWith('.part'))) return false;
        try {
          const content = readFileSync(join(folder, name), 'utf8');
          return content !== '' && content;
        } catch {
          return false; // given its last name just now
        }
      },
      20_000,
    );
}

interface Task {
  name: string;
  ph: string;
  pid: number;
  tid: number;
  /** Processor time, microseconds. */
  tdur?: number;
  args: { name?: string; data?: { url?: string } };
}

/**
 * The longest task of the main thread that ran these scripts, milliseconds. Processor time, not the
 * clock: other programs of a busy machine are not the popup's doing.
 * @param trace a trace file of the categories `devtools.timeline` and `toplevel`
 */
export function longestTaskMs(trace: string, scripts: RegExp): number {
  const { traceEvents } = JSON.parse(trace) as { traceEvents: Task[] };
  const threadOf = ({ pid, tid }: Task) => `${pid} ${tid}`;
  const main = traceEvents.filter(
    ({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain',
  );
  const mains = new Set(main.map(threadOf));
  const ours = new Set(
    traceEvents
      .filter((event) => event.name === 'FunctionCall' && scripts.test(event.args.data?.url ?? ''))
      .map(threadOf)
      .filter((thread) => mains.has(thread)),
  );
  const tasks = traceEvents.filter(
    (event) => event.ph === 'X' && event.name.endsWith('RunTask') && ours.has(threadOf(event)),
  );
  if (tasks.length === 0) throw new Error('The trace holds no task of these scripts.');
  return Math.max(...tasks.map(({ tdur = 0 }) => tdur)) / 1000;
}
