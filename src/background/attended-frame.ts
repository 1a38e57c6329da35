import { askFrame } from '../messages/client';
import type { Attention } from '../messages/protocol';
import { injectScript, type InjectedFrame } from '../platform/content-script';

/**
 * The frame that a shortcut means: the one with the focused picture, else the one under the pointer,
 * else the top one. Frames that may not be scripted cannot answer.
 */
export async function attendedFrame(contentScript: string, tabId: number): Promise<number> {
  const frames: InjectedFrame[] = await injectScript(contentScript, tabId, 'all').catch(() => []);
  const answers = await Promise.all(
    frames.map(async ({ frameId }) => ({
      frameId,
      attention: await askFrame(tabId, frameId, 'getAttention', {}).catch(() => null),
    })),
  );
  const find = (wanted: Attention): number | undefined =>
    answers.find(({ attention }) => attention === wanted)?.frameId;
  return find('focus') ?? find('pointer') ?? 0;
}
