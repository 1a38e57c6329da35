import type { Language } from '../../core/saying/languages';
import { isTaught } from '../../core/saying/prediction';
import type { Said } from '../../core/saying/said';
import type { ListenerMode } from '../../core/settings/setting-values';
import { createAltWriter, type AltText } from './alt-writer';
import { watchIslands } from './islands';
import { heardText } from './purpose';

/** The mark of a text that a person wrote: the model has no part in it. */
const OWN_MARK = 'edited';

/** The texts that listeners hear, on the images that need one. */
export interface ListenerTexts {
  setMode: (mode: ListenerMode) => void;
  /**
   * The image shows this; null takes back what was said of it.
   * @param key tells its picture from others; null while that is not known
   * @param language of what is said
   */
  tell: (element: Element, said: Said | null, key: string | null, language?: Language) => void;
  /**
   * A person's own word on one picture, which goes before the mode until the element shows another: a
   * text, or null for none of ours. A draft that was not edited still carries the label that it is of.
   * @returns does the element have it now?
   */
  choose: (element: Element, key: string, own: OwnText | null) => boolean;
  /**
   * This is said now, or nothing: a draft of another label that the person chose is not to be told any
   * more; words of their own are.
   */
  keepDraftOf: (element: Element, said: Said | null) => void;
  /** Takes all back that stands on the page: it is told again. */
  takeBack: () => void;
  /** The text of ours that the element has now, or null. */
  textOf: (element: Element) => string | null;
}

export interface OwnText {
  text: string;
  /** Null where the person changed the draft. */
  said: Said | null;
  /** Of the draft. */
  language?: Language | undefined;
}

function markOf({ synset, probability }: Said): string {
  return `${synset} ${probability.toFixed(2)}`;
}

/** What is labelled with a hint and needs a text has one, from the first `setMode` on until the signal fires. */
export function createListenerTexts(signal: AbortSignal): ListenerTexts {
  const writer = createAltWriter({ signal });
  const chosen = new WeakMap<Element, { key: string; alt: AltText | null }>();
  let mode: ListenerMode = 'off';
  const held = new Map<Element, Parameters<ListenerTexts['tell']>>();
  const isWaiting = watchIslands(signal, (element) => {
    const told = held.get(element);
    if (told !== undefined) tell(...told);
  });

  function wanted(
    element: Element,
    said: Said | null,
    key: string | null,
    language: Language | null,
  ): AltText | null {
    const own = chosen.get(element);
    if (own !== undefined && key !== null) {
      if (own.key === key) return own.alt;
      chosen.delete(element);
    }
    // A page can read what is in it, and the name that a person gave to somebody or something is theirs.
    if (said === null || mode === 'off' || isTaught(said)) return null;
    const text = heardText(element, said.text, language ?? undefined);
    return { text, mark: markOf(said), language, mode };
  }

  function tell(...told: Parameters<ListenerTexts['tell']>): void {
    const [element, said, key, language] = told;
    const alt = wanted(element, said, key, language ?? null);
    held.delete(element);
    if (alt === null) writer.revert(element);
    else if (isWaiting(element)) held.set(element, told);
    else writer.apply(element, alt);
  }

  return {
    setMode: (changed) => {
      if (changed === mode) return;
      mode = changed;
      // What the new mode wants is told again.
      writer.revertAll();
    },
    tell,
    choose: (element, key, own) => {
      const before = chosen.get(element);
      if (own === null) {
        chosen.set(element, { key, alt: null });
        writer.revert(element);
        return true;
      }
      const { text, said, language = null } = own;
      const alt: AltText = {
        ...{ text, mode: 'any-weak' },
        ...(said === null ? { mark: OWN_MARK, language: null } : { mark: markOf(said), language }),
      };
      chosen.set(element, { key, alt });
      if (writer.apply(element, alt)) return true;
      // Refused: what the mode said before holds on.
      if (before === undefined) chosen.delete(element);
      else chosen.set(element, before);
      return false;
    },
    keepDraftOf: (element, said) => {
      const alt = chosen.get(element)?.alt ?? null;
      if (alt === null || alt.mark === OWN_MARK) return;
      if (said === null || !alt.mark.startsWith(`${said.synset} `)) chosen.delete(element);
    },
    takeBack: writer.revertAll,
    textOf: writer.textOf,
  };
}
