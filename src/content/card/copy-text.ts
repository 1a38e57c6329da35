import { createHtml, documentOf, execCommand, viewOf } from '../dom';

/**
 * Puts a text on the clipboard, in the turn of a press. Pages without https have no clipboard API, and
 * a page's permissions policy may refuse it: then by the old way, which needs a selection.
 * @returns whether it worked
 */
export async function copyText(value: string, button: HTMLButtonElement): Promise<boolean> {
  try {
    // The card may be in a document around this one; only the focused one may write.
    const view = viewOf(documentOf(button)) ?? window;
    await view.navigator.clipboard.writeText(value);
    return true;
  } catch {
    return copyBySelection(value, button);
  }
}

function copyBySelection(value: string, button: HTMLButtonElement): boolean {
  const field = createHtml('textarea', documentOf(button));
  field.value = value;
  button.after(field);
  field.select();
  try {
    // The only way without the clipboard API.
    return execCommand(documentOf(button), 'copy');
  } finally {
    field.remove();
    button.focus({ preventScroll: true });
  }
}
