import { localNameOf } from '../dom';
import { picturesOf } from '../lent';

/** Equal for an element with this text of ours and for what the page puts in its place. */
export function replacementKey(element: Element, text: string): string {
  return `${picturesOf(element)[0]?.address ?? localNameOf(element)} ${text}`;
}
