import type { EngineStatus } from '../../core/engine-status';
import { createOneAtATime } from '../../core/one-at-a-time';
import type { Raster } from '../../core/look/raster';
import { planViews } from '../../core/look/views';
import type { Backend, ViewCount } from '../../core/saying/prediction';
import type { ClassifierOutput, ClassifyOptions, Engine, EngineParts } from './api';
import { createBatchQueue, type StartedCall, type TakeMore } from './batch-queue';
import { createLifeCycle } from './life-cycle';
import { type Loaded, messageOf } from './probe';
import { type Picture, roomFor, runPictures, type Seen, seenOfViews, sizeBatches } from './running';

export type {
  ClassifierOutput,
  ClassifyOptions,
  Engine,
  EngineConfig,
  EngineParts,
  FirstLook,
} from './api';

type PictureCall = StartedCall<Picture, ClassifierOutput>;

function modelOf({ variant, entry }: Loaded): EngineStatus['model'] {
  return { variant, id: entry.id, bytes: entry.modelBytes + entry.weightsBytes };
}

/**
 * The engine over any drivers, which are tried in the order webgpu, webgl, wasm, software webgl, cpu:
 * its life cycle, and the calls that wait for it.
 */
export function createEngineMachine({ countTensors, ...parts }: EngineParts): Engine {
  let inferences = 0;
  const calls = createBatchQueue(answer);
  /** Opening, running and closing touch tfjs's one current backend: never two at once. */
  const exclusive = createOneAtATime();
  const life = createLifeCycle(parts, exclusive);

  /**
   * One run on what is loaded, for as many of `unanswered` as go into a batch, and for calls behind
   * them where there is room. Those that got their answer are taken out; where nothing is loaded
   * (any more) none is, and the engine must start first.
   */
  async function runOnce(
    unanswered: PictureCall[],
    takeMore: TakeMore<Picture, ClassifierOutput>,
    lostOn: Set<Backend>,
  ): Promise<void> {
    const current = life.loaded;
    const [first] = unanswered;
    if (current === undefined || first === undefined) return;
    const { backend, variant } = current;
    const { views } = first.input;
    const size = roomFor(current, views);
    if (unanswered.length < size) {
      unanswered.push(...takeMore(size - unanswered.length, (next) => next.views === views));
    }
    const others = unanswered.slice(1, size);
    const startedAt = performance.now();
    let seen: Seen[];
    try {
      seen = await runPictures(current, [first.input, ...others.map(({ input }) => input)]);
    } catch (error) {
      // The input is sound, so it is the device: whatever it says, it is built again.
      life.lose(current, messageOf(error), lostOn.has(backend));
      lostOn.add(backend);
      return;
    }
    const endedAt = performance.now();
    inferences += seen.length;
    const answered = unanswered.splice(0, seen.length);
    answered.forEach(({ input, resolve }, index) => {
      const ofCrops = seen[index];
      if (ofCrops === undefined) throw new Error('A picture was run and not seen.');
      const ofViews = seenOfViews(input, ofCrops);
      resolve({
        ...ofViews,
        backend,
        variant,
        views: ofViews.logits.length as ViewCount,
        inferenceMilliseconds: endedAt - input.arrivedAt,
        runMilliseconds: (endedAt - startedAt) / seen.length,
      });
    });
  }

  /** With the picture that was just answered: loading is not made longer by it, nor the first answer. */
  async function sizeBatchesOnce(picture: Picture): Promise<void> {
    const current = life.loaded;
    if (current === undefined || current.batchSize !== undefined) return;
    try {
      await sizeBatches(current, picture);
    } catch (error) {
      life.lose(current, messageOf(error));
    }
  }

  async function answer(
    first: PictureCall,
    takeMore: TakeMore<Picture, ClassifierOutput>,
  ): Promise<void> {
    const unanswered = [first];
    const lostOn = new Set<Backend>();
    while (unanswered.length > 0) {
      await life.start();
      await exclusive(() => runOnce(unanswered, takeMore, lostOn));
    }
    if (life.loaded !== undefined && life.loaded.batchSize === undefined) {
      await new Promise((resolve) => setTimeout(resolve)); // the answer leaves first
      await exclusive(() => sizeBatchesOnce(first.input));
    }
  }

  async function classify(
    raster: Raster,
    { views, isEnough, signal }: ClassifyOptions,
  ): Promise<ClassifierOutput> {
    const arrivedAt = performance.now();
    const picture: Picture = { raster, views, plan: planViews(raster, views), arrivedAt };
    return calls.add(isEnough === undefined ? picture : { ...picture, isEnough }, signal);
  }

  function status(): EngineStatus {
    const { facts, loaded, choice } = life;
    return {
      ...facts,
      inferences,
      backend: loaded?.backend ?? null,
      backends: choice.reports(),
      model: loaded === undefined ? null : modelOf(loaded),
      batchSize: loaded?.batchSize ?? 1,
      tensors: countTensors(),
      workers: 0,
      unawaitedFailures: {},
    };
  }

  async function start(): Promise<EngineStatus> {
    await life.start();
    return status();
  }

  async function dispose(): Promise<void> {
    const disposed = life.dispose();
    calls.clear();
    await disposed;
  }

  const { configure, choice } = life;
  return { recall: choice.recall, configure, start, classify, status, dispose };
}
