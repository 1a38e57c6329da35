import { browser } from './browser';

import { CodedError } from '../core/errors';

const REGISTRATION = 'label-pages';

/** A frame that a script was put into. */
export interface InjectedFrame {
  frameId: number;
  documentId: string;
}

/** A tab that closes meanwhile has other words in every browser. */
async function isTabThere(tabId: number): Promise<boolean> {
  return await browser.tabs.get(tabId).then(
    () => true,
    () => false,
  );
}

/**
 * Puts a script file into one frame of a tab, or into all that may be scripted.
 * @throws CodedError `page-gone`, `page-not-accessible`
 */
export async function injectScript(
  file: string,
  tabId: number,
  frames: 'all' | number,
): Promise<InjectedFrame[]> {
  try {
    const results = await browser.scripting.executeScript({
      target: frames === 'all' ? { tabId, allFrames: true } : { tabId, frameIds: [frames] },
      files: [file],
    });
    return results.map((result) => {
      const { frameId } = result;
      const { documentId } = result as { documentId?: string };
      return { frameId, documentId: documentId ?? `${tabId}:${frameId}` };
    });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const isNamed = /no (?:tab|frame) with id|was removed|invalid (?:tab id|frame ids?)/i.test(
      message,
    );
    const isGone = isNamed || !(await isTabThere(tabId));
    throw new CodedError(isGone ? 'page-gone' : 'page-not-accessible', message, { cause: error });
  }
}

/**
 * Puts styles of the extension's into a frame, beside those of the page.
 * @throws Error where it may not be styled
 */
export async function insertStyles(css: string, tabId: number, frameId: number): Promise<void> {
  await browser.scripting.insertCSS({
    target: { tabId, frameIds: [frameId] },
    css,
  });
}

/** Has the browser put the script into every frame of the pages that match, from now on; none: into no page. */
export async function registerScript(file: string, matches: string[]): Promise<void> {
  const registered = await browser.scripting.getRegisteredContentScripts({ ids: [REGISTRATION] });
  if (matches.length === 0) {
    if (registered.length > 0) {
      await browser.scripting.unregisterContentScripts({ ids: [REGISTRATION] });
    }
    return;
  }
  const script = {
    id: REGISTRATION,
    js: [file],
    matches,
    allFrames: true,
    matchOriginAsFallback: true, // about:blank, srcdoc and blob: frames of a page that matches
    runAt: 'document_end' as const,
    persistAcrossSessions: true,
  };
  if (registered.length > 0) await browser.scripting.updateContentScripts([script]);
  else await browser.scripting.registerContentScripts([script]);
}
