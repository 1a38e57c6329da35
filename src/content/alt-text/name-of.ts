/**
 * Accessible names by "Accessible Name and Description Computation 1.2" (accname, the steps 2A to 2I), with
 * HTML-AAM and SVG-AAM for what elements say by themselves. Reads attributes, texts and styles, never the
 * layout.
 */
import type { NameSource } from '../../core/alt-text/alt-facts';
import { isPresentationRole, roleOf } from '../../core/alt-text/alt-need-roles';
import { flat } from '../../core/alt-text/flat';
import { labelsOf } from './labels';
import {
  childNodesOf,
  childrenOf,
  elementById,
  getAttribute,
  isDrawn,
  isElement,
  localNameOf,
  matches,
  nodeTypeOf,
  queryAll,
  rootOf,
  shadowRootOf,
  textOf,
} from '../dom';

export interface Name {
  /** White space collapsed; empty where there is none. */
  name: string;
  nameFrom: NameSource | null;
}

/** A text is gone over once for each element around it, and for all that a name refers to. */
const MAX_COMPUTED_ELEMENTS = 500;
const MAX_COMPUTED_CHARACTERS = 10_000;
const MAX_STEPS = 2000;

/** Roles that are named by what is in them: WAI-ARIA 1.2, 5.2.8.4. */
const FROM_CONTENT =
  /^(?:button|cell|checkbox|columnheader|gridcell|heading|link|menuitem|menuitemcheckbox|menuitemradio|option|radio|row|rowheader|switch|tab|tooltip|treeitem|sectionhead|term)$/u;
const NAMED_BY_CONTENT =
  'a[href], button, summary, h1, h2, h3, h4, h5, h6, td, th, option, output, label, legend, figcaption, caption';
/** What says nothing in a text, whatever is in it. */
const SILENT =
  'style, script, template, noscript, datalist, metadata, desc, title, iframe, video, audio';
const REPLACED = 'img, input, area, svg, object, embed, canvas';
const TEXT_INPUT =
  'input:not([type]), input[type=text i], input[type=search i], input[type=email i], input[type=tel i], input[type=url i], input[type=number i], textarea';

/** Is the text of it so long, or are its elements so many, that its name is not worth the page's time? */
export function isVast(element: Element): boolean {
  return (
    textOf(element).length > MAX_COMPUTED_CHARACTERS ||
    queryAll(element, '*').length > MAX_COMPUTED_ELEMENTS
  );
}

/** The elements of the same tree that an attribute names by their ids. */
export function referredBy(element: Element, name = 'aria-labelledby'): Element[] {
  // Browsers know the other spelling too, where this one is not there.
  const other = name === 'aria-labelledby' ? getAttribute(element, 'aria-labeledby') : null;
  const ids = flat(getAttribute(element, name) ?? other ?? '');
  if (ids === '') return [];
  const root = rootOf(element) as Document | ShadowRoot;
  return ids
    .split(' ')
    .map((id) => elementById(root, id))
    .filter((found) => found !== null);
}

/** `aria-hidden` is true in any case of letters, as HTML's own enumerated attributes are. */
export function isAriaHidden(element: Element): boolean {
  return getAttribute(element, 'aria-hidden')?.trim().toLowerCase() === 'true';
}

const attributeOf = (element: Element, name: string): string =>
  flat(getAttribute(element, name) ?? '');

/** What a style says in words: the strings of `content`, or the text that stands for its picture. */
export function contentText(content: string): string {
  if (content === 'none' || content === 'normal' || content.length > MAX_COMPUTED_CHARACTERS) {
    return '';
  }
  let said = '';
  let quote = '';
  let depth = 0;
  for (let at = 0; at < content.length; at += 1) {
    const sign = content.charAt(at);
    if (quote !== '') {
      if (sign === quote) quote = '';
      else if (sign === '\\') at += 1;
      if (quote !== '' && depth === 0) said += content.charAt(at);
    } else if (sign === '"' || sign === "'") quote = sign;
    else if (sign === '(') depth += 1;
    else if (sign === ')') depth -= 1;
    // What comes after it stands for what came before.
    else if (sign === '/' && depth === 0) said = '';
  }
  return said;
}

function styleText(element: Element, pseudo?: string): string {
  return contentText(getComputedStyle(element, pseudo).content);
}

interface Reach {
  /** What was asked already: nothing is said twice, and circles end. */
  visited: Set<Element>;
  /** So many elements are gone over for one name, all references together. */
  steps: { left: number };
}

interface Context extends Reach {
  /** In what `aria-labelledby` names nothing is followed to a third place. */
  isReferenced: boolean;
  /** What is hidden counts where the hidden element itself is what is referred to. */
  withHidden: boolean;
}

