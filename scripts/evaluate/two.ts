/** Are two things named where there are two, and one where there is one? On pictures of which that is known. */
import { pixelEvidence } from '../../src/core/look/evidence';
import { endsOf, isWideOrTall } from '../../src/core/look/ends';
import { isLookEnough } from '../../src/core/look/first-look';
import { type Look, makeLook } from '../../src/core/look/look';
import type { Raster } from '../../src/core/look/raster';
import type { ModelVariant, TwoThings } from '../../src/core/saying/prediction';
import { SURE_OF_EACH, twoThings } from '../../src/core/saying/two-things';
import { PLAIN_VOICE } from '../../src/core/saying/voice';
import { seededRandom } from '../calibration/drawings/random';
import { toRaster } from '../calibration/pictures';
import { loadLookingModel, type LookingModel } from '../model/model-in-node';
import type { PinnedPhoto } from '../photos/pinned-photos';
import { PAIR_LAYOUTS, pairOf, singleOf } from './compose';
import { isHintTrue } from './measure';

export interface TwoMeasures {
  pairs: number;
  /** Shares in which both are named: of all, */
  bothNamed: number;
  /** and of one beside the other, and one above the other. */
  bothNamedBeside: number;
  bothNamedAbove: number;
  /** Of what is named, the share that is right; null where nothing is. */
  namedRight: number | null;
  singles: number;
  /** The share in which two are named. */
  singlesSplit: number;
  /** Looks at a wide or tall picture, besides those at the whole. */
  looksMore: number;
}

/** As the extension looks at an end: once, or as often as it takes. */
function lookAtEnd(end: Raster, model: LookingModel, variant: ModelVariant): Look {
  const { logits, embeddings, pixels } = model.look(end, 3);
  const lookOf = (views: number): Look =>
    makeLook({
      variant,
      logits: logits.slice(0, views),
      embeddings: embeddings.slice(0, views),
      pixels: pixelEvidence(pixels),
    });
  const first = lookOf(1);
  const isEnough = isLookEnough(first, end, { views: 3, minimumConfidence: SURE_OF_EACH });
  return isEnough ? first : lookOf(3);
}

/**
 * Pairs of other classes in the three layouts in turn, and as many single photos.
 * @param count of the pairs
 */
export async function evaluateTwo(
  photos: readonly PinnedPhoto[],
  count: number,
  variant: ModelVariant,
  onDone: (done: number) => void = () => undefined,
): Promise<TwoMeasures> {
  const model = await loadLookingModel(variant);
  const { whole } = seededRandom(count);
  let [looks, looked] = [0, 0];
  const twoIn = async (file: Buffer): Promise<TwoThings | null> => {
    const raster = await toRaster(file);
    if (!isWideOrTall(raster)) return null;
    const [first, second] = endsOf(raster);
    const ends = [lookAtEnd(first, model, variant), lookAtEnd(second, model, variant)] as const;
    looks += ends[0].views + ends[1].views;
    looked += 1;
    return twoThings(ends, first.width, PLAIN_VOICE)?.things ?? null;
  };
  const pick = (): PinnedPhoto => {
    const photo = photos[whole(0, photos.length - 1)];
    if (photo === undefined) throw new Error('There are no photos.');
    return photo;
  };
  const both = { beside: 0, above: 0, inset: 0 };
  let [right, split] = [0, 0];
  for (let place = 0; place < count; place += 1) {
    const layout = PAIR_LAYOUTS[place % PAIR_LAYOUTS.length] ?? 'beside';
    const first = pick();
    let second = pick();
    while (second.classIndex === first.classIndex) second = pick();
    const two = await twoIn(await pairOf(first, second, layout, place));
    if (two !== null) {
      both[layout] += 1;
      const truths = [first.classIndex, second.classIndex];
      right += two.hints.filter(({ synset }, end) => isHintTrue(synset, truths[end] ?? -1)).length;
    }
    const single = photos[place % photos.length];
    if (single !== undefined && (await twoIn(await singleOf(single, place))) !== null) split += 1;
    onDone(place + 1);
  }
  const named = both.beside + both.above + both.inset;
  const all = Math.max(1, count);
  return {
    pairs: count,
    bothNamed: named / all,
    bothNamedBeside: (3 * both.beside) / all,
    bothNamedAbove: (3 * both.above) / all,
    namedRight: named === 0 ? null : right / (2 * named),
    singles: count,
    singlesSplit: split / all,
    looksMore: looks / Math.max(1, looked),
  };
}
