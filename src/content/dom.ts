/**
 * The page's DOM, read through prototypes. A form control named `parentNode` is what `form.parentNode`
 * gives, an image named `body` what `document.body` gives: whatever a page can rename is asked for here,
 * by getters and methods taken once from the prototypes, which names of the page do not reach.
 * Lint holds the rest of `content` to these (scripts/lint/page-members.js).
 */

type MethodOf<T, K extends keyof T> = T[K] extends (...values: infer P) => infer R
  ? (values: P) => R
  : never;

// Each script keeps only what it uses of the readers below.
/* @__NO_SIDE_EFFECTS__ */
function getter<T extends object, K extends keyof T>(prototype: T, name: K): (of: T) => T[K] {
  // eslint-disable-next-line @typescript-eslint/unbound-method -- called with what is asked about
  const get = Object.getOwnPropertyDescriptor(prototype, name)?.get;
  if (get === undefined) throw new TypeError(`No getter ${String(name)}.`);
  return (of) => Reflect.apply(get, of, []) as T[K];
}

/* @__NO_SIDE_EFFECTS__ */
function method<T extends object, K extends keyof T>(
  prototype: T,
  name: K,
): (of: T, ...values: Parameters<MethodOf<T, K>>[0]) => ReturnType<MethodOf<T, K>> {
  const call = prototype[name] as (...values: unknown[]) => ReturnType<MethodOf<T, K>>;
  return (of, ...values) => Reflect.apply(call, of, values);
}

const node = Node.prototype;
export const parentNodeOf = getter(node, 'parentNode');
export const parentElementOf = getter(node, 'parentElement');
export const childNodesOf = getter(node, 'childNodes');
export const nodeTypeOf = getter(node, 'nodeType');
export const isConnected = getter(node, 'isConnected');
const textContent = getter(node, 'textContent');
export const baseAddressOf = getter(node, 'baseURI');
export const rootOf = method(node, 'getRootNode');
export const contains = method(node, 'contains');
export const positionTo = method(node, 'compareDocumentPosition');
export const cloneNode = method(node, 'cloneNode');
const ownerDocument = getter(node, 'ownerDocument');

/** Is it in this page? A page may take what it has into the document of a frame or of a popup. */
export function isHere(of: Node): boolean {
  return isConnected(of) && ownerDocument(of) === document;
}

const element = Element.prototype;
export const localNameOf = getter(element, 'localName');
export const idOf = getter(element, 'id');
export const assignedSlotOf = getter(element, 'assignedSlot');
export const childrenOf = getter(element, 'children');
export const nextElementOf = getter(element, 'nextElementSibling');
export const previousElementOf = getter(element, 'previousElementSibling');
export const clientLeftOf = getter(element, 'clientLeft');
export const clientTopOf = getter(element, 'clientTop');
export const clientWidthOf = getter(element, 'clientWidth');
export const clientHeightOf = getter(element, 'clientHeight');
export const matches = method(element, 'matches');
export const closest = method(element, 'closest');
export const getAttribute = method(element, 'getAttribute');
export const hasAttribute = method(element, 'hasAttribute');
export const setAttribute = method(element, 'setAttribute');
export const removeAttribute = method(element, 'removeAttribute');
export const attributeNamesOf = method(element, 'getAttributeNames');
/** How much larger the element is by the CSS `zoom` of itself and of all around it. */
export const zoomOf = getter(element, 'currentCSSZoom');
export const boxOf = method(element, 'getBoundingClientRect');
export const isDrawn = method(element, 'checkVisibility');
export const animationsOf = method(element, 'getAnimations');

const NOTE = Symbol.for('alt-lens-note');

/** Firefox's way to what the page's scripts see of an element. */
function pageSideOf(of: Element): Record<symbol, unknown> | undefined {
  return (of as { wrappedJSObject?: Record<symbol, unknown> }).wrappedJSObject;
}

/** A word to a later version of ours, in no attribute; null takes it away. Only Firefox keeps one. */
export function leaveNote(on: Element, note: string | null): void {
  const kept = pageSideOf(on);
  if (kept === undefined) return;
  if (note === null) Reflect.deleteProperty(kept, NOTE);
  else Reflect.set(kept, NOTE, note);
}

