import { documentElementOf, matches } from '../dom';
import { node, TEXT_STYLES } from '../card/nodes';
import { composedAncestors } from '../find/shadow-roots';
import { createLayer, removeLeftovers } from '../layer';

/** A live region must be known to assistive technology before its text changes. */
const SETTLE_MS = 150;
/** It is read from the event, not from the page: by then it has been taken up. */
const LINGER_MS = 4000;

const STYLES = `
  ${TEXT_STYLES}
  p {
    position: fixed; inset-block-start: 0; inset-inline-start: 0;
    inline-size: 1px; block-size: 1px; margin: 0;
    overflow: hidden; clip-path: inset(50%); white-space: nowrap; pointer-events: none;
  }
`;

export interface Voice {
  /** Says a text politely: what is being read out is finished first. */
  say: (message: string) => void;
  /** The last word: afterwards nothing is left in the page. */
  end: (message: string) => void;
  stop: () => void;
}

/** Outside an open modal dialog everything is silent, so for an image in one the voice is in there. */
function mountFor(element: Element | null): Element {
  for (const ancestor of element === null ? [] : composedAncestors(element)) {
    if (matches(ancestor, 'dialog:modal')) return ancestor;
  }
  return documentElementOf(document);
}

/**
 * A polite live region in its own shadow root, unseen, without the focus.
 * @param element what is spoken of, if it is an element
 * @param language `lang` and @param direction `dir` of the texts
 */
export function openVoice(
  element: Element | null,
  { language, direction }: { language: string; direction: string },
): Voice {
  const layer = createLayer('voice', STYLES, { isOnTop: false });
  const attributes = { role: 'status', 'aria-live': 'polite', lang: language, dir: direction };
  const region = node('p', attributes);
  layer.stage.append(region);
  layer.attach(mountFor(element));
  const openedAt = performance.now();
  let speaking: ReturnType<typeof setTimeout> | undefined;
  let ending: ReturnType<typeof setTimeout> | undefined;

  const stop = () => {
    clearTimeout(speaking);
    clearTimeout(ending);
    layer.remove();
  };
  const say = (message: string) => {
    clearTimeout(speaking);
    speaking = setTimeout(
      () => {
        region.replaceChildren(node('span', {}, message));
      },
      Math.max(0, openedAt + SETTLE_MS - performance.now()),
    );
  };
  return {
    say,
    end: (message) => {
      say(message);
      ending = setTimeout(stop, LINGER_MS);
    },
    stop,
  };
}

/** Removes what an older version of the extension left behind in the middle of a word. */
export function removeLeftoverVoices(): void {
  removeLeftovers('voice', document);
}
