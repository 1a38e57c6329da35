import type { Frame, Page, WebWorker } from 'puppeteer';

import { selfContained } from '../extension-session/self-contained';

/** Frame ids are numbered through the whole browser; more frames than this no session opens. */
const HIGHEST_FRAME_ID = 3000;

interface FrameFacts {
  /** Null where the extension may not look into the frame. */
  timeOrigin: number | null;
  frameId: number;
}

/**
 * All frames of a tab with the ids by which extensions know them. Reads what the browser says to a
 * script injection: `No frame with id`, a refusal, or (allowed) the frame's time origin, which no two
 * documents share.
 */
async function readFrames(worker: WebWorker, tabId: number): Promise<FrameFacts[]> {
  const facts = await worker.evaluate(
    selfContained(
      async (tab: number, highest: number) => {
        const inject = (target: chrome.scripting.InjectionTarget) =>
          chrome.scripting.executeScript({ target, func: () => performance.timeOrigin });
        const allowed = await inject({ tabId: tab, allFrames: true }).catch(() => []);
        const found: FrameFacts[] = allowed.map(({ frameId, result }) => ({
          frameId,
          timeOrigin: result ?? null,
        }));
        const known = new Set(found.map(({ frameId }) => frameId));
        for (let frameId = 1; frameId <= highest; frameId += 1) {
          if (known.has(frameId)) continue;
          try {
            await inject({ tabId: tab, frameIds: [frameId] });
          } catch (error) {
            if (String(error).includes('No frame with id')) continue;
            found.push({ frameId, timeOrigin: null });
          }
        }
        return found.sort((a, b) => a.frameId - b.frameId);
      },
      tabId,
      HIGHEST_FRAME_ID,
    ),
  );
  return facts as FrameFacts[];
}

/**
 * The id by which the browser names a frame to extensions (0 is the main frame).
 * @throws Error where the frame cannot be told from others.
 */
export async function extensionFrameId(
  worker: WebWorker,
  tabId: number,
  page: Page,
  frame: Frame,
): Promise<number> {
  if (frame === page.mainFrame()) return 0;
  const facts = await readFrames(worker, tabId);
  const timeOrigin = await frame.evaluate(() => performance.timeOrigin);
  const same = facts.find((fact) => fact.timeOrigin === timeOrigin);
  if (same !== undefined) return same.frameId;
  // A frame that may not be scripted: the closed ones come in the order in which they were made.
  const origins = await Promise.all(
    page
      .frames()
      .slice(1)
      .map(async (each) => ({
        each,
        timeOrigin: await each.evaluate(() => performance.timeOrigin),
      })),
  );
  const open = new Set(facts.map((fact) => fact.timeOrigin));
  const place = origins
    .filter((each) => !open.has(each.timeOrigin))
    .findIndex(({ each }) => each === frame);
  const closed = facts.filter((fact) => fact.timeOrigin === null)[place];
  if (closed === undefined) throw new Error(`No frame id for ${frame.url()}`);
  return closed.frameId;
}
