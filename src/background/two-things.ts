import { endsOf, isWideOrTall } from '../core/look/ends';
import type { Look } from '../core/look/look';
import type { Saying } from '../core/saying/prediction';
import { SURE_OF_EACH } from '../core/saying/two-things';
import type { Settings } from '../core/settings/settings';
import type { Engine } from '../inference/engine/engine';
import { lookAtAll } from '../inference/engine/look';
import type { VoiceFollowers } from './follow-voice';
import type { KnownLooks, Place } from './known-looks';
import type { Outcomes } from './outcomes';
import { unawaited } from './unawaited';
import type { Places } from './where';

interface Parts {
  engine: Pick<Engine, 'classifyTogether'>;
  /** Brings the engine in line with the settings. @throws CodedError of the engine */
  start: () => Promise<void>;
  settings: () => Promise<Settings>;
  looks: Pick<KnownLooks, 'keepEnds' | 'sayAgain'>;
  places: Pick<Places, 'rasterOf'>;
  followers: Pick<VoiceFollowers, 'follow'>;
  outcomes: Pick<Outcomes, 'alsoSaid'>;
}

/**
 * Looks for two things in a wide or tall picture where a person asks: up to three looks at each end, so for
 * those alone. What was seen is kept, and told to all that shows the picture.
 * @returns what is said of it now; null where its pixels are needed and not at hand
 * @throws CodedError of the engine
 */
export type SeekTwo = (picture: string, place: Place) => Promise<Saying | null>;

export function createSeekTwo(parts: Parts): SeekTwo {
  const { engine, start, settings, looks, places, followers, outcomes } = parts;

  async function lookAtEnds(picture: string, place: Place): Promise<readonly [Look, Look] | null> {
    const raster = places.rasterOf(picture, place.documentId);
    if (raster === null || !isWideOrTall(raster)) return null;
    const { views, minimumConfidence } = await settings();
    const wanted = { views, minimumConfidence: Math.max(SURE_OF_EACH, minimumConfidence) };
    await start();
    const asked = endsOf(raster).map((end) => ({ raster: end, wanted }));
    const [first, second] = await Promise.all(lookAtAll(engine, asked));
    return first === undefined || second === undefined ? null : [first.look, second.look];
  }

  async function tell(picture: string, saying: Saying, { isPrivate }: Place): Promise<void> {
    await followers.follow({ pictures: [picture], labels: [] }, { privateOnly: isPrivate });
    // Of a request whose end the page has not told yet, too.
    if (!isPrivate) await outcomes.alsoSaid(picture, saying);
  }

  return async (picture, place) => {
    const known = await looks.sayAgain(picture, place);
    if (known?.two !== undefined) return known;
    const ends = await lookAtEnds(picture, place);
    if (ends === null) return null;
    await looks.keepEnds(picture, ends, place);
    const saying = await looks.sayAgain(picture, place);
    if (saying !== null) unawaited(tell(picture, saying, place));
    return saying;
  };
}
