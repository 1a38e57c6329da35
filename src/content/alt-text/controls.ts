import type { AltFacts } from '../../core/alt-text/alt-facts';
import { roleOf } from '../../core/alt-text/alt-need-roles';
import { controlOf, getAttribute, hasAttribute, isDrawn, matches } from '../dom';
import { composedAncestors } from '../find/shadow-roots';
import { hasControlName, isAriaHidden } from './name-of';

/** What needs a name, and may have it from what is in it. WAI-ARIA 1.2, 5.2.8.6; HTML-AAM 1.0. */
const CONTROLS = [
  [
    'link',
    'a[href], area[href]',
    /^(?:link|doc-backlink|doc-biblioref|doc-glossref|doc-noteref)$/u,
  ],
  ['button', 'button, summary, input[type=image i]', /^button$/u],
  [
    'other',
    'h1, h2, h3, h4, h5, h6',
    /^(?:menuitem|menuitemcheckbox|menuitemradio|tab|checkbox|radio|switch|option|treeitem|heading)$/u,
  ],
] as const;

type Control = NonNullable<AltFacts['control']>;

function kindOfControl(element: Element): Control | null {
  const role = roleOf(getAttribute(element, 'role'));
  for (const [kind, natives, roles] of CONTROLS) {
    if (role === '' ? matches(element, natives) : roles.test(role)) return kind;
  }
  // A role of presentation makes nothing of what takes the focus.
  const isKept =
    role !== '' && matches(element, 'a[href], area[href], button:enabled, input:enabled');
  if (isKept && /^(?:none|presentation)$/u.test(role))
    return matches(element, '[href]') ? 'link' : 'button';
  return null;
}

const PICTURES = 'img, svg, svg *, object, canvas';

/** The nearest control or heading around an element, or the element itself. */
export function controlAround(element: Element): { control: Element; kind: Control } | null {
  for (const control of composedAncestors(element)) {
    const kind = kindOfControl(control);
    // A picture that is one of these by its role alone is asked for its name as other pictures are.
    if (kind === 'other' && control === element && matches(element, PICTURES)) continue;
    if (kind !== null) return { control, kind };
    // What is in a label names what the label is of, wherever that is.
    const labelled = control instanceof HTMLLabelElement ? controlOf(control) : null;
    if (labelled !== null && isDrawn(labelled, { visibilityProperty: true })) {
      return { control: labelled, kind: 'other' };
    }
  }
  return null;
}

function isHeard(control: Element): boolean {
  for (const around of composedAncestors(control)) {
    if (isAriaHidden(around) || hasAttribute(around, 'inert')) return false;
  }
  return true;
}

/** Which controls nothing names, of a page that does not change meanwhile. */
export type UnnamedControls = WeakMap<Element, boolean>;

/** For this turn alone: a link may hold thousands of pictures. */
let ofTurn: UnnamedControls | null = null;

function controlsOfTurn(): UnnamedControls {
  if (ofTurn !== null) return ofTurn;
  queueMicrotask(() => (ofTurn = null));
  return (ofTurn = new WeakMap());
}

/**
 * The kind of control or heading around a picture that is seen in it and that nothing names, the picture
 * included; null where there is none. W3C F89, H30, H36.
 */
export function unnamedControlAround(
  element: Element,
  known: UnnamedControls = controlsOfTurn(),
): Control | null {
  const around = controlAround(element);
  if (around === null) return null;
  const { control, kind } = around;
  let isUnnamed = known.get(control);
  if (isUnnamed === undefined) {
    known.set(control, (isUnnamed = isHeard(control) && !hasControlName(control)));
  }
  if (!isUnnamed) return null;
  const isSeen =
    element instanceof HTMLAreaElement || isDrawn(element, { visibilityProperty: true });
  return isSeen ? kind : null;
}
