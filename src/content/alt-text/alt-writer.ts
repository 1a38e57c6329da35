import {
  altTextNeed,
  mayBeReplaced,
  type AltFacts,
  type AltNeed,
  type Replaceable,
} from '../../core/alt-text/alt-need';
import { isExtensionAlive } from '../../messages/client';
import {
  getAttribute,
  isConnected,
  localNameOf,
  queryAll,
  removeAttribute,
  setAttribute,
} from '../dom';
import { picturesOf } from '../find/picture';
import { queryDeep } from '../find/shadow-roots';
import { keepNeed } from './alt-need-of';
import { speakerOf } from './author-word';
import { MARK } from './mark';
import { languageAt, primaryLanguage, readAltFacts } from './read-alt-facts';

const MAX_TRIES = 3;
/** An element that the page replaces within this time after it was written to was replaced because of that. */
const REPLACED_WITHIN_MS = 1000;
/** What of an element decides about its text: where the page changes one of these, its word counts. */
const WATCHED = [
  ...['alt', 'aria-label', 'aria-labelledby', 'aria-hidden', 'role', 'title', 'lang', MARK],
];

/** A text to put on an image. */
export interface AltText {
  text: string;
  /** What the mark on the element says of it. */
  mark: string;
  /** BCP 47 primary subtag; null where the person wrote it, in the page's language as far as is known. */
  language: string | null;
  mode: Replaceable;
}

export interface AltWriter {
  /** Gives the element this text, if it needs one and the author has no other word. @returns does it have it now? */
  apply: (element: Element, alt: AltText) => boolean;
  /** Takes the text back: the attributes are as they were before. */
  revert: (element: Element) => void;
  revertAll: () => void;
  /** The text of ours that the element has now, or null. */
  textOf: (element: Element) => string | null;
}

/** What was written on an element, and what was there before. */
interface Applied {
  /** The element that was asked for; its SVG may speak for several. */
  source: Element;
  alt: AltText;
  /** Null: the attribute was not there. */
  attributes: { name: string; ours: string; before: string | null }[];
}

/**
 * The attribute through which assistive technology hears the text; null where the author's word stands
 * in the way.
 */
function attributeFor({ kind, alt, name, nameFrom }: AltFacts, { need }: AltNeed): string | null {
  if (nameFrom === 'aria-labelledby' || nameFrom === 'label') return null;
  // A name beside a blank `alt` is the author's, and it is heard.
  if (need === 'missing' && name !== '') return null;
  if (nameFrom === 'aria-label') return 'aria-label';
  if (kind !== 'img' && kind !== 'button' && kind !== 'area') return 'aria-label';
  return alt === '' ? null : 'alt';
}

/**
 * Puts texts on images so that assistive technology reads them, until the signal fires; then everything
 * is as it was. Writes attributes only, each at most once for a text; a change by the page always wins.
 */
