/** From one image of a page to the next, through its frames in reading order. */
import {
  listOf,
  numberFrom,
  orNull,
  shapeOf,
  textUpTo,
  wholeFrom,
  type Check,
} from '../core/check';
import { toFailure } from '../core/errors';
import { askFrame } from '../messages/client';
import type { FrameImages } from '../messages/protocol';
import { showFailureBadge } from '../platform/badge';
import { injectScript } from '../platform/content-script';
import { loadSettings } from '../platform/settings-store';
import type { Tabs } from '../platform/browser';
import { describeScript } from './content-scripts';
import { nextSpot, type WalkedFrame } from './next-spot';
import type { Outcomes } from './outcomes';

const MAX_IMAGES = 10_000;
const MAX_FRAMES = 1000;
const isPlace = wholeFrom(0, MAX_IMAGES);

/** A frame's answer is the word of a page's renderer. */
const isFrameImages: Check<FrameImages> = shapeOf({
  ids: listOf(textUpTo(64), MAX_IMAGES),
  frames: listOf(shapeOf({ before: isPlace, index: isPlace }), MAX_FRAMES),
  path: orNull(listOf(isPlace, MAX_FRAMES)),
  at: orNull(numberFrom(-0.5, MAX_IMAGES)),
  since: numberFrom(0, Number.MAX_SAFE_INTEGER),
});

/**
 * Asks all frames of a tab that may be scripted for their images.
 * @throws CodedError where none may be
 */
async function walkedFrames(tabId: number, minimumSizePx: number): Promise<WalkedFrame[]> {
  const injected = await injectScript(describeScript, tabId, 'all');
  const answers = await Promise.all(
    injected.map(async ({ frameId }) => ({
      frameId,
      images: await askFrame(tabId, frameId, 'listImages', { minimumSizePx }).catch(() => null),
    })),
  );
  return answers.flatMap(({ frameId, images }) =>
    isFrameImages(images) ? [{ frameId, images }] : [],
  );
}

/**
 * Has the next image of a tab's page said, with its place among all: the focus stays where it is. Where the
 * page may not be looked at, the badge tells.
 */
export async function sayNextImage(
  { outcomes }: { outcomes: Pick<Outcomes, 'expect' | 'keep'> },
  tab: Tabs.Tab,
  tabId: number,
  step: 1 | -1,
): Promise<void> {
  const requestedAt = Date.now();
  const requestId = crypto.randomUUID();
  try {
    const { minimumSizePx } = await loadSettings();
    const spot = nextSpot(await walkedFrames(tabId, minimumSizePx), step);
    const frameId = spot?.frameId ?? 0;
    const isListed = spot !== null && !tab.incognito;
    if (isListed) outcomes.expect({ requestId, tabId, frameId, requestedAt });
    const told = spot === null ? null : { id: spot.id, position: spot.position, count: spot.count };
    await askFrame(tabId, frameId, 'sayImage', { requestId, requestedAt, spot: told });
    if (isListed) outcomes.keep(requestId).catch(() => undefined);
  } catch (error) {
    const failure = toFailure(error);
    if (failure.code !== 'page-gone') await showFailureBadge(tabId, failure);
  }
}