function isHiddenByItself(element: Element): boolean {
  if (isAriaHidden(element)) return true;
  if (isDrawn(element)) return false;
  return getComputedStyle(element).display !== 'contents';
}

/**
 * The text of what `aria-labelledby` or a label refers to, hidden or not. Of hidden elements all counts,
 * as it is they that were named; of others what is hidden in them does not. accname 2A, 2B.
 */
function referredText(elements: readonly Element[], { steps, visited }: Reach): string {
  if (elements.some(isVast)) return flat(elements.map((each) => flat(textOf(each))).join(' '));
  const texts = elements.map((each) =>
    textAlternative(each, {
      ...{ steps, visited: new Set(visited), isReferenced: true },
      withHidden: isHiddenByItself(each) || !isDrawn(each, { visibilityProperty: true }),
    }),
  );
  return flat(texts.join(' '));
}

function svgTitle(element: Element): string {
  const title = childrenOf(element);
  for (const child of title) if (localNameOf(child) === 'title') return flat(textOf(child));
  return '';
}

/** Has a part of a drawing a name of its own? SVG-AAM 1.0, 8.1. */
export function ownSvgName(element: SVGElement): string {
  return (
    attributeOf(element, 'aria-label') ||
    referredBy(element).map(textOf).join('').trim() ||
    svgTitle(element) ||
    attributeOf(element, 'xlink:title')
  );
}

/** More parts of one drawing are not looked at. */
const MAX_PARTS = 100;

/** A drawing without a name is heard by the names of its parts, unless its role closes it. SVG-AAM 1.0, 5.1.2. */
function partsOf(svg: SVGSVGElement): Name | null {
  if (/^(?:img|image|graphics-symbol)$/u.test(roleOf(getAttribute(svg, 'role')))) return null;
  const parts = [
    ...queryAll(
      svg,
      '[aria-label], [aria-labelledby], [aria-labeledby], a[*|title], :has(> title)',
    ),
  ]
    .slice(0, MAX_PARTS)
    .filter((part) => part instanceof SVGElement && isDrawn(part))
    .map((part) => ({ part, name: ownSvgName(part as SVGElement) }));
  const [first, ...others] = parts.filter(({ name }) => name !== '');
  if (first === undefined) return null;
  const isLabel = attributeOf(first.part, 'aria-label') !== '';
  return {
    name: flat([first, ...others].map(({ name }) => name).join(' ')),
    nameFrom: isLabel ? 'aria-label' : 'svg-title',
  };
}

/** What the element says by its own language. 2E, by HTML-AAM and SVG-AAM. */
function ownAlternative(element: Element, reach: Reach): Name {
  if (element instanceof SVGElement) {
    const name = svgTitle(element);
    if (name !== '') return { name, nameFrom: 'svg-title' };
    return { name: attributeOf(element, 'xlink:title'), nameFrom: 'title' };
  }
  const label = referredText(labelsOf(element), reach);
  if (label !== '') return { name: label, nameFrom: 'label' };
  if (element instanceof HTMLInputElement) {
    if (/^(?:button|submit|reset)$/u.test(element.type)) {
      return { name: attributeOf(element, 'value'), nameFrom: 'label' };
    }
  }
  const alt = matches(element, 'img, input[type=image i], area') ? attributeOf(element, 'alt') : '';
  if (alt !== '') return { name: alt, nameFrom: 'alt' };
  // A picture that a style puts there, with the text that stands for it. CSS Generated Content 3, 2.2.
  return { name: flat(styleText(element)), nameFrom: 'alt' };
}

/** What a control in a text holds. 2C. */
function heldValue(element: Element): string | null {
  if (matches(element, TEXT_INPUT)) {
    return (element as HTMLInputElement | HTMLTextAreaElement).value;
  }
  if (element instanceof HTMLSelectElement) {
    return [...element.selectedOptions].map((option) => textOf(option)).join(' ');
  }
  if (
    !matches(
      element,
      'input[type=range i], meter, progress, [role~=slider i], [role~=spinbutton i]',
    )
  ) {
    return null;
  }
  const said = attributeOf(element, 'aria-valuetext') || attributeOf(element, 'aria-valuenow');
  return said || attributeOf(element, 'value');
}

function isBlock(element: Element): boolean {
  return !/^(?:inline|contents)$/u.test(getComputedStyle(element).display);
}

function nodesIn(element: Element): readonly Node[] {
  if (element instanceof HTMLSlotElement) {
    const assigned = element.assignedNodes();
    if (assigned.length > 0) return assigned;
  }
  const root = shadowRootOf(element);
  return [...childNodesOf(root ?? element), ...referredBy(element, 'aria-owns')];
}

