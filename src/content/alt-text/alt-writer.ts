import type { AltFacts } from '../../core/alt-text/alt-facts';
import {
  altTextNeed,
  mayBeReplaced,
  mayBeWritten,
  type AltNeed,
  type NoVerdict,
  type Replaceable,
} from '../../core/alt-text/alt-need';
import { isExtensionAlive } from '../../messages/client';
import { getAttribute, hasAttribute, isElement, queryAll } from '../dom';
import { queryDeep } from '../find/shadow-roots';
import { keepNeed } from './alt-need-of';
import { speakerOf } from './author-word';
import { createCopies } from './copies';
import { watchEditing } from './edit-watch';
import { isEdited } from './edited';
import { createFights } from './fights';
import { MARK } from './mark';
import { createPen, type Pen } from './pen';
import { languageAt, primaryLanguage, readAltFacts } from './read-alt-facts';
import { isUntouched, type Written } from './written';

/** A text to put on an image. */
export interface AltText {
  text: string;
  /** What the mark on the element says of it. */
  mark: string;
  /** BCP 47; null where the person wrote it, in the page's language as far as is known. */
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
  attributes: Written[];
}

/**
 * The attribute through which assistive technology hears the text; null where the author's word stands
 * in the way.
 */
function attributeFor(facts: AltFacts, { need }: AltNeed | NoVerdict): string | null {
  const { kind, alt, name, nameFrom } = facts;
  if (!mayBeWritten(facts)) return null;
  if (nameFrom === 'aria-labelledby' || nameFrom === 'label') return null;
  // A name beside a blank `alt` is the author's, and it is heard.
  if (need === 'missing' && name !== '') return null;
  if (nameFrom === 'aria-label') return 'aria-label';
  if (kind !== 'img' && kind !== 'button' && kind !== 'area') return 'aria-label';
  return alt === '' ? null : 'alt';
}

/** What is to be written on an element, with what is there now. */
function wantedOn(
  element: Element,
  { text, mark, language }: AltText,
  attribute: string,
): Written[] {
  const page = primaryLanguage(languageAt(element));
  const isForeign = page !== null && language !== null && page !== primaryLanguage(language);
  const wanted = [
    // A page's own attribute of that name is the page's.
    ...(hasAttribute(element, MARK) ? [] : [[MARK, mark]]),
    ...(isForeign ? [['lang', language]] : []),
    [attribute, text],
  ] as [string, string][];
  return wanted.map(([name, ours]) => ({ name, ours, before: getAttribute(element, name) }));
}

/** The elements with a mark among these and in them. */
function markedIn(nodes: Iterable<Node>): Element[] {
  return [...nodes].filter(isElement).flatMap((node) => {
    const inside = [...queryAll(node, `[${MARK}]`)];
    return hasAttribute(node, MARK) ? [node, ...inside] : inside;
  });
}

/** What is copied out of the page ends in a document of the person: for that while it is without our texts. */
function holdWhileCopied(applied: ReadonlyMap<Element, Applied>, pen: Pen) {
  let copying = 0;
  return {
    isCopied: () => copying > 0,
    onCopying: (done: Promise<void>) => {
      copying += 1;
      for (const [element, { attributes }] of applied) pen.restore(element, attributes);
      void done.then(() => {
        copying -= 1;
        if (copying > 0) return;
        for (const [element, { attributes }] of applied) {
          // Where the page wrote meanwhile, its word counts.
          const isFree = attributes.every(
            (each) => getAttribute(element, each.name) === each.before,
          );
          if (isFree && !isEdited(element)) pen.put(element, attributes);
        }
      });
    },
  };
}

/**
 * Puts texts on images so that assistive technology reads them, until the signal fires; then everything
 * is as it was. Writes attributes only, each at most once for a text; a change by the page always wins.
 */
export function createAltWriter({ signal }: { signal: AbortSignal }): AltWriter {
  const applied = new Map<Element, Applied>();
  const fights = createFights();
  const copies = createCopies();
  const pen = createPen(onChanges);
  const { isCopied, onCopying } = holdWhileCopied(applied, pen);
  const editing = watchEditing({ onEditing, onMovedIn, onCopying, onAnything }, signal);
  signal.addEventListener('abort', () => {
    revertAll();
    pen.end();
  });

  /** After a reload of the extension nothing of it is to stay. */
  function onAnything(): void {
    if (!isExtensionAlive()) revertAll();
  }

  /** A person's own document is never written to: what we wrote before it was one is taken back. */
  function onEditing(): void {
    for (const [element, known] of applied) if (isEdited(element)) giveBack(element, known);
  }

  function onMovedIn(nodes: Iterable<Node>): void {
    for (const element of markedIn(nodes)) {
      const known = applied.get(element);
      if (known === undefined) restoreCopy(element);
      else giveBack(element, known);
    }
  }

  function onChanges(records: MutationRecord[]): void {
    if (records.length > 0 && !isExtensionAlive()) {
      revertAll();
      return;
    }
    for (const target of new Set(records.map((record) => record.target as Element))) {
      const known = applied.get(target);
      if (known === undefined || isUntouched(target, known.attributes, records)) continue;
      fights.onUndone(target, known.alt.text);
      giveBack(target, known);
      apply(known.source, known.alt);
    }
  }

  function giveBack(element: Element, { attributes }: Applied): void {
    applied.delete(element);
    keepNeed(element, null);
    pen.restore(element, attributes);
    if (applied.size === 0) editing.rest();
  }

  /** A copy that the page made of an element with our text has the text as well: taken back from it. */
  function restoreCopy(element: Element): void {
    if (applied.has(element)) return;
    for (const attributes of copies.originalsOf(element)) pen.restore(element, attributes);
  }

  function write(
    source: Element,
    element: Element,
    alt: AltText,
    need: AltNeed | NoVerdict,
    facts: AltFacts,
  ): boolean {
    const attribute = attributeFor(facts, need);
    if (attribute === null) return false;
    const attributes = wantedOn(element, alt, attribute);
    applied.set(element, { source, alt, attributes });
    copies.onWritten(element, alt, attribute, attributes);
    keepNeed(element, need);
    if (!isCopied()) pen.put(element, attributes);
    pen.observe(element);
    fights.onWritten(element, alt.text);
    editing.follow(element);
    return true;
  }

  function apply(source: Element, alt: AltText): boolean {
    const element = speakerOf(source);
    const current = applied.get(element);
    if (current !== undefined) {
      if (current.source !== source) return false;
      const isSame = current.alt.text === alt.text && current.alt.mark === alt.mark;
      if (isSame && !isEdited(element)) return true;
      giveBack(element, current);
    }
    if (signal.aborted || !isExtensionAlive()) return false;
    restoreCopy(element);
    if (isEdited(element)) return false;
    const facts = readAltFacts(element);
    const need = altTextNeed(facts);
    if (!mayBeReplaced(need, alt.mode) || fights.isFought(element, alt.text)) return false;
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
    for (const copy of marked) restoreCopy(copy);
  }

  return {
    ...{ apply, revert, revertAll },
    textOf: (source) => {
      const known = applied.get(speakerOf(source));
      return known?.source === source ? known.alt.text : null;
    },
  };
}
