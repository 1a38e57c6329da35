/** What the browser's context menu tells an extension about a point. */
export interface MenuTarget {
  mediaType: 'image' | 'video' | 'audio' | null;
  srcUrl: string | null;
  linkUrl: string | null;
  selectionText: string | null;
}

/**
 * Works out what the context menu would tell about a point of a page. Runs in the page, so it
 * stands alone: no imports, no outer names. Follows Blink's hit test: images are `img`, `input
 * type=image`, `embed`, `object` and SVG `image` that show a picture, also below others that are not
 * opaque; a canvas, a background or an inline SVG is none. Members are asked through the prototypes:
 * a form's controls may have their names.
 *
 * @param start an element in the tree to look into (a closed shadow root is reached from inside), or null
 */
export function readMenuTarget(start: Element | null, x: number, y: number): MenuTarget {
  // Methods of an object, because a transpiler that keeps function names would wrap plain functions
  // in a helper that the page does not have.
  const look = {
    stack: [] as Element[],
    rootOf(node: Node): Document | ShadowRoot {
      const root = Node.prototype.getRootNode.call(node);
      return root instanceof ShadowRoot ? root : document;
    },
    /** Collects all elements at the point, topmost first, through open shadow roots. */
    visit(root: Document | ShadowRoot): void {
      for (const element of root.elementsFromPoint(x, y)) {
        if (this.stack.includes(element) || this.rootOf(element) !== root) continue;
        const inner = Reflect.get(Element.prototype, 'shadowRoot', element);
        if (inner !== null) this.visit(inner);
        this.stack.push(element);
      }
    },
    addressOf(element: Element): string | null {
      if (element instanceof HTMLImageElement) {
        // A broken image is shown as its alternative text, which the menu does not take for an image.
        if (element.complete && element.naturalWidth === 0) return null;
        return element.currentSrc === '' ? null : element.currentSrc;
      }
      if (element instanceof HTMLInputElement) return element.type === 'image' ? element.src : null;
      if (element instanceof SVGImageElement) {
        return new URL(element.href.baseVal, element.baseURI).href;
      }
      if (element instanceof HTMLEmbedElement) {
        return element.type.startsWith('image/') ? element.src : null;
      }
      if (element instanceof HTMLObjectElement) {
        return element.type.startsWith('image/') ? element.data : null;
      }
      return null;
    },
    isOpaque(element: Element): boolean {
      const style = getComputedStyle(element);
      const alpha = /^rgba\(.*,\s*([\d.]+)\)$/.exec(style.backgroundColor)?.[1] ?? '1';
      return Number(alpha) === 1 || style.backgroundImage !== 'none';
    },
  };
  const startRoot = start === null ? document : look.rootOf(start);
  if (startRoot instanceof ShadowRoot && startRoot.mode === 'closed') look.visit(startRoot);
  look.visit(document);

  const top = look.stack[0];
  const link = top === undefined ? null : Element.prototype.closest.call(top, 'a[href]');
  const selection = getSelection()?.toString() ?? '';
  const found: MenuTarget = {
    mediaType: null,
    srcUrl: null,
    linkUrl: link instanceof HTMLAnchorElement ? link.href : null,
    selectionText: selection === '' ? null : selection,
  };
  if (top instanceof HTMLMediaElement) {
    found.mediaType = top instanceof HTMLVideoElement ? 'video' : 'audio';
    found.srcUrl = top.currentSrc;
    return found;
  }
  for (const element of look.stack) {
    // A surface of ours, whose opaque inside is not seen from here.
    if (element.hasAttribute('data-alt-lens-host')) return found;
    const address = look.addressOf(element);
    if (address !== null) {
      found.mediaType = 'image';
      found.srcUrl = address;
      return found;
    }
    if (element instanceof HTMLCanvasElement || look.isOpaque(element)) return found;
  }
  return found;
}
