import { lookKey, pictureSize } from '../core/look/cache-key';
import { isLookEnough } from '../core/look/first-look';
import type { Saying } from '../core/saying/prediction';
import { say } from '../core/saying/say';
import type { Settings } from '../core/settings/settings';
import type { ModelManifest } from '../inference/engine/engine';
import { findLook, storeLook, type StoredLook } from '../platform/look-store';
import type { Voices, Window } from './voices';

/** Pictures that pages show now, about 2 kB each. */
const MAX_AT_HAND = 500;

/** The looks that were taken, and what is said of each in the voice of the moment. */
export interface KnownLooks {
  keyOf(picture: string, settings: Settings): string;
  /** The look of a picture with these settings' model, if it is known and enough for their voice. */
  find(picture: string, settings: Settings, window: Window): Promise<StoredLook | null>;
  /** Keeps a look under these settings' model, unless the person has chosen another one meanwhile. */
  keep(picture: string, settings: Settings, taken: StoredLook, window: Window): void;
  say(picture: string, known: StoredLook, window: Window): Promise<Saying>;
  /**
   * What is said now of a picture that was looked at before, without a new look; null where the look is
   * not known any more, or not enough for the voice.
   */
  sayAgain(picture: string, window: Window): Promise<Saying | null>;
}

interface Parts {
  models: ModelManifest;
  voices: Voices;
  settings: () => Promise<Settings>;
}

/** By picture, the newest last. */
function createMemory(): Pick<Map<string, StoredLook>, 'get' | 'set'> {
  const looks = new Map<string, StoredLook>();
  return {
    get: (picture) => looks.get(picture),
    set(picture, look) {
      looks.delete(picture);
      const [oldest] = looks.keys();
      if (looks.size >= MAX_AT_HAND && oldest !== undefined) looks.delete(oldest);
      return looks.set(picture, look);
    },
  };
}

export function createKnownLooks({ models, voices, settings }: Parts): KnownLooks {
  /** For `sayAgain` alone: of a private window nothing else is kept, and the database may be broken or cleared. */
  const atHand = { public: createMemory(), private: createMemory() };
  const memoryOf = ({ isPrivate }: Window) => (isPrivate ? atHand.private : atHand.public);

  function keyOf(picture: string, { variant, views }: Settings): string {
    return lookKey(picture, { variant, weightsSha256: models[variant].weightsSha256, views });
  }

  async function find(
    picture: string,
    chosen: Settings,
    { isPrivate }: Window,
  ): Promise<StoredLook | null> {
    // The cache is a convenience: a broken database costs time, never an answer.
    const known = await findLook(keyOf(picture, chosen), { touch: !isPrivate }).catch(() => null);
    const isEnough = known !== null && isLookEnough(known.look, pictureSize(picture), chosen);
    return isEnough ? known : null;
  }

  function keep(picture: string, chosen: Settings, taken: StoredLook, window: Window): void {
    memoryOf(window).set(picture, taken);
    // The key names what was chosen: a look of another model, or at more, must not lie under it.
    const { variant, views } = taken.look;
    if (window.isPrivate || variant !== chosen.variant || views > chosen.views) return;
    storeLook(keyOf(picture, chosen), taken);
  }

  async function speak(picture: string, known: StoredLook, window: Window): Promise<Saying> {
    // The voice of this moment: while the model ran, the person may have changed it.
    const chosen = await settings();
    const voice = await voices.of(picture, chosen, window);
    const mark = await voices.markOf(voice);
    memoryOf(window).set(picture, known);
    if (known.said?.mark === mark) return known.said.saying;
    const saying = say(known.look, pictureSize(picture), voice);
    keep(picture, chosen, { ...known, said: { mark, saying } }, window);
    return saying;
  }

  return {
    ...{ keyOf, find, keep },
    say: speak,
    async sayAgain(picture, window) {
      const chosen = await settings();
      const near = memoryOf(window).get(picture) ?? null;
      const isEnough = near !== null && isLookEnough(near.look, pictureSize(picture), chosen);
      // Nobody looks at the picture for the first time now: the database need not note a use.
      const known = isEnough ? near : await find(picture, chosen, { isPrivate: true });
      return known === null ? null : await speak(picture, known, window);
    },
  };
}
