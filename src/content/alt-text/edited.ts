import {
  closest,
  designModeOf,
  documentOf,
  hasEditContext,
  isElement,
  matches,
  rootOf,
} from '../dom';
import { composedAncestors, MAX_DEPTH } from '../find/shadow-roots';

/** What is in these is a document that a person writes, also the parts that may not be typed in. */
const EDITORS =
  '[contenteditable=""], [contenteditable=true i], [contenteditable=plaintext-only i], [role=textbox i]';

/** Is it in an editor, by the attributes of what is around it? Asks for no styles. */
export function isInEditor(node: Node): boolean {
  let at = isElement(node) ? node : null;
  if (at !== null && designModeOf(documentOf(at)) === 'on') return true;
  for (let depth = 0; at !== null && depth < MAX_DEPTH; depth += 1) {
    if (closest(at, EDITORS) !== null) return true;
    const root = rootOf(at);
    at = root instanceof ShadowRoot ? root.host : null;
  }
  return node instanceof ShadowRoot && isInEditor(node.host);
}

/**
 * Is the element part of a document that is edited here: in an editor of whatever kind, also one inside
 * a shadow root that shows the element in a slot?
 */
export function isEdited(element: Element): boolean {
  if (designModeOf(documentOf(element)) === 'on') return true;
  // Inherited into shadow roots and slots; empty where the browser has no such style.
  const modify = getComputedStyle(element).getPropertyValue('-webkit-user-modify');
  if (modify !== '' && modify !== 'read-only') return true;
  for (const ancestor of composedAncestors(element)) {
    if (matches(ancestor, EDITORS) || hasEditContext(ancestor)) return true;
  }
  return false;
}
