import type { ListenerMode } from '../../core/settings/setting-values';
import type { ListenerTexts, OwnText } from '../alt-text/listener-texts';
import { loadAltTexts } from '../alt-text/part';
import { getAttribute } from '../dom';

export interface Listeners extends Omit<ListenerTexts, 'choose'> {
  /** See ListenerTexts; false also where the script for texts can't be put into this frame. */
  /** Does the person listen, and would this image be silent? Of what the mode wants besides, all. */
  isAwaiting: (element: Element) => boolean;
  choose: (element: Element, key: string, own: OwnText | null) => Promise<boolean>;
}

/**
 * The texts for listeners, loaded when they are first wanted, and the page is calm.
 * @param onReady what is known of the images is to be told now
 */
export function createListeners(signal: AbortSignal, onReady: () => void): Listeners {
  let mode: ListenerMode = 'off';
  let texts: ListenerTexts | null = null;
  let calm: Promise<void> | null = null;

  async function load(): Promise<void> {
    const part = await loadAltTexts();
    await (calm ??= part?.untilCalm(signal) ?? null);
    if (signal.aborted || part === null || texts !== null) return;
    texts = part.createListenerTexts(signal);
    texts.setMode(mode);
    onReady();
  }

  return {
    setMode: (wanted) => {
      mode = wanted;
      texts?.setMode(mode);
      if (texts === null && mode !== 'off') void load();
    },
    isAwaiting: (element) =>
      mode === 'missing-and-weak' ||
      (mode === 'missing' && (getAttribute(element, 'alt') ?? '').trim() === ''),
    tell: (...told) => texts?.tell(...told),
    choose: async (...choice) => {
      await load();
      return texts?.choose(...choice) ?? false;
    },
    keepDraftOf: (element, said) => texts?.keepDraftOf(element, said),
    takeBack: () => texts?.takeBack(),
    textOf: (element) => texts?.textOf(element) ?? null,
  };
}
