import type { Tabs } from '../platform/browser';

import { toFailure } from '../core/errors';
import { askFrame } from '../messages/client';
import type { FrameFields } from '../messages/frame-messages';
import { clearBadge, showFailureBadge } from '../platform/badge';
import { injectScript } from '../platform/content-script';
import { handOver } from '../platform/handed-over';
import { rememberOutcome } from '../platform/outcome-store';
import { loadSettings } from '../platform/settings-store';
import type { Outcomes } from './outcomes';

type Request = FrameFields<'describeImage'>;
export type Asked = Pick<Request, 'target' | 'srcUrl' | 'menuTarget' | 'frameUrl' | 'answer'>;

/**
 * Has one frame's content script find, classify and describe an image. In a frame that may not be
 * scripted (another origin than the tab's, without host permission), the top frame speaks for it,
 * as long as the image's address is known.
 * @param asking the request; made while the script goes in
 */
async function ask(
  contentScript: string,
  tabId: number,
  frameId: number,
  asking: Promise<Request>,
): Promise<void> {
  // Where it cannot be put in, the message that follows the script says it.
  asking
    .then((request) => handOver(tabId, frameId, { type: 'describeImage', ...request }))
    .catch(() => undefined);
  try {
    await injectScript(contentScript, tabId, frameId);
  } catch (error) {
    const request = await asking;
    if (frameId === 0 || request.srcUrl === null) throw error;
    await injectScript(contentScript, tabId, 0);
    await askFrame(tabId, 0, 'describeImage', { ...request, target: 'address' });
    return;
  }
  await askFrame(tabId, frameId, 'describeImage', await asking);
}

/**
 * Describes an image of a tab by a card in its page; where there can be no card, by badge and popup.
 * `requestedAt` is the `Date.now()` of the click or key press.
 */
export async function describeImage(
  {
    contentScript,
    outcomes,
  }: { contentScript: string; outcomes: Pick<Outcomes, 'expect' | 'keep'> },
  tab: Tabs.Tab,
  frameId: number,
  asked: Asked,
  requestedAt: number,
): Promise<void> {
  const { id: tabId } = tab;
  if (tabId === undefined) return;
  const requestId = crypto.randomUUID();
  try {
    // Where there is no picture, the ending comes before the answer.
    if (!tab.incognito) outcomes.expect({ requestId, tabId, frameId, requestedAt });
    const asking = loadSettings().then(({ shownPredictions }) => ({
      ...{ requestId, requestedAt, shownPredictions },
      ...asked,
    }));
    asking.catch(() => undefined); // thrown where it is awaited
    await ask(contentScript, tabId, frameId, asking);
    // Only now: the card must not wait for storage. Without the note the popup's list may miss one.
    outcomes.keep(requestId).catch(() => undefined);
    await clearFailure(tabId);
  } catch (error) {
    const failure = toFailure(error);
    if (failure.code === 'page-gone') return;
    const milliseconds = Date.now() - requestedAt;
    if (!tab.incognito) {
      await rememberOutcome({
        id: requestId,
        requestedAt,
        source: asked.srcUrl?.slice(0, 2048) ?? null,
        page: tab.url ?? '',
        result: { ok: false, error: failure },
        failedRungs: [],
        milliseconds,
        cardMilliseconds: milliseconds,
        thumbnail: null,
      });
    }
    failedTabs.add(tabId);
    await showFailureBadge(tabId, failure);
  }
}

/** Tabs whose badge tells of a failure: only that is wiped by the next success, not the labels' count. */
const failedTabs = new Set<number>();

/** A page lets nothing of ours be seen in it. */
export async function tellUnshown(tabId: number): Promise<void> {
  failedTabs.add(tabId);
  await showFailureBadge(tabId, { code: 'page-hides-us', message: 'The page took it away.' });
}

async function clearFailure(tabId: number): Promise<void> {
  if (failedTabs.delete(tabId)) await clearBadge(tabId);
}
