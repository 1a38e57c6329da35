/** What the browser itself calls the objects of a class, on that class's own prototype. */
function tagOf(prototype: object): unknown {
  return Object.getOwnPropertyDescriptor(prototype, Symbol.toStringTag)?.value;
}

const isOfClass = Reflect.get(Function.prototype, Symbol.hasInstance);

/** As `instanceof`, and also true for a node that was made in another window. */
function isOfKind(this: { readonly name: string }, value: unknown): boolean {
  if (Reflect.apply(isOfClass, this, [value])) return true;
  if (typeof value !== 'object' || Reflect.apply(isOfClass, Node, [value])) return false;
  for (let at: unknown = value; at !== null; at = Reflect.getPrototypeOf(at as object)) {
    if (tagOf(at as object) === this.name) return true;
  }
  return false;
}

/**
 * Makes `instanceof` hold for nodes of any window: a page may take an image into the document of a frame
 * or of a popup, where Chromium's object for it keeps the classes of the window that it was made in. All
 * classes of nodes inherit this from `Node`; of the extension's own world alone.
 */
export function knowNodesOfAllWindows(): void {
  Object.defineProperty(Node, Symbol.hasInstance, { value: isOfKind, configurable: true });
}
