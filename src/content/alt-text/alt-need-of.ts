import { altTextNeed, type AltNeed, type NoVerdict } from '../../core/alt-text/alt-need';
import { speakerOf } from './author-word';
import { readAltFacts } from './read-alt-facts';

/** What elements needed, and were called, before a text of ours was put on them. */
const before = new WeakMap<Element, AltNeed | NoVerdict>();

/** Remembers an element's need while it has a text of ours; null ends that. */
export function keepNeed(element: Element, need: AltNeed | NoVerdict | null): void {
  if (need === null) before.delete(element);
  else before.set(element, need);
}

/**
 * The need of an image as its author left it, with the rule that decided and its accessible name
 * (empty where there is none).
 * @param read for many elements: what `createAltFactsReader` gives
 */
export function altNeedOf(element: Element, read = readAltFacts): AltNeed | NoVerdict {
  const speaker = speakerOf(element);
  return before.get(speaker) ?? altTextNeed(read(speaker));
}
