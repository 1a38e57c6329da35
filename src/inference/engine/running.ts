/** Running the model on pictures: cuts, first looks, batches, and what comes out for each. */
import { type PixelEvidence, pixelEvidence } from '../../core/look/evidence';
import { countPixels } from '../../core/look/pixel-counts';
import type { Raster } from '../../core/look/raster';
import type { Crop } from '../../core/look/views';
import type { ModelVariant, ViewCount } from '../../core/saying/prediction';
import type { FeatureMap } from '../../core/where/feature-map';
import type { Cut, CutOutputs, Session } from './backend-driver';
import { probeBatchSize } from './batch-probe';
import type { ClassifierOutput, ClassifyOptions } from './api';
import type { Loaded } from './probe';
import { withinTime } from './time-box';

/** One call of `classify`. */
export interface Picture extends Pick<ClassifyOptions, 'views' | 'isEnough'> {
  raster: Raster;
  /** One a view. */
  crops: readonly Crop[];
  arrivedAt: number;
}

/** What a picture's crops gave, or only the first of them where that look is enough. */
export type Seen = Pick<ClassifierOutput, 'logits' | 'embeddings' | 'pixels'>;

/** A run of the session. Rejects where the device is lost, fails or takes too long. */
function runWatched<T>(current: Loaded, run: (session: Session) => Promise<T>): Promise<T> {
  return withinTime(
    new Promise<T>((resolve, reject) => {
      current.interrupt = reject;
      run(current.session).then(resolve, reject);
    }),
    current.timeBoxMs,
    `Running on ${current.backend}`,
  ).finally(() => {
    current.interrupt = undefined;
  });
}

function runCuts(current: Loaded, cuts: readonly Cut[]): Promise<CutOutputs> {
  return runWatched(current, (session) => session.run(cuts));
}

/** The model's last map of a cut. Rejects as a run. */
export function runSee(current: Loaded, cut: Cut): Promise<FeatureMap> {
  return runWatched(current, (session) => session.see(cut));
}

function cutsOf({ raster, crops }: Picture): Cut[] {
  return crops.map((crop) => ({ raster, crop }));
}

function isFirstEnough({ isEnough }: Picture, seen: Seen, variant: ModelVariant): boolean {
  const { logits, embeddings, pixels } = seen;
  if (isEnough === undefined || logits[0] === undefined || embeddings[0] === undefined)
    return false;
  return isEnough({ logits: logits[0], embedding: embeddings[0], variant, pixels });
}

function pixelsOf({ session }: Loaded, { raster }: Picture): PixelEvidence {
  return pixelEvidence((session.countPixels ?? countPixels)(raster));
}

/** Where one cut after the other is as quick as all at once: the others only if the first is not enough. */
async function runPicture(current: Loaded, picture: Picture): Promise<Seen> {
  const pixels = pixelsOf(current, picture);
  const cuts = cutsOf(picture);
  if (picture.isEnough === undefined || cuts.length === 1) {
    return { ...(await runCuts(current, cuts)), pixels };
  }
  const first = { ...(await runCuts(current, cuts.slice(0, 1))), pixels };
  if (isFirstEnough(picture, first, current.variant)) return first;
  const others = await runCuts(current, cuts.slice(1));
  return {
    logits: [...first.logits, ...others.logits],
    embeddings: [...first.embeddings, ...others.embeddings],
    pixels,
  };
}

/** All cuts of all pictures in one run. */
async function runBatch(current: Loaded, pictures: readonly Picture[]): Promise<Seen[]> {
  const running = runCuts(current, pictures.flatMap(cutsOf));
  // Counted while the GPU runs.
  const counted = pictures.map((picture) => ({ picture, pixels: pixelsOf(current, picture) }));
  const { logits, embeddings } = await running;
  let start = 0;
  return counted.map(({ picture, pixels }) => {
    const end = start + picture.crops.length;
    const firstCut = start;
    start = end;
    const upTo = (last: number): Seen => ({
      logits: logits.slice(firstCut, last),
      embeddings: embeddings.slice(firstCut, last),
      pixels,
    });
    const all = upTo(end);
    return isFirstEnough(picture, all, current.variant) ? upTo(firstCut + 1) : all;
  });
}

/** Pictures of so many views that go into one run, at least one. */
export function roomFor({ batchSize, session }: Loaded, views: ViewCount): number {
  return Math.max(1, Math.min(batchSize ?? 1, Math.floor(session.batchCuts / views)));
}

/**
 * Looks at pictures in one run.
 * @returns what was seen of each, in their order
 * @throws what the device throws; the pictures are sound
 */
export async function runPictures(
  current: Loaded,
  pictures: readonly [Picture, ...Picture[]],
): Promise<Seen[]> {
  if (current.session.batchCuts > 1) return await runBatch(current, pictures);
  return [await runPicture(current, pictures[0])];
}

/**
 * Finds out how many pictures go into a run, with copies of one.
 * @throws what the device throws
 */
export async function sizeBatches(current: Loaded, picture: Picture): Promise<void> {
  // Copies, for each picture of a batch goes up on its own.
  const run = async (pictures: number): Promise<void> => {
    const copies = Array.from({ length: pictures }, () => ({ ...picture.raster }));
    await runCuts(
      current,
      copies.flatMap((raster) => cutsOf({ ...picture, raster })),
    );
  };
  current.batchSize = await probeBatchSize(
    run,
    Math.floor(current.session.batchCuts / picture.views),
  );
}