/** The word of an earlier version of ours, or whatever a page made of it; null where there is none. */
export function noteOn(element: Element): string | null {
  const note = pageSideOf(element)?.[NOTE];
  return typeof note === 'string' ? note : null;
}

export const scrollIntoView = method(element, 'scrollIntoView');
export const removeElement = method(element, 'remove');
export const append = method(element, 'append');
const queryInElement = method(element, 'querySelector');
const queryAllInElement = method(element, 'querySelectorAll');
const openRootOf = getter(element, 'shadowRoot');

export const offsetWidthOf = getter(HTMLElement.prototype, 'offsetWidth');
export const offsetHeightOf = getter(HTMLElement.prototype, 'offsetHeight');
export const controlOf = getter(HTMLLabelElement.prototype, 'control');
const focusHtml = method(HTMLElement.prototype, 'focus');
const focusSvg = method(SVGElement.prototype, 'focus');

/** Links in drawings have the focus, too. */
export function focus(to: HTMLElement | SVGElement, options?: FocusOptions): void {
  if (to instanceof SVGElement) focusSvg(to, options);
  else focusHtml(to, options);
}

const htmlStyleOf = getter(HTMLElement.prototype, 'style');
const svgStyleOf = getter(SVGElement.prototype, 'style');

/** What the element's own `style` says; null for an element of another kind. */
export function inlineStyleOf(of: Element): CSSStyleDeclaration | null {
  if (of instanceof HTMLElement) return htmlStyleOf(of);
  return of instanceof SVGElement ? svgStyleOf(of) : null;
}

const page = Document.prototype;
export const documentElementOf = getter(page, 'documentElement');
export const addressOf = getter(page, 'URL');
export const bodyOf = getter(page, 'body');
export const viewOf = getter(page, 'defaultView');
export const hasFocus = method(page, 'hasFocus');
export const isPageHidden = getter(page, 'hidden');
export const designModeOf = getter(page, 'designMode');
export const readyStateOf = getter(page, 'readyState');
export const createRange = method(page, 'createRange');
export const createTreeWalker = method(page, 'createTreeWalker');
export const execCommand = method(page, 'execCommand');
const createElementNS = method(page, 'createElementNS');
const queryInPage = method(page, 'querySelector');
const queryAllInPage = method(page, 'querySelectorAll');
const activeInPage = getter(page, 'activeElement');
const elementsFromPointInPage = method(page, 'elementsFromPoint');
const elementByIdInPage = method(page, 'getElementById');

const addEventListener = method(EventTarget.prototype, 'addEventListener');
export const dispatchEvent = method(EventTarget.prototype, 'dispatchEvent');

/** Hears the events of a page or of a shadow root. */
export function addListener<K extends keyof DocumentEventMap>(
  to: Document,
  type: K,
  listener: (event: DocumentEventMap[K]) => void,
  options: AddEventListenerOptions,
): void;
export function addListener(
  to: Document | ShadowRoot,
  type: string,
  listener: (event: Event) => void,
  options: AddEventListenerOptions,
): void;
export function addListener(
  to: EventTarget,
  type: string,
  listener: (event: never) => void,
  options: AddEventListenerOptions,
): void {
  addEventListener(to, type, listener as (event: Event) => void, options);
}

/** A whole page, a shadow root or an element: what selectors are asked in. */
type Root = Document | DocumentFragment | Element;

/** By type number, which holds for nodes of other windows too: `instanceof` does not. */
function isPage(root: Node): root is Document {
  return nodeTypeOf(root) === Node.DOCUMENT_NODE;
}

export function isElement(of: Node): of is Element {
  return nodeTypeOf(of) === Node.ELEMENT_NODE;
}

function isFragment(of: Node): of is DocumentFragment {
  return nodeTypeOf(of) === Node.DOCUMENT_FRAGMENT_NODE;
}