export function createAltWriter({ signal }: { signal: AbortSignal }): AltWriter {
  const applied = new Map<Element, Applied>();
  const undone = new WeakMap<Element, { text: string; times: number }>();
  const lastWritten = new Map<string, { element: WeakRef<Element>; at: number; losses: number }>();
  /** What stood where a text was written, for copies that the page made of the element. */
  const originals = new Map<string, Applied['attributes']>();
  const changes = new MutationObserver(onChanges);
  signal.addEventListener('abort', () => {
    revertAll();
    changes.disconnect();
  });

  function onChanges(records: MutationRecord[]): void {
    if (records.length > 0 && !isExtensionAlive()) {
      revertAll();
      return;
    }
    for (const target of new Set(records.map((record) => record.target as Element))) {
      const known = applied.get(target);
      if (known === undefined || isUntouched(target, known, records)) continue;
      const { text } = known.alt;
      const before = undone.get(target);
      undone.set(target, { text, times: before?.text === text ? before.times + 1 : 1 });
      giveBack(target, known);
      apply(known.source, known.alt);
    }
  }

  /** Did the page only write again what is there? Its own attributes count by what they were before. */
  function isUntouched(
    element: Element,
    { attributes }: Applied,
    records: readonly MutationRecord[],
  ): boolean {
    if (attributes.some(({ name, ours }) => getAttribute(element, name) !== ours)) return false;
    return records.every(
      ({ target, attributeName, oldValue }) =>
        target !== element ||
        attributeName === null ||
        attributes.some(({ name }) => name === attributeName) ||
        getAttribute(element, attributeName) === oldValue,
    );
  }

  /** Writes without hearing of it; what the page did before is heard first. */
  function quietly(write: () => void): void {
    onChanges(changes.takeRecords());
    write();
    changes.takeRecords();
  }

  function giveBack(element: Element, { attributes }: Applied): void {
    applied.delete(element);
    keepNeed(element, null);
    restore(element, attributes);
  }

  /** Puts back what was there before, as far as the page has not changed it since. */
  function restore(element: Element, attributes: Applied['attributes']): void {
    quietly(() => {
      // Backwards: the text goes before the mark that tells whose it is.
      for (const { name, ours, before } of attributes.toReversed()) {
        if (getAttribute(element, name) !== ours) continue;
        if (before === null) removeAttribute(element, name);
        else setAttribute(element, name, before);
      }
    });
  }

  function isFought(element: Element, { text }: AltText): boolean {
    const fights = undone.get(element);
    if (fights?.text === text && fights.times >= MAX_TRIES) return true;
    const last = lastWritten.get(replacementKey(element, text));
    const before = last?.element.deref();
    if (last === undefined || before === element || (before !== undefined && isConnected(before)))
      return false;
    if (performance.now() - last.at > REPLACED_WITHIN_MS) return last.losses >= MAX_TRIES;
    last.losses += 1;
    return last.losses >= MAX_TRIES;
  }

  /** A copy that the page made of an element with our text has the text as well: taken back from it. */
  function restoreCopy(element: Element): void {
    const mark = getAttribute(element, MARK);
    if (mark === null || applied.has(element)) return;
    for (const name of ['alt', 'aria-label']) {
      const attributes = originals.get(
        copyKey(element, mark, name, getAttribute(element, name) ?? ''),
      );
      if (attributes !== undefined) restore(element, attributes);
    }
  }

  function write(
    source: Element,
    element: Element,
    alt: AltText,
    need: AltNeed,
    facts: AltFacts,
  ): boolean {
    const attribute = attributeFor(facts, need);
    if (attribute === null) return false;
    const { mark, language } = alt;
    const page = primaryLanguage(languageAt(element));
    const wanted: [string, string][] = [
      [MARK, mark],
      ...(page === null || language === null || page === language
        ? []
        : [['lang', language] as [string, string]]),
      [attribute, alt.text],
    ];
    const attributes = wanted.map(([name, ours]) => ({
      ...{ name, ours, before: getAttribute(element, name) },
    }));
    applied.set(element, { source, alt, attributes });
    originals.set(copyKey(element, mark, attribute, alt.text), attributes);
    keepNeed(element, { ...need, name: facts.name });
    quietly(() => {
      for (const { name, ours } of attributes) setAttribute(element, name, ours);
    });
    changes.observe(element, { attributeFilter: WATCHED, attributeOldValue: true });
    const key = replacementKey(element, alt.text);
    const losses = lastWritten.get(key)?.losses ?? 0;
    lastWritten.set(key, { element: new WeakRef(element), at: performance.now(), losses });
    return true;
  }

  function apply(source: Element, alt: AltText): boolean {
    const element = speakerOf(source);
    const current = applied.get(element);
    if (current !== undefined) {
      if (current.source !== source) return false;
      if (current.alt.text === alt.text && current.alt.mark === alt.mark) return true;
      giveBack(element, current);
    }
    if (signal.aborted || !isExtensionAlive()) return false;
    restoreCopy(element);
    const facts = readAltFacts(element);
    const need = altTextNeed(facts);
    if (!mayBeReplaced(need, alt.mode) || isFought(element, alt)) return false;
    return write(source, element, alt, need, facts);
  }

  function revert(source: Element): void {
    const element = speakerOf(source);
    const known = applied.get(element);
    if (known?.source === source) giveBack(element, known);
  }

  function revertAll(): void {
    for (const [element, known] of applied) giveBack(element, known);
    // Closed shadow roots can only be opened while the extension lives.
    const marked = isExtensionAlive() ? queryDeep(`[${MARK}]`) : queryAll(document, `[${MARK}]`);
    if (originals.size > 0) for (const copy of marked) restoreCopy(copy);
  }

  return {
    ...{ apply, revert, revertAll },
    textOf: (source) => {
      const known = applied.get(speakerOf(source));
      return known?.source === source ? known.alt.text : null;
    },
  };
}

function replacementKey(element: Element, text: string): string {
  return `${picturesOf(element)[0]?.address ?? localNameOf(element)} ${text}`;
}

/** Equal for an element and its copies; two pictures may have the same text of ours, but not of their author's. */
function copyKey(element: Element, mark: string, attribute: string, text: string): string {
  return `${mark} ${attribute} ${replacementKey(element, text)}`;
}