/** Is an `object` without a picture, so that what it holds instead is seen? */
export function isFallbackShown(element: HTMLObjectElement): boolean {
  const inside = [...childrenOf(element)].filter((child) => localNameOf(child) !== 'param');
  return inside.some((child) => isDrawn(child));
}

function hasContent(element: Element): boolean {
  if (element instanceof HTMLObjectElement) return isFallbackShown(element);
  return !matches(element, 'img, input, area, embed');
}

/** What is in an element, in its order. 2F and 2H. */
function contentOf(element: Element, context: Context): string {
  const isUnseen = !context.withHidden && getComputedStyle(element).visibility !== 'visible';
  let said = isUnseen ? '' : styleText(element, '::before');
  for (const node of nodesIn(element)) {
    if (!isElement(node)) {
      if (nodeTypeOf(node) === Node.TEXT_NODE && !isUnseen) said += textOf(node);
      continue;
    }
    const text = textAlternative(node, { ...context, isReferenced: false });
    const joint = localNameOf(node) === 'br' || isBlock(node) ? ' ' : '';
    said += joint + text + joint;
  }
  return isUnseen ? said : said + styleText(element, '::after');
}

function isSaidNothing(element: Element): boolean {
  return (
    (matches(element, 'img') && getAttribute(element, 'alt') === '') ||
    isPresentationRole(roleOf(getAttribute(element, 'role')))
  );
}

/** The text of an element that is met on the way to a name. */
function textAlternative(element: Element, context: Context): string {
  const { visited, steps, isReferenced, withHidden } = context;
  if (visited.has(element) || steps.left <= 0) return '';
  steps.left -= 1;
  visited.add(element);
  if (!isReferenced && matches(element, SILENT)) return '';
  if (!withHidden && isHiddenByItself(element)) return '';
  if (!isReferenced) {
    const referred = referredText(referredBy(element), { steps, visited: new Set() });
    if (referred !== '') return referred;
    const held = heldValue(element);
    if (held !== null) return attributeOf(element, 'aria-label') || held;
  }
  const label = attributeOf(element, 'aria-label');
  if (label !== '') return label;
  const isReplaced = matches(element, REPLACED);
  if (isReplaced && isSaidNothing(element)) return '';
  const unseen = !withHidden && isReplaced && getComputedStyle(element).visibility !== 'visible';
  if (unseen) return '';
  const own = ownAlternative(element, context).name;
  if (own !== '') return own;
  const content = hasContent(element) ? contentOf(element, context) : '';
  return flat(content) === '' ? attributeOf(element, 'title') : content;
}

/**
 * The accessible name of an element that is not hidden, and where it comes from.
 * @param isContent may what is in it name it? Not for pictures: backgrounds are not named by the words on them
 */
export function nameOf(element: Element, isContent = false): Name {
  const steps = { left: MAX_STEPS };
  const reach: Reach = { steps, visited: new Set([element]) };
  const attribute = (name: string): string => attributeOf(element, name);
  // It may refer to itself: its own label or text. accname 2B.
  const referred = referredText(referredBy(element), { steps, visited: new Set() });
  if (referred !== '') return { name: referred, nameFrom: 'aria-labelledby' };
  const label = attribute('aria-label');
  if (label !== '') return { name: label, nameFrom: 'aria-label' };
  const own = ownAlternative(element, reach);
  if (own.name !== '') return own;
  if (isContent) {
    const context = { ...reach, isReferenced: false, withHidden: false };
    const content = isVast(element) ? flat(textOf(element)) : flat(contentOf(element, context));
    if (content !== '') return { name: content, nameFrom: 'label' };
  }
  const parts = element instanceof SVGSVGElement ? partsOf(element) : null;
  if (parts !== null && FROM_CONTENT.test(roleOf(getAttribute(element, 'role')))) return parts;
  const title = attribute('title');
  if (title !== '') return { name: title, nameFrom: 'title' };
  return parts ?? { name: '', nameFrom: null };
}

/** What browsers name themselves where the page does not. */
const SELF_NAMED = 'input[type=submit i], input[type=reset i], input[type=file i]';

/** Has a control a name? By its attributes, its own language, or what is in it; what is vast is not gone over. */
export function hasControlName(control: Element): boolean {
  if (isVast(control) || matches(control, SELF_NAMED)) return true;
  const placeholder =
    attributeOf(control, 'placeholder') || attributeOf(control, 'aria-placeholder');
  if (placeholder !== '') return true;
  const role = roleOf(getAttribute(control, 'role'));
  const isContent = FROM_CONTENT.test(role) || matches(control, NAMED_BY_CONTENT);
  return nameOf(control, isContent).name !== '';
}
