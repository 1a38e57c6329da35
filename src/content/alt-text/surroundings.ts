import type { AltFacts } from '../../core/alt-text/alt-facts';
import { flat } from '../../core/alt-text/flat';
import {
  childNodesOf,
  closest,
  contains,
  createTreeWalker,
  getAttribute,
  hasAttribute,
  isElement,
  matches,
  nextElementOf,
  parentElementOf,
  previousElementOf,
  query,
  queryAll,
  textOf,
} from '../dom';
import { composedAncestors } from '../find/shadow-roots';
import { nextOutside } from '../labelling/walk';

const HEADING = 'h1, h2, h3, h4, h5, h6, [role=heading]';
const LINK = 'a[href], [role=link]';
const BUTTON = 'button, [role=button], summary';
/** What a control's text is not made of. */
const UNSEEN = 'style, script, template, noscript, title, desc';
/** A picture's wrappers: link, picture element, a box for its shape. */
const MAX_WRAPPERS = 3;

/** So much of a container is looked through: a link or a figure may hold thousands of pictures. */
const MAX_NODES = 2000;
const MAX_TEXTS = 300;

interface Texts {
  /** Of nodes in their order, none empty. A drawing is one node, with the texts that are drawn in it. */
  found: readonly { node: Node; text: string }[];
  /** Was the whole container looked through? */
  isWhole: boolean;
}

/** What is not looked into, node by node. */
const CLOSED = `svg, ${UNSEEN}`;

function ownText(node: Node): string {
  if (node instanceof SVGElement) return [...queryAll(node, 'text')].map(textOf).join(' ');
  return isElement(node) ? '' : textOf(node);
}

/** The texts in a container that are not unseen. */
function readTexts(container: Element): Texts {
  const walker = createTreeWalker(
    document,
    container,
    NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT,
  );
  const found: { node: Node; text: string }[] = [];
  let node = walker.nextNode();
  for (let nodes = 0; node !== null; nodes += 1) {
    if (nodes > MAX_NODES || found.length > MAX_TEXTS) return { found, isWhole: false };
    const text = flat(ownText(node));
    if (text !== '') found.push({ node, text });
    node = isElement(node) && matches(node, CLOSED) ? nextOutside(walker) : walker.nextNode();
  }
  return { found, isWhole: true };
}

/** Up to two named images of a container, outside an element, of which none is in the other. */
function readNamed(container: Element, outside: Element | null): readonly Element[] {
  let first: Element | null = null;
  for (const image of queryAll(container, 'img[alt], [role=img], svg')) {
    if (outside !== null && contains(outside, image)) continue;
    const name = getAttribute(image, 'alt') ?? getAttribute(image, 'aria-label') ?? textOf(image);
    if (flat(name) === '') continue;
    if (first === null) first = image;
    else if (!contains(first, image)) return [first, image];
  }
  return first === null ? [] : [first];
}

/** What containers hold beside images: each is looked through once for all its images. */
function createContainers() {
  const texts = new WeakMap<Element, Texts>();
  const named = new WeakMap<Element, readonly Element[]>();
  const figcaptions = new WeakMap<Element, { caption: Element | null }>();

  /** The texts in a container that are neither part of the element nor unseen. */
  function textsBeside(container: Element, element: Element): Texts {
    const known = texts.get(container) ?? readTexts(container);
    texts.set(container, known);
    const { found, isWhole } = known;
    if (childNodesOf(element).length === 0) return known;
    const isBeside = ({ node }: { node: Node }) =>
      !contains(element, node) && !contains(node, element);
    return { found: found.filter(isBeside), isWhole };
  }

  return {
    textBeside: (container: Element, element: Element): string => {
      const { found } = textsBeside(container, element);
      return flat(found.map(({ text }) => text).join(' '));
    },
    /** What is larger than is looked through holds more than one picture. */
    hasTextBeside: (container: Element, element: Element): boolean => {
      const { found, isWhole } = textsBeside(container, element);
      return !isWhole || found.length > 0;
    },
    hasOtherNamed: (container: Element, element: Element): boolean => {
      const known = named.get(container) ?? readNamed(container, null);
      named.set(container, known);
      const isWithin = known.length > 1 && known.every((other) => contains(element, other));
      const others = isWithin ? readNamed(container, element) : known;
      return others.some((other) => !contains(other, element) && !contains(element, other));
    },
    figcaptionOf: (figure: Element): Element | null => {
      const known = figcaptions.get(figure) ?? { caption: query(figure, 'figcaption') };
      figcaptions.set(figure, known);
      return known.caption;
    },
  };
}

type Containers = ReturnType<typeof createContainers>;

type Control = Pick<AltFacts, 'control' | 'linkText'>;

/** The link or button around an image, if the image is all that it has to say; else the text beside the image. */
function controlAround(element: Element, { textBeside, hasOtherNamed }: Containers): Control {
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
function neighbour(
  element: Element,
  selector: string,
  { hasTextBeside }: Containers,
): Element | null {
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

function captionOf(element: Element, containers: Containers): string {
  const figure = closest(element, 'figure');
  const own = figure === null ? null : containers.figcaptionOf(figure);
  const caption = own ?? neighbour(element, '[class*=caption i]', containers);
  return caption === null ? '' : containers.textBeside(caption, element);
}

function headingOf(element: Element, containers: Containers): string {
  const around = parentElementOf(element);
  const own = around === null ? null : closest(around, HEADING);
  const heading = own ?? neighbour(element, HEADING, containers);
  return heading === null ? '' : containers.textBeside(heading, element);
}

type Surroundings = Control & Pick<AltFacts, 'caption' | 'heading'>;

/**
 * Tells of many images of a page that does not change meanwhile: the texts around an image that its own
 * might repeat, and whether it speaks for a control.
 */
export function createSurroundings(): (element: Element) => Surroundings {
  const containers = createContainers();
  return (element) => ({
    ...controlAround(element, containers),
    caption: captionOf(element, containers),
    heading: headingOf(element, containers),
  });
}
