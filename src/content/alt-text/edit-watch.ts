import { isFirefox } from '../../platform/which-browser';
import { addListener, designModeOf, rootOf } from '../dom';
import { node } from '../card/nodes';
import { createLayer } from '../layer';
import { watchCopying } from './copying';
import { isEdited, isInEditor } from './edited';

/**
 * Design mode begins without an event, but it is seen by styles: this box then has another size. Unseen,
 * and no part of the page's layout.
 */
const STYLES = `
  :host {
    all: initial !important; -webkit-user-modify: inherit !important;
    position: fixed !important; visibility: hidden !important; pointer-events: none !important;
  }
  i { display: block; inline-size: 0; block-size: 0; overflow: hidden; }
  i:read-write { inline-size: 1px; block-size: 1px; }
`;
/** In Firefox design mode does not reach into shadow roots: findings/firefox-design-mode-shadow.sh. */
const LOOK_MS = 500;
const OPTIONS: MutationObserverInit = {
  childList: true,
  subtree: true,
  attributeFilter: ['contenteditable', 'role'],
};

export interface EditEvents {
  /** Anything that has a text of ours may be edited from now on. */
  onEditing: () => void;
  /** These came into an editor. */
  onMovedIn: (nodes: Iterable<Node>) => void;
  /** A part of the page, or all of it, is copied out of it when this has been heard. @param done tells when that is over */
  onCopying: (done: Promise<void>) => void;
  /** The page changed in some way: the extension may be gone. */
  onAnything: () => void;
}

export interface EditWatch {
  /** From now on all editors are heard of in which the element may come to be. */
  follow: (element: Element) => void;
  /** Leaves nothing in the page. */
  rest: () => void;
}

/** Tells of editors that come to be around elements, and of elements that come into editors. */
export function watchEditing(
  { onEditing, onMovedIn, onCopying, onAnything }: EditEvents,
  signal: AbortSignal,
): EditWatch {
  let roots = new WeakSet<Node>();
  let isResting = true;
  const changes = new MutationObserver(onChanges);
  const sizes = new ResizeObserver((entries) => {
    if (entries.some(({ contentRect }) => contentRect.width > 0)) onEditing();
  });
  const layer = createLayer('texts', STYLES, { isOnTop: false });
  const box = node('i');
  let looking: ReturnType<typeof setInterval> | undefined;
  const look = () => {
    if (designModeOf(document) === 'on') onEditing();
  };
  layer.root.append(box);
  const onEvent = ({ target }: Event): void => {
    if (!isResting && target instanceof Element && isEdited(target)) onEditing();
  };
  const options = { capture: true, passive: true, signal };
  for (const type of ['focusin', 'beforeinput']) addListener(document, type, onEvent, options);
  watchCopying(onCopying, signal);

  function onChanges(records: MutationRecord[]): void {
    onAnything();
    const targets = new Map<Node, boolean>();
    const isIn = (target: Node): boolean => {
      const known = targets.get(target) ?? isInEditor(target);
      targets.set(target, known);
      return known;
    };
    if (records.some(({ type, target }) => type === 'attributes' && isIn(target))) onEditing();
    for (const { target, addedNodes } of records) {
      if (addedNodes.length > 0 && isIn(target)) onMovedIn(addedNodes);
    }
  }

  return {
    follow: (element) => {
      isResting = false;
      if (!layer.host.isConnected) {
        layer.attach();
        sizes.observe(box);
        if (isFirefox()) looking = setInterval(look, LOOK_MS);
      }
      let root = rootOf(element);
      while (!roots.has(root)) {
        roots.add(root);
        changes.observe(root, OPTIONS);
        root = root instanceof ShadowRoot ? rootOf(root.host) : document;
      }
    },
    rest: () => {
      isResting = true;
      roots = new WeakSet();
      changes.disconnect();
      sizes.disconnect();
      clearInterval(looking);
      layer.remove();
    },
  };
}
