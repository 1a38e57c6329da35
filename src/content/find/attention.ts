import type { Attention } from '../../messages/protocol';
import { hasFocus, matches } from '../dom';
import { focusedPictures } from './find-picture';
import { hoveredElements } from './shadow-roots';

/** Is this frame the one that a person looks at? Frames inside it answer for themselves. */
export function attentionHere(): Attention | null {
  if (hasFocus(document) && focusedPictures().length > 0) return 'focus';
  const [innermost] = hoveredElements();
  if (innermost === undefined || matches(innermost, 'iframe, frame, body, html')) return null;
  return 'pointer';
}
