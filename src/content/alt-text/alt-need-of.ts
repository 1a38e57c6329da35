import { altTextNeed, type AltNeed } from '../../core/alt-text/alt-need';
import { speakerOf } from './author-word';
import { readAltFacts } from './read-alt-facts';

/** What elements needed, and were called, before a text of ours was put on them. */
const before = new WeakMap<Element, AltNeed & { name: string }>();

/** Remembers an element's need while it has a text of ours; null ends that. */
export function keepNeed(element: Element, need: (AltNeed & { name: string }) | null): void {
  if (need === null) before.delete(element);
  else before.set(element, need);
}

/**
 * The need of an image as its author left it, with the rule that decided and its accessible name
 * (empty where there is none).
 * @param read for many elements: what `createAltFactsReader` gives
 */
export function altNeedOf(element: Element, read = readAltFacts): AltNeed & { name: string } {
  const speaker = speakerOf(element);
  const kept = before.get(speaker);
  if (kept !== undefined) return kept;
  const facts = read(speaker);
  return { ...altTextNeed(facts), name: facts.name };
}
