import type { AltFacts } from '../../core/alt-text/alt-facts';
import { MAX_READ_CHARACTERS } from '../../core/alt-text/flat';
import { baseAddressOf, getAttribute, hasAttribute, isDrawn, query } from '../dom';
import { picturesOf } from '../lent';
import { composedAncestors, composedParent } from '../find/shadow-roots';
import { wordOf } from './author-word';
import { nameOf } from './name-of';
import type { Namesakes } from './namesakes';
import { createSurroundings } from './surroundings';

function isRendered(element: Element): boolean {
  // Without a box of its own, but its content is drawn.
  if (getComputedStyle(element).display === 'contents') {
    const parent = composedParent(element);
    return parent === null || isRendered(parent);
  }
  return isDrawn(element, { visibilityProperty: true });
}

/** Tells what is hidden from assistive technology: not drawn, `aria-hidden`, inert, or behind a modal dialog. */
function createHiding(): (element: Element) => boolean {
  let modal: Element | null | undefined;
  const mapped = new Map<string, Element | null>();

  /** The image that uses the map of an area. */
  function imageOf(area: HTMLAreaElement): Element | null {
    const name = area.closest('map')?.name ?? '';
    let image = mapped.get(name);
    if (image === undefined) {
      image = query(document, `img[usemap="#${CSS.escape(name)}"]`);
      mapped.set(name, image);
    }
    return image;
  }

  function isHidden(element: Element): boolean {
    if (element instanceof HTMLAreaElement) {
      const image = imageOf(element);
      return image === null || isHidden(image);
    }
    if (modal === undefined) modal = query(document, 'dialog:modal');
    let isBehind = modal !== null;
    for (const ancestor of composedAncestors(element)) {
      if (getAttribute(ancestor, 'aria-hidden') === 'true') return true;
      if (hasAttribute(ancestor, 'inert')) return true;
      if (ancestor === modal) isBehind = false;
    }
    return isBehind || !isRendered(element);
  }
  return isHidden;
}

/** The `lang` in effect at an element: its own or the nearest around it, out of shadow roots; null where none is. */
export function languageAt(element: Element): string | null {
  for (const ancestor of composedAncestors(element)) {
    const language = getAttribute(ancestor, 'lang');
    if (language !== null) return language.trim() === '' ? null : language.trim();
  }
  return null;
}

/** The first part of a language tag, lower case: `en` of `en-GB`. */
export function primaryLanguage(language: string | null): string | null {
  return language?.toLowerCase().split(/[-_]/u)[0] ?? null;
}

function fileNameOf(element: Element): string | null {
  const address = picturesOf(element)[0]?.address ?? null;
  const path =
    address === null || address.startsWith('data:')
      ? null
      : URL.parse(address, baseAddressOf(document));
  if (path === null || !/^(?:https?|file):$/u.test(path.protocol)) return null;
  const last = (path.pathname.split('/').at(-1) ?? '').slice(0, MAX_READ_CHARACTERS);
  try {
    return decodeURIComponent(last);
  } catch {
    return last;
  }
}

/**
 * Reads everything that core/alt-need goes by, of many elements of a page that does not change meanwhile:
 * what is asked of the whole page, or of what holds thousands of them, is asked once. The only part that
 * touches the page, and it only reads: attributes, texts and styles, never the layout.
 * @param namesakes the texts of the frame's pictures, where they were read
 * @returns to be asked for elements that stand for a picture, see `speakerOf`
 */
export function createAltFactsReader(namesakes?: Namesakes): (element: Element) => AltFacts {
  const isHidden = createHiding();
  const surroundingsOf = createSurroundings();
  return (element) => {
    const hidden = isHidden(element);
    const { name, nameFrom } = hidden ? { name: '', nameFrom: null } : nameOf(element);
    return {
      ...wordOf(element),
      isHidden: hidden,
      name,
      nameFrom,
      ...surroundingsOf(element),
      fileName: fileNameOf(element),
      language: primaryLanguage(languageAt(element)),
      hasNamesake: namesakes?.hasOther(element, name) ?? false,
    };
  };
}

/** One element's facts alone. */
export function readAltFacts(element: Element): AltFacts {
  return createAltFactsReader()(element);
}
