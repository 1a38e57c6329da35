/** What content scripts find of the extension in a page without one: the little that they ask for. */
export interface SentMessage {
  type: string;
  [field: string]: unknown;
}

let answer: (message: SentMessage) => unknown = () => undefined;

/** What the worker answers from now on; undefined is no answer, as where it has stopped. */
export function answerMessages(handler: (message: SentMessage) => unknown): void {
  answer = handler;
}

/** As after a reload of the extension: the scripts of the old one are orphans. */
export function setExtensionAlive(isAlive: boolean): void {
  if (isAlive) runtime.id = 'alt-lens';
  else delete runtime.id;
}

const runtime: {
  id?: string;
  sendMessage: (message: SentMessage) => Promise<unknown>;
  getURL: (path: string) => string;
} = {
  id: 'alt-lens',
  // Parts are there from the start, where a test does not say otherwise.
  sendMessage: async (message) => (await answer(message)) ?? partAnswer(message),
  getURL: (path) => `chrome-extension://alt-lens/${path}`,
};

function partAnswer({ type }: SentMessage): unknown {
  return type === 'loadPart' ? { ok: true, value: null } : undefined;
}

const closedRoots = new WeakMap<Element, ShadowRoot>();

/** Closed roots are opened as `chrome.dom` does it. Before any module of ours is loaded. */
export function installFakeExtension(): void {
  // eslint-disable-next-line @typescript-eslint/unbound-method -- called with its element below
  const { attachShadow } = Element.prototype;
  // By the prototype, as Chrome does: a form control may be named `shadowRoot`.
  const openRootOf = (element: Element) => Reflect.get(Element.prototype, 'shadowRoot', element);
  Element.prototype.attachShadow = function (this: Element, init: ShadowRootInit): ShadowRoot {
    const root = attachShadow.call(this, init);
    closedRoots.set(this, root);
    return root;
  };
  const dom = {
    openOrClosedShadowRoot: (element: Element) =>
      openRootOf(element) ?? closedRoots.get(element) ?? null,
  };
  Object.assign(globalThis, { chrome: { dom, runtime }, browser: fakeBrowser });
}

const menuTargets: Element[] = [];

/** As Firefox notes what its menu was opened on. @returns what it calls the element */
export function noteMenuTarget(element: Element): number {
  return menuTargets.push(element) - 1;
}

const fakeBrowser = {
  runtime,
  menus: { getTargetElement: (id: number) => menuTargets[id] ?? null },
  // Texts are their keys; language tags must be such.
  i18n: {
    getMessage: (key: string) => (key.endsWith('_language') ? 'en' : key),
    getUILanguage: () => 'en',
  },
};
export default fakeBrowser;
