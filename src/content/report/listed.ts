import { isImageRole, roleOf } from '../../core/alt-text/alt-need-roles';
import { speakerOf } from '../alt-text/author-word';
import { getAttribute, hasAttribute, matches } from '../dom';
import { queryDeep } from '../find/shadow-roots';
import { shownPicture } from '../lent';
import { isOwn } from '../layer';

/** What may be listed for its text alone. */
const CANDIDATES =
  'area, img, input[type=image i], [role], svg [aria-label], svg [aria-labelledby], svg [aria-labeledby], svg a[*|title], svg :has(> title)';

interface Listed {
  id: string;
  element: Element;
}

const ids = new WeakMap<Element, string>();
const elements = new Map<string, WeakRef<Element>>();

function idOfListed(element: Element): string {
  let id = ids.get(element);
  if (id === undefined) {
    id = `listed-${elements.size + 1}`;
    ids.set(element, id);
    elements.set(id, new WeakRef(element));
  }
  return id;
}

/** An element that only reports list, by the id that they gave; null where it is none of these, or gone. */
export function listedElement(id: string): Element | null {
  return elements.get(id)?.deref() ?? null;
}

function isPart(element: Element): boolean {
  return element instanceof SVGElement && element.ownerSVGElement !== null;
}

/**
 * Does an element belong in a report though it shows no picture of its own: an area that is linked, a part of
 * a drawing that is an image or has a name, something with an image role, an image without a file?
 */
export function isListedAlone(element: Element): boolean {
  if (element instanceof HTMLAreaElement) return hasAttribute(element, 'href');
  // What has a picture is found for that.
  if (shownPicture(element) !== null && !isPart(element)) return false;
  if (matches(element, 'img, input[type=image i]')) return true;
  if (element instanceof SVGElement) return isPart(element) && speakerOf(element) === element;
  return isImageRole(roleOf(getAttribute(element, 'role')));
}

/** @param tracked those that are listed for their pictures */
export function findListed(tracked: ReadonlySet<Element>): Listed[] {
  return [...queryDeep(CANDIDATES)]
    .filter((element) => !tracked.has(element) && !isOwn(element) && isListedAlone(element))
    .map((element) => ({ id: idOfListed(element), element }));
}
