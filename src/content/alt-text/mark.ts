import { queryAll, removeAttribute } from '../dom';

/** Tells machines that a text is ours: synset and probability, like `n02123045 0.93`. */
export const MARK = 'data-alt-lens';

/** Makes the older script of an extension that was reloaded give every text back: it watches its marks. */
export function removeLeftoverAltTexts(): void {
  for (const element of queryAll(document, `[${MARK}]`)) removeAttribute(element, MARK);
}
