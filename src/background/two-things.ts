import { endsOf, isWideOrTall } from '../core/look/ends';
import { SURE_OF_EACH, twoThings, type TwoThings } from '../core/saying/two-things';
import type { Settings } from '../core/settings/settings';
import type { Engine } from '../inference/engine/engine';
import { lookAtAll } from '../inference/engine/look';
import type { Place } from './known-looks';
import type { Voices } from './voices';
import type { Places } from './where';

interface Parts {
  engine: Pick<Engine, 'classifyTogether'>;
  /** Brings the engine in line with the settings. @throws CodedError of the engine */
  start: () => Promise<void>;
  settings: () => Promise<Settings>;
  voices: Pick<Voices, 'of'>;
  places: Pick<Places, 'rasterOf'>;
}

/**
 * Finds two things in a wide or tall picture that a person asked for: up to three looks at each end, so for
 * those alone. Null where it is not sure that there are two, and where the pixels are not at hand.
 */
export type FindTwo = (picture: string, place: Place) => Promise<TwoThings | null>;

export function createFindTwo({ engine, start, settings, voices, places }: Parts): FindTwo {
  return async (picture, place) => {
    const raster = places.rasterOf(picture, place.documentId);
    if (raster === null || !isWideOrTall(raster)) return null;
    const chosen = await settings();
    const ends = endsOf(raster);
    const wanted = {
      views: chosen.views,
      minimumConfidence: Math.max(SURE_OF_EACH, chosen.minimumConfidence),
    };
    await start();
    const asked = ends.map((end) => ({ raster: end, wanted }));
    const [first, second] = await Promise.all(lookAtAll(engine, asked));
    if (first === undefined || second === undefined) return null;
    const voice = await voices.of(picture, first.look, chosen, place);
    return twoThings([first.look, second.look], ends[0].width, voice);
  };
}
