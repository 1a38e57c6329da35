import type { Concerned } from '../core/saying/dismissal';
import { voiceMark } from '../core/saying/voice';
import type { Settings } from '../core/settings/settings';
import { sayOutcomesAgain } from '../platform/outcome-store';
import { type KnownLooks, ownPlace } from './known-looks';
import type { Labelling } from './labelling/labelling';
import { ownVoice } from './voices';

/** Has all that shows what is said follow a change of the voice. Nothing is looked at again for it. */
export interface VoiceFollowers {
  /** Of these pictures something else may be said now, or of any (null). In a private window it holds there alone. */
  follow(concerned: Concerned | null, where: { privateOnly: boolean }): Promise<void>;
  /** Makes a change of the settings; where the voice is another after it, all follow. */
  whileChanging<T>(change: () => Promise<T>): Promise<T>;
}

interface Parts {
  looks: Pick<KnownLooks, 'sayAgain'>;
  labelling: Pick<Labelling, 'followVoice'>;
  settings: () => Promise<Settings>;
}

export function createVoiceFollowers({ looks, labelling, settings }: Parts): VoiceFollowers {
  async function follow(
    concerned: Concerned | null,
    { privateOnly }: { privateOnly: boolean },
  ): Promise<void> {
    // Nothing of a private window is in the list.
    const list = privateOnly
      ? Promise.resolve()
      : sayOutcomesAgain(concerned, (picture) =>
          looks.sayAgain(picture, ownPlace({ isPrivate: false })),
        );
    await Promise.all([list, labelling.followVoice(concerned, { privateOnly })]);
  }

  const mark = async (): Promise<string> => {
    const chosen = await settings();
    return voiceMark(ownVoice(chosen), chosen.labelLanguage);
  };

  return {
    follow,
    async whileChanging(change) {
      const before = await mark();
      const changed = await change();
      if ((await mark()) !== before) await follow(null, { privateOnly: false });
      return changed;
    },
  };
}
