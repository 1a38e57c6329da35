import type { EngineStatus } from '../../core/engine-status';
import { CodedError } from '../../core/errors';
import { createOneAtATime } from '../../core/one-at-a-time';
import type { Raster } from '../../core/look/raster';
import { planViews } from '../../core/look/views';
import type { Backend, ViewCount } from '../../core/saying/prediction';
import type { AskedPicture, ClassifierOutput, ClassifyOptions, Engine, EngineParts } from './api';
import { createLifeCycle } from './life-cycle';
import { type Loaded, messageOf } from './probe';
import { type Picture, roomFor, runPictures, type Seen, sizeBatches } from './running';
import { createSeeing } from './seeing';

export type {
  ClassifierOutput,
  ClassifyOptions,
  Engine,
  EngineConfig,
  EngineParts,
  FirstLook,
  SeenMap,
} from './api';

/** A picture whose answer is awaited. */
interface Call {
  picture: Picture;
  resolve: (output: ClassifierOutput) => void;
  reject: (reason: unknown) => void;
}

/** @throws nothing; the output of a raster whose data do not fit its size rejects, and is no call */
function callsOf(asked: readonly AskedPicture[]): {
  calls: Call[];
  outputs: Promise<ClassifierOutput>[];
} {
  const arrivedAt = performance.now();
  const calls: Call[] = [];
  const outputs = asked.map(
    (each) =>
      new Promise<ClassifierOutput>((resolve, reject) => {
        const picture = { ...each, crops: planViews(each.raster, each.views), arrivedAt };
        calls.push({ picture, resolve, reject });
      }),
  );
  return { calls, outputs };
}

function modelOf({ variant, entry }: Loaded): EngineStatus['model'] {
  return { variant, id: entry.id, bytes: entry.modelBytes + entry.weightsBytes };
}

/**
 * The engine over any drivers, which are tried in the order webgpu, webgl, wasm, software webgl, cpu, while
 * wasm answers: its life cycle, and the calls that wait for it.
 */
export function createEngineMachine({ countTensors, ...parts }: EngineParts): Engine {
  let inferences = 0;
  /** Opening, running and closing touch tfjs's one current backend: never two at once. */
  const exclusive = createOneAtATime();
  const life = createLifeCycle(parts, exclusive);
  const see = createSeeing(life, exclusive, parts, () => {
    inferences += 1;
  });

  /**
   * One run on what is loaded, for as many of `unanswered` as go into it. Those that got their answer
   * are taken out; where nothing is loaded (any more) none is, and the engine must start first.
   */
  async function runOnce(unanswered: Call[], lostOn: Set<Backend>): Promise<void> {
    const current = life.loaded;
    const [first] = unanswered;
    if (current === undefined || first === undefined) return;
    const { backend, variant } = current;
    const others = unanswered.slice(1, roomFor(current, first.picture.views));
    const startedAt = performance.now();
    let seen: Seen[];
    try {
      seen = await runPictures(current, [first.picture, ...others.map(({ picture }) => picture)]);
    } catch (error) {
      // The input is sound, so it is the device: whatever it says, it is built again.
      life.lose(current, messageOf(error), lostOn.has(backend));
      lostOn.add(backend);
      return;
    }
    const endedAt = performance.now();
    inferences += seen.length;
    const answered = unanswered.splice(0, seen.length);
    answered.forEach(({ picture, resolve }, index) => {
      const ofViews = seen[index];
      if (ofViews === undefined) throw new Error('A picture was run and not seen.');
      resolve({
        ...ofViews,
        backend,
        variant,
        views: ofViews.logits.length as ViewCount,
        inferenceMilliseconds: endedAt - picture.arrivedAt,
        runMilliseconds: (endedAt - startedAt) / seen.length,
      });
    });
  }

  /** With a picture that was just answered: loading is not made longer by it, nor the first answer. */
  async function sizeBatchesOnce(picture: Picture): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve)); // the answer leaves first
    const current = life.loaded;
    if (current === undefined || current.batchSize !== undefined) return;
    try {
      await sizeBatches(current, picture);
    } catch (error) {
      life.lose(current, messageOf(error));
    }
  }

  async function answer(calls: readonly Call[], signal?: AbortSignal): Promise<void> {
    const unanswered = [...calls];
    const lostOn = new Set<Backend>();
    try {
      while (unanswered.length > 0) {
        await life.ready();
        await exclusive(async () => {
          if (signal?.aborted === true) throw new CodedError('cancelled', 'No longer wanted.');
          await runOnce(unanswered, lostOn);
        });
      }
    } catch (error) {
      for (const { reject } of unanswered) reject(error);
    }
    const [first] = calls;
    if (first === undefined || life.loaded === undefined) return;
    if (life.loaded.batchSize === undefined) await exclusive(() => sizeBatchesOnce(first.picture));
  }

  function classifyTogether(
    asked: readonly AskedPicture[],
    signal?: AbortSignal,
  ): Promise<ClassifierOutput>[] {
    const { calls, outputs } = callsOf(asked);
    void answer(calls, signal);
    return outputs;
  }

  async function classify(
    raster: Raster,
    { signal, ...options }: ClassifyOptions,
  ): Promise<ClassifierOutput> {
    const [output] = await Promise.all(classifyTogether([{ raster, ...options }], signal));
    if (output === undefined) throw new Error('A picture was asked for and not classified.');
    return output;
  }

  function status(): EngineStatus {
    const { facts, loaded, choice } = life;
    return {
      ...facts,
      inferences,
      backend: loaded?.backend ?? null,
      backends: choice.reports(),
      isChoosing: life.isChoosing,
      model: loaded === undefined ? null : modelOf(loaded),
      batchSize: loaded?.batchSize ?? 1,
      tensors: countTensors(),
      workers: 0,
      unawaitedFailures: {},
      brokenWords: [],
    };
  }

  const start = (): Promise<EngineStatus> => life.start().then(status);

  const { configure, choice, ready, dispose } = life;
  return {
    ...{ recall: choice.recall, configure, ready, start, status, dispose },
    ...{ classify, classifyTogether, see },
  };
}
