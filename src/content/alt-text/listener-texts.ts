import type { Language } from '../../core/saying/languages';
import { isTaught, type Hint } from '../../core/saying/prediction';
import type { ListenerMode } from '../../core/settings/setting-values';
import { createAltWriter, type AltText } from './alt-writer';
import { heardText } from './purpose';

/** The mark of a text that a person wrote: the model has no part in it. */
const OWN_MARK = 'edited';

/** The texts that listeners hear, on the images that need one. */
export interface ListenerTexts {
  setMode: (mode: ListenerMode) => void;
  /**
   * The image shows this; a hint of null takes back what was said of it.
   * @param key tells its picture from others; null while that is not known
   * @param language of the hint
   */
  tell: (element: Element, hint: Hint | null, key: string | null, language?: Language) => void;
  /**
   * A person's own word on one picture, which goes before the mode until the element shows another: a
   * text, or null for none of ours. A draft that was not edited still carries the hint that it is of.
   * @returns does the element have it now?
   */
  choose: (element: Element, key: string, own: OwnText | null) => boolean;
  /**
   * This is said now, or nothing: a draft of another label that the person chose is not to be told any
   * more; words of their own are.
   */
  keepDraftOf: (element: Element, hint: Hint | null) => void;
  /** The text of ours that the element has now, or null. */
  textOf: (element: Element) => string | null;
}

export interface OwnText {
  text: string;
  /** Null where the person changed the draft. */
  hint: Hint | null;
  /** Of the draft. */
  language?: Language | undefined;
}

function markOf({ synset, probability }: Hint): string {
  return `${synset} ${probability.toFixed(2)}`;
}

/** What is labelled with a hint and needs a text has one, from the first `setMode` on until the signal fires. */
export function createListenerTexts(signal: AbortSignal): ListenerTexts {
  const writer = createAltWriter({ signal });
  const chosen = new WeakMap<Element, { key: string; alt: AltText | null }>();
  let mode: ListenerMode = 'off';

  function wanted(
    element: Element,
    hint: Hint | null,
    key: string | null,
    language: Language | null,
  ): AltText | null {
    const own = chosen.get(element);
    if (own !== undefined && key !== null) {
      if (own.key === key) return own.alt;
      chosen.delete(element);
    }
    // A page can read what is in it, and the name that a person gave to somebody or something is theirs.
    if (hint === null || mode === 'off' || isTaught(hint)) return null;
    const text = heardText(element, hint.text, language ?? undefined);
    return { text, mark: markOf(hint), language, mode };
  }

  return {
    setMode: (changed) => {
      if (changed === mode) return;
      mode = changed;
      // What the new mode wants is told again.
      writer.revertAll();
    },
    tell: (element, hint, key, language) => {
      const alt = wanted(element, hint, key, language ?? null);
      if (alt === null) writer.revert(element);
      else writer.apply(element, alt);
    },
    choose: (element, key, own) => {
      const before = chosen.get(element);
      if (own === null) {
        chosen.set(element, { key, alt: null });
        writer.revert(element);
        return true;
      }
      const { text, hint, language = null } = own;
      const alt: AltText = {
        ...{ text, mode: 'any-weak' },
        ...(hint === null ? { mark: OWN_MARK, language: null } : { mark: markOf(hint), language }),
      };
      chosen.set(element, { key, alt });
      if (writer.apply(element, alt)) return true;
      // Refused: what the mode said before holds on.
      if (before === undefined) chosen.delete(element);
      else chosen.set(element, before);
      return false;
    },
    keepDraftOf: (element, hint) => {
      const alt = chosen.get(element)?.alt ?? null;
      if (alt === null || alt.mark === OWN_MARK) return;
      if (hint === null || !alt.mark.startsWith(hint.synset)) chosen.delete(element);
    },
    textOf: writer.textOf,
  };
}
