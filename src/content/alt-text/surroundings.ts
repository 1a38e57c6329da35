import type { AltFacts } from '../../core/alt-text/alt-facts';
import { flat } from '../../core/alt-text/flat';
import {
  childNodesOf,
  closest,
  contains,
  createTreeWalker,
  isDrawn,
  isElement,
  matches,
  nextElementOf,
  parentElementOf,
  previousElementOf,
  query,
  queryAll,
  textOf,
} from '../dom';
import { nextOutside } from '../labelling/walk';
import { controlAround, unnamedControlAround, type UnnamedControls } from './controls';
import { isAriaHidden } from './name-of';

const HEADING = 'h1, h2, h3, h4, h5, h6, [role=heading]';
const BLOCK = 'p, li, td, th, dd, dt';
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

/** What is hidden is not heard, so not heard twice. */
function isUnheardText(element: Element): boolean {
  if (isAriaHidden(element)) return true;
  return !isDrawn(element, { visibilityProperty: true }) && isShapeless(element);
}

function isShapeless(element: Element): boolean {
  const { display, visibility } = getComputedStyle(element);
  return display !== 'contents' || visibility !== 'visible';
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
    const isUnheard = isElement(node) && isUnheardText(node);
    const text = isUnheard ? '' : flat(ownText(node));
    if (text !== '') found.push({ node, text });
    const isClosed = isUnheard || (isElement(node) && matches(node, CLOSED));
    node = isClosed ? nextOutside(walker) : walker.nextNode();
  }
  return { found, isWhole: true };
}

/** The words in an element that are drawn and heard. */
export function textsIn(container: Element): string {
  return flat(
    readTexts(container)
      .found.map(({ text }) => text)
      .join(' '),
  );
}

/** What containers hold beside images: each is looked through once for all its images. */
function createContainers() {
  const texts = new WeakMap<Element, Texts>();
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
    figcaptionOf: (figure: Element): Element | null => {
      const known = figcaptions.get(figure) ?? { caption: query(figure, 'figcaption') };
      figcaptions.set(figure, known);
      return known.caption;
    },
  };
}

type Containers = ReturnType<typeof createContainers>;

/** Links that lead elsewhere, or nowhere, are not the same. */
function targetOf(link: Element): string | null {
  return link instanceof HTMLAnchorElement ? link.href || null : null;
}

/** The words of the link that stands next to this one and leads to the same. W3C H2. */
function twinText(link: Element, containers: Containers): string {
  const target = targetOf(link);
  if (target === null) return '';
  const isTwin = (other: Element) => targetOf(other) === target;
  const twin = neighbour(link, 'a[href]', containers, isTwin);
  return twin === null ? '' : containers.textBeside(twin, link);
}

/** The words beside the image in its link or button, or in the link's twin. */
function linkTextOf(element: Element, containers: Containers): string {
  if (element instanceof HTMLInputElement || element instanceof HTMLAreaElement) return '';
  const around = controlAround(element);
  if (around === null || around.control === element || around.kind === 'other') return '';
  const { control } = around;
  return containers.textBeside(control, element) || twinText(control, containers);
}

/** The nearest neighbour that matches: the image's own, or that of its wrappers. */
function neighbour(
  element: Element,
  selector: string,
  { hasTextBeside }: Containers,
  isMeant: (beside: Element) => boolean = () => true,
): Element | null {
  let at = element;
  for (let level = 0; level <= MAX_WRAPPERS; level += 1) {
    for (const beside of [nextElementOf(at), previousElementOf(at)]) {
      if (beside !== null && matches(beside, selector) && isMeant(beside)) return beside;
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

/** The text of the paragraph, cell or list item that the image is in. */
function blockOf(element: Element, containers: Containers): Pick<AltFacts, 'block'> {
  const around = parentElementOf(element);
  const block = around === null ? null : closest(around, BLOCK);
  return block === null ? {} : { block: containers.textBeside(block, element) };
}

type Surroundings = Pick<AltFacts, 'control' | 'linkText' | 'caption' | 'heading' | 'block'>;

/**
 * Tells of many images of a page that does not change meanwhile: the texts around an image that its own
 * might repeat, and whether it is all that a control has to say.
 */
export function createSurroundings(): (element: Element) => Surroundings {
  const containers = createContainers();
  const controls: UnnamedControls = new WeakMap();
  return (element) => ({
    control: unnamedControlAround(element, controls),
    linkText: linkTextOf(element, containers),
    caption: captionOf(element, containers),
    heading: headingOf(element, containers),
    ...blockOf(element, containers),
  });
}
