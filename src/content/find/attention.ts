import type { Attention } from '../../messages/protocol';
import { focusedPicture } from './find-picture';
import { hoveredElements } from './shadow-roots';

/** Is this frame the one that a person looks at? Frames inside it answer for themselves. */
export function attentionHere(): Attention | null {
  if (document.hasFocus() && focusedPicture() !== null) return 'focus';
  const [innermost] = hoveredElements();
  if (innermost === undefined || innermost.matches('iframe, frame, body, html')) return null;
  return 'pointer';
}
