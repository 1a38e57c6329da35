import type { Hint } from '../../core/prediction';
import type { ListenerMode } from '../../core/settings';
import type { ListenerTexts } from '../alt-text/listener-texts';
import { loadAltTexts } from '../alt-text/part';

/**
 * The texts for listeners, loaded when they are first wanted.
 * @param onReady what is known of the images is to be told now
 */
export function createListeners(signal: AbortSignal, onReady: () => void): ListenerTexts {
  let mode: ListenerMode = 'off';
  let texts: ListenerTexts | null = null;

  async function load(): Promise<void> {
    const part = await loadAltTexts();
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
    tell: (element: Element, hint: Hint | null) => texts?.tell(element, hint),
  };
}
