import type { AltFacts } from '../../core/alt-text/alt-facts';
import { flat, MAX_READ_CHARACTERS } from '../../core/alt-text/flat';
import {
  closest,
  contains,
  createTreeWalker,
  getAttribute,
  hasAttribute,
  matches,
  nextElementOf,
  parentElementOf,
  previousElementOf,
  query,
  queryAll,
  textOf,
} from '../dom';
import { composedAncestors } from '../find/shadow-roots';

const HEADING = 'h1, h2, h3, h4, h5, h6, [role=heading]';
const LINK = 'a[href], [role=link]';
const BUTTON = 'button, [role=button], summary';
/** What a control's text is not made of. */
const UNSEEN = 'style, script, template, noscript, title, desc';
/** A picture's wrappers: link, picture element, a box for its shape. */
const MAX_WRAPPERS = 3;

/** The texts in a container that are neither part of the element nor unseen. */
function* textsBeside(container: Element, element: Element): Generator<string, undefined> {
  const walker = createTreeWalker(document, container, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const text = flat(textOf(node));
    if (text === '' || contains(element, node)) continue;
    const around = parentElementOf(node);
    if (around === null || !matches(around, UNSEEN)) yield text;
  }
}

function textBeside(container: Element, element: Element): string {
  let beside = '';
  for (const text of textsBeside(container, element)) {
    beside += ` ${text}`;
    if (beside.length > MAX_READ_CHARACTERS) break;
  }
  return flat(beside);
}

function hasTextBeside(container: Element, element: Element): boolean {
  return textsBeside(container, element).next().done !== true;
}

function hasOtherNamed(container: Element, element: Element): boolean {
  return [...queryAll(container, 'img[alt], [role=img], svg')].some(
    (other) =>
      other !== element &&
      !contains(other, element) &&
      !contains(element, other) &&
      flat(getAttribute(other, 'alt') ?? getAttribute(other, 'aria-label') ?? textOf(other)) !== '',
  );
}

type Control = Pick<AltFacts, 'control' | 'linkText'>;

/** The link or button around an image, if the image is all that it has to say; else the text beside the image. */
function controlAround(element: Element): Control {
  if (element instanceof HTMLInputElement) return { control: 'button', linkText: '' };
  if (element instanceof HTMLAreaElement) return { control: 'link', linkText: '' };
  for (const ancestor of composedAncestors(element)) {
    const isLink = matches(ancestor, LINK);
    if (!isLink && !matches(ancestor, BUTTON)) continue;
    const linkText = textBeside(ancestor, element);
    const isNamed =
      linkText !== '' ||
      flat(getAttribute(ancestor, 'aria-label') ?? '') !== '' ||
      hasAttribute(ancestor, 'aria-labelledby') ||
      hasOtherNamed(ancestor, element);
    return { control: isNamed ? null : isLink ? 'link' : 'button', linkText };
  }
  return { control: null, linkText: '' };
}

/** The nearest neighbour that matches: the image's own, or that of its wrappers. */
function neighbour(element: Element, selector: string): Element | null {
  let at = element;
  for (let level = 0; level <= MAX_WRAPPERS; level += 1) {
    for (const beside of [nextElementOf(at), previousElementOf(at)]) {
      if (beside !== null && matches(beside, selector)) return beside;
    }
    const around = parentElementOf(at);
    // A box with more than this picture is no wrapper of it.
    if (around === null || hasTextBeside(around, element)) return null;
    at = around;
  }
  return null;
}

function captionOf(element: Element): string {
  const figure = closest(element, 'figure');
  const own = figure === null ? null : query(figure, 'figcaption');
  const caption = own ?? neighbour(element, '[class*=caption i]');
  return caption === null ? '' : textBeside(caption, element);
}

function headingOf(element: Element): string {
  const around = parentElementOf(element);
  const own = around === null ? null : closest(around, HEADING);
  const heading = own ?? neighbour(element, HEADING);
  return heading === null ? '' : textBeside(heading, element);
}

/** The texts around an image that its own might repeat, and whether it speaks for a control. */
export function surroundingsOf(element: Element): Control & Pick<AltFacts, 'caption' | 'heading'> {
  return {
    ...controlAround(element),
    caption: captionOf(element),
    heading: headingOf(element),
  };
}
