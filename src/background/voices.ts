import { hex } from '../core/hex';
import type { Dismissal } from '../core/saying/dismissal';
import { keepsBack } from '../core/saying/keeps-back';
import { ENGLISH, type Voice, voiceMark } from '../core/saying/voice';
import type { Settings } from '../core/settings/settings';
import { dismissedLabels, removeDismissal, storeDismissals } from '../platform/dismissal-store';
import { privateDismissals, storePrivateDismissals } from '../platform/private-dismissals';

/** Marks that were made are known: nearly all pictures are spoken of in one voice. */
const MAX_MARKS = 100;

/** Is it a private window's? What is decided there holds there alone, and dies with the last private window. */
export interface Window {
  isPrivate: boolean;
}

/** In which voice pictures are spoken of: the settings', with what was dismissed of the picture. */
export interface Voices {
  of(picture: string, settings: Settings, window: Window): Promise<Voice>;
  /** See `voiceMark`; short. */
  markOf(voice: Voice): Promise<string>;
  /** Takes a person's word on a label. */
  judge(dismissal: Dismissal, isDismissed: boolean, window: Window): Promise<void>;
}

/** The voice of a person's settings, of a picture of which nothing is dismissed. */
export function ownVoice(settings: Settings): Voice {
  const { allowedSynsets, deniedSynsets, minimumConfidence } = settings;
  return {
    ...{ allow: allowedSynsets, deny: deniedSynsets, minimumConfidence },
    ...{ dismissed: [], words: ENGLISH },
  };
}

/** @param version of the extension */
export function createVoices(version: string): Voices {
  const marks = new Map<string, Promise<string>>();

  async function dismissed(picture: string, { isPrivate }: Window): Promise<readonly string[]> {
    // A broken store costs the person's word, never an answer.
    const there = isPrivate ? await privateDismissals(picture).catch(() => undefined) : undefined;
    return there ?? (await dismissedLabels(picture, { touch: !isPrivate }).catch(() => []));
  }

  return {
    async of(picture, settings, window) {
      return { ...ownVoice(settings), dismissed: await dismissed(picture, window) };
    },
    markOf(voice) {
      const long = voiceMark(voice, version);
      let mark = marks.get(long);
      if (mark === undefined) {
        mark = shortHash(long);
        if (marks.size >= MAX_MARKS) marks.clear();
        marks.set(long, mark);
      }
      return mark;
    },
    async judge({ picture, synset }, isDismissed, window) {
      if (!window.isPrivate) {
        const dismissal = { picture, synset };
        await (isDismissed ? storeDismissals([dismissal]) : removeDismissal(dismissal));
        return;
      }
      const before = await dismissed(picture, window);
      const others = before.filter((each) => !keepsBack(each, synset));
      await storePrivateDismissals(picture, isDismissed ? [...others, synset] : others);
    },
  };
}

async function shortHash(text: string): Promise<string> {
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return hex(new Uint8Array(hash, 0, 8));
}
