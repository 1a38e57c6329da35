import type { Hint } from '../../core/prediction';
import type { ListenerMode } from '../../core/settings';
import { createAltWriter } from './alt-writer';

/** The texts that listeners hear, on the images that need one. */
export interface ListenerTexts {
  setMode: (mode: ListenerMode) => void;
  /** The image shows this; null takes back what was said of it. */
  tell: (element: Element, hint: Hint | null) => void;
}

/** What is labelled with a hint and needs a text has one, from the first `setMode` on until the signal fires. */
export function createListenerTexts(signal: AbortSignal): ListenerTexts {
  const writer = createAltWriter({ signal });
  let mode: ListenerMode = 'off';
  return {
    setMode: (wanted) => {
      if (wanted === mode) return;
      mode = wanted;
      // What the new mode wants is told again.
      writer.revertAll();
    },
    tell: (element, hint) => {
      if (hint === null || mode === 'off') {
        writer.revert(element);
        return;
      }
      const { text, synset, probability } = hint;
      writer.apply(element, { text, synset, probability, mode });
    },
  };
}