export function query(root: Root, selector: string): Element | null {
  if (isPage(root)) return queryInPage(root, selector);
  return isFragment(root) ? root.querySelector(selector) : queryInElement(root, selector);
}

export function queryAll<K extends keyof HTMLElementTagNameMap>(
  root: Root,
  selector: K,
): NodeListOf<HTMLElementTagNameMap[K]>;
export function queryAll<K extends keyof SVGElementTagNameMap>(
  root: Root,
  selector: K,
): NodeListOf<SVGElementTagNameMap[K]>;
export function queryAll(root: Root, selector: string): NodeListOf<Element>;
export function queryAll(root: Root, selector: string): NodeListOf<Element> {
  if (isPage(root)) return queryAllInPage(root, selector);
  return isFragment(root) ? root.querySelectorAll(selector) : queryAllInElement(root, selector);
}

export function elementById(root: Document | ShadowRoot, id: string): Element | null {
  return isPage(root) ? elementByIdInPage(root, id) : root.getElementById(id);
}

export function activeElementOf(root: Document | ShadowRoot): Element | null {
  return isPage(root) ? activeInPage(root) : root.activeElement;
}

export function elementsFromPoint(root: Document | ShadowRoot, x: number, y: number): Element[] {
  return isPage(root) ? elementsFromPointInPage(root, x, y) : root.elementsFromPoint(x, y);
}

/** The text of a node; only documents have none. */
export function textOf(of: Node): string {
  return textContent(of) ?? '';
}

/** The document of an element; documents themselves are in none. */
export function documentOf(of: Element): Document {
  return ownerDocument(of) ?? document;
}

/** A new HTML element: in an XML document plain `createElement` makes none. */
export function createHtml<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  within: Document = document,
): HTMLElementTagNameMap[K] {
  const made = createElementNS(within, 'http://www.w3.org/1999/xhtml', tag);
  return made as HTMLElementTagNameMap[K];
}

export function createSvg<K extends keyof SVGElementTagNameMap>(tag: K): SVGElementTagNameMap[K] {
  const made = createElementNS(document, 'http://www.w3.org/2000/svg', tag);
  return made as SVGElementTagNameMap[K];
}

// Firefox has none.
// eslint-disable-next-line @typescript-eslint/unbound-method -- called with what is asked about
const editContext = Object.getOwnPropertyDescriptor(HTMLElement.prototype, 'editContext')?.get;

/** Does a script of the page take what is typed on the element for an editor of its own? */
export function hasEditContext(of: Element): boolean {
  if (editContext === undefined || !(of instanceof HTMLElement)) return false;
  return Reflect.apply(editContext, of, []) !== null;
}

/** Firefox has closed roots on the element itself; Chrome in `chrome.dom`. */
// eslint-disable-next-line @typescript-eslint/unbound-method -- called with what is asked about
const ofFirefox = Object.getOwnPropertyDescriptor(element, 'openOrClosedShadowRoot')?.get;

/** The language's elements that may have a shadow root of their page's; others that may have a hyphen in their name. */
const SHADOW_HOSTS: ReadonlySet<string> = new Set([
  ...['article', 'aside', 'blockquote', 'body', 'div', 'footer', 'h1', 'h2', 'h3', 'h4', 'h5'],
  ...['h6', 'header', 'main', 'nav', 'p', 'section', 'span'],
]);

/**
 * The shadow root of an element, also a closed one: pictures in closed ones are as visible as any. Most elements
 * are not asked, which cannot have one: a page's pictures lie under thousands, at 5 µs each.
 */
export function shadowRootOf(of: Element): ShadowRoot | null {
  const name = localNameOf(of);
  if (!SHADOW_HOSTS.has(name) && !name.includes('-')) return null;
  if (ofFirefox !== undefined) return Reflect.apply(ofFirefox, of, []) as ShadowRoot | null;
  return of instanceof HTMLElement ? chrome.dom.openOrClosedShadowRoot(of) : openRootOf(of);
}

/** Is this the document that Firefox makes of an image in `object` or `embed`? Only where its page is of the same origin. */
export function isInsideObject(): boolean {
  return window.frameElement?.matches('object, embed') === true;
}
