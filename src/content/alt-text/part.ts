import type { AltNeed } from '../../core/alt-need';
import { askWorker } from '../../messages/client';
import type { PictureOnPage } from '../find/picture';
import type { ListenerTexts } from './listener-texts';

/**
 * What the script for alt texts does for the one that labels pages: all that only listeners, the popup
 * and reports need. It is a file of its own, put into a frame when one of these first asks for it.
 */
export interface AltTextPart {
  /** Need, rule and accessible name of each element, with all of them as neighbours. */
  needsOf: (elements: readonly Element[]) => (AltNeed & { name: string })[];
  createListenerTexts: (signal: AbortSignal) => ListenerTexts;
  /** Scrolls an element into view and draws a ring around it for a moment, above the page. */
  ringImage: (element: Element, signal: AbortSignal) => void;
  /** A small copy of a picture as a `data:` URL; null where the page may not read it. */
  thumbnailOf: (picture: PictureOnPage | null) => Promise<string | null>;
}

/** In the extension's own world, where the page doesn't see it. */
const PART = 'alt-lens-alt-texts';
const world = globalThis as { [PART]?: AltTextPart };

/** Offers the part to the other script of this frame; a newer version takes the place of an older one. */
export function offerAltTexts(part: AltTextPart): void {
  world[PART] = part;
}

/** The part, put into this frame where it is not yet in it; null where it can't be. */
export async function loadAltTexts(): Promise<AltTextPart | null> {
  if (loaded !== null) return loaded;
  try {
    await askWorker('loadAltTexts', {});
    loaded = world[PART] ?? null;
  } catch {
    // The frame may not be scripted any more, or the extension is gone: then without it.
  }
  return loaded;
}

/** Only what was loaded by this very script: an older version may have left its own. */
let loaded: AltTextPart | null = null;
