import { hex } from '../core/hex';
import type { Dismissal } from '../core/saying/dismissal';
import { keepsBack } from '../core/saying/keeps-back';
import { PLAIN_VOICE, type Voice, voiceMark } from '../core/saying/voice';
import type { Settings } from '../core/settings/settings';
import type { Look } from '../core/look/look';
import { sightOf } from '../core/teaching/likeness';
import type { OwnLabels } from './own-labels';
import type { SpokenWords } from './spoken-words';
import {
  dismissedCopies,
  dismissedLabels,
  removeDismissal,
  storeDismissals,
} from '../platform/dismissal-store';
import { privateDismissals, storePrivateDismissals } from '../platform/private-dismissals';

/** Marks that were made are known: nearly all pictures are spoken of in one voice. */
const MAX_MARKS = 100;

/** Is it a private window's? What is decided there holds there alone, and dies with the last private window. */
export interface Window {
  isPrivate: boolean;
}

/** Where a picture is spoken of. */
interface SpokenPlace extends Window {
  /** The page's `lang`; null where it does not say. */
  language: string | null;
}

/** In which voice pictures are spoken of: the settings', with what was dismissed of the picture. */
export interface Voices {
  of(picture: string, look: Look, settings: Settings, place: SpokenPlace): Promise<Voice>;
  /** See `voiceMark`; short. */
  markOf(voice: Voice): Promise<string>;
  /**
   * Takes a person's word on a label.
   * @param look what was seen of the picture; null where that is not known any more
   * @returns the synsets that are dismissed now, or not any more
   */
  judge(
    dismissal: Dismissal,
    look: Look | null,
    isDismissed: boolean,
    window: Window,
  ): Promise<readonly string[]>;
}

/** The voice of a person's settings in English, of a picture of which nothing is dismissed. */
export function ownVoice(settings: Settings): Voice {
  const { allowedSynsets, deniedSynsets, minimumConfidence } = settings;
  return {
    ...PLAIN_VOICE,
    ...{ allow: allowedSynsets, deny: deniedSynsets, minimumConfidence },
  };
}

/** @param version of the extension */
export function createVoices(
  version: string,
  spokenWords: SpokenWords,
  ownLabels: Pick<OwnLabels, 'speaker'>,
): Voices {
  const marks = new Map<string, Promise<string>>();

  /** Those of its copies with them: another size of a photo is the same photo to a person. */
  async function dismissed(
    picture: string,
    look: Look | null,
    { isPrivate }: Window,
  ): Promise<readonly string[]> {
    // A broken store costs the person's word, never an answer.
    const there = isPrivate ? await privateDismissals(picture).catch(() => undefined) : undefined;
    if (there !== undefined) return there;
    const copies = look === null ? [] : await dismissedCopies(() => sightOf(look)).catch(() => []);
    const labels = await Promise.all(
      [...new Set([picture, ...copies])].map((each) =>
        dismissedLabels(each, { touch: !isPrivate }).catch(() => []),
      ),
    );
    return [...new Set(labels.flat())];
  }

  return {
    async of(picture, look, settings, place) {
      const [languages, labels, own] = await Promise.all([
        spokenWords.chosen(settings.labelLanguage, place.language),
        dismissed(picture, look, place),
        ownLabels.speaker(look.variant).catch(() => null),
      ]);
      return { ...ownVoice(settings), ...languages, dismissed: labels, own };
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
    async judge({ picture, synset }, look, isDismissed, window) {
      const sight = look === null ? null : sightOf(look);
      if (!window.isPrivate) {
        if (isDismissed) {
          await storeDismissals([{ picture, synset, sight }]);
          return [synset];
        }
        const copies = sight === null ? [] : await dismissedCopies(() => sight);
        const taken: string[] = [];
        for (const each of new Set([picture, ...copies])) {
          taken.push(...(await removeDismissal({ picture: each, synset })));
        }
        return taken;
      }
      const before = await dismissed(picture, look, window);
      const others = before.filter((each) => !keepsBack(each, synset));
      await storePrivateDismissals(picture, isDismissed ? [...others, synset] : others);
      return [synset];
    },
  };
}

async function shortHash(text: string): Promise<string> {
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return hex(new Uint8Array(hash, 0, 8));
}
