import { append, bodyOf, createHtml, documentOf, execCommand, viewOf } from '../dom';

/** Copies a text; to be called in the turn of a press. @returns whether it worked */
export type Copy = (value: string) => Promise<boolean>;

/**
 * Gets a button of the card ready to copy. Pages without https have no clipboard API, and a page's
 * permissions policy may refuse it: then by the old way, which needs a selection. The page hears, reads
 * and changes whatever is copied from its own document, so it is copied from a document of ours: an empty
 * frame in the closed root. That frame must be there before the press, or the press would not count in it.
 */
export function prepareCopying(button: HTMLButtonElement): Copy {
  let frame: HTMLIFrameElement | null = null;
  const openFrame = () => {
    // The card may be in a document around this one; only the focused one may write.
    if (frame !== null || mayWrite(viewOf(documentOf(button)))) return;
    frame = createHtml('iframe', documentOf(button));
    frame.tabIndex = -1;
    button.after(frame);
  };
  for (const type of ['pointerover', 'pointerdown', 'focus']) {
    button.addEventListener(type, openFrame, { passive: true });
  }
  return async (value) => {
    try {
      if (frame !== null) return copyWithin(frame, value);
      await viewOf(documentOf(button))?.navigator.clipboard.writeText(value);
      return true;
    } catch {
      return false;
    } finally {
      if (frame !== null) button.focus({ preventScroll: true });
    }
  };
}

/** Chrome's name for the policy of a document; not in the standard yet. */
interface Policed {
  featurePolicy?: { allowsFeature: (feature: string) => boolean };
}

function mayWrite(view: Window | null): boolean {
  const page: Policed | undefined = view?.document as Policed | undefined;
  const { clipboard } = (view?.navigator ?? {}) as { clipboard?: Clipboard };
  return clipboard !== undefined && page?.featurePolicy?.allowsFeature('clipboard-write') !== false;
}

function copyWithin({ contentDocument: own }: HTMLIFrameElement, value: string): boolean {
  if (own === null) return false;
  const field = createHtml('textarea', own);
  field.value = value;
  append(bodyOf(own), field);
  field.select();
  try {
    // The only way without the clipboard API.
    return execCommand(own, 'copy');
  } finally {
    field.remove();
  }
}
