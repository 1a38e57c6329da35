import type {
  BackendMemory,
  BackendReason,
  BackendReport,
  EngineState,
  EngineStatus,
} from '../../core/engine-status';
import { CodedError, type Failure, toFailure } from '../../core/errors';
import { createOneAtATime } from '../../core/one-at-a-time';
import { type PixelEvidence, pixelEvidence } from '../../core/look/evidence';
import { countPixels } from '../../core/look/pixel-counts';
import {
  type Backend,
  BACKENDS,
  type ModelVariant,
  type ViewCount,
} from '../../core/saying/prediction';
import type { Raster } from '../../core/look/raster';
import { planViews, type ViewPlan } from '../../core/look/views';
import {
  type BackendDriver,
  BackendRefusal,
  type Cut,
  type CutOutputs,
  type Device,
  type Session,
} from './backend-driver';
import { probeBatchSize } from './batch-probe';
import { createBatchQueue, type StartedCall, type TakeMore } from './batch-queue';
import { type FetchFile, loadModelFiles, type ReadModel } from '../model/model-files';
import type { ModelEntry, ModelManifest } from '../model/model-manifest';
import { isSelfTestPassed, selfTestDifference, selfTestInput } from './self-test';
import { TimeBoxError, withinTime } from './time-box';

/** A bad GPU driver can hang while it compiles or reads back; a good one is done in a second or two. */
const GPU_TIME_BOX_MS = 10_000;
/** For whatever may take long and still be right: a software GPU, a pinned one, a busy CPU. WebGPU on SwiftShader takes 8 s the first time. */
const PATIENT_TIME_BOX_MS = 90_000;
/** A backend lost twice within this time is given up for the next one. */
const LOSS_MEMORY_MS = 60_000;

export interface EngineConfig {
  backend: 'auto' | Backend;
  variant: ModelVariant;
}

/** What the model says of the first view of a picture. */
export interface FirstLook {
  logits: Float32Array;
  embedding: Float32Array;
  variant: ModelVariant;
  /** Of the whole picture. */
  pixels: PixelEvidence;
}

export interface ClassifyOptions {
  /** How many views are looked at, at most. */
  views: ViewCount;
  /** Is the first look enough? Where it is, the answer is of that view alone. Default: never. */
  isEnough?: (look: FirstLook) => boolean;
  /** Takes the call out while it waits; what has started is finished. */
  signal?: AbortSignal | undefined;
}

export interface ClassifierOutput {
  /** 1001 logits a view; index 0 is `background`, class index = index - 1. */
  logits: Float32Array[];
  /** `embeddingSize` values a view. */
  embeddings: Float32Array[];
  /** What the pixels of the whole picture say for or against a photo. */
  pixels: PixelEvidence;
  backend: Backend;
  variant: ModelVariant;
  /** How many were looked at. */
  views: ViewCount;
  /** From the call to the answer: waiting, loading and rebuilding included. */
  inferenceMilliseconds: number;
  /** Of these, counting pixels, cutting the views and running the model; of a batch's time the picture's equal share. */
  runMilliseconds: number;
}

/** Runs the model, on the best backend that works; see `createEngine`. */
export interface Engine {
  /**
   * Takes over what an engine before it found out: what was refused for good is not opened again, and
   * a backend that computes on the processor is not proved again. GPUs are, since drivers come and go.
   */
  recall: (memory: BackendMemory) => void;
  /** Where this differs from what is loaded, the engine goes back to `idle` and loads anew when next asked. */
  configure: (config: EngineConfig) => void;
  /**
   * Loads the engine, or waits for the load under way. After a failure it tries again.
   * @throws CodedError `no-backend`, `model-missing`, `model-altered`, `cancelled` (disposed).
   */
  start: () => Promise<EngineStatus>;
  /**
   * Classifies one picture; loads the engine if need be. Calls wait in order; neighbours of equal
   * views are run together, up to the status's `batchSize`.
   * @returns logits and embedding of each view that was looked at; the caller averages. Views that look
   * at the same are computed once.
   * @throws CodedError as `start`, and `cancelled` by the signal; RangeError for a raster whose data do not fit its size.
   */
  classify: (raster: Raster, options: ClassifyOptions) => Promise<ClassifierOutput>;
  status: () => EngineStatus;
  /** Frees everything and cancels what waits; the engine cannot be started again. */
  dispose: () => Promise<void>;
}

export interface EngineParts {
  models: ModelManifest;
  fetchFile: FetchFile;
  drivers: readonly BackendDriver[];
  /** Live tensors, for the status. */
  countTensors: () => number;
}

interface Candidate {
  driver: BackendDriver;
  allowSoftware: boolean;
  patient: boolean;
}

/** Refusals that the rest of a browser session does not change. */
const LASTING: ReadonlySet<BackendReason> = new Set<BackendReason>([
  'not-in-this-browser',
  'no-adapter',
  'software-only',
]);
/** Backends that are nothing but the package's own code. */
const ON_PROCESSOR: ReadonlySet<Backend> = new Set<Backend>(['wasm', 'cpu']);

/** What is loaded and works. */
interface Loaded {
  backend: Backend;
  variant: ModelVariant;
  entry: ModelEntry;
  device: Device;
  session: Session;
  timeBoxMs: number;
  /** Pictures a run; undefined until it has been found out. */
  batchSize: number | undefined;
  /** Rejects the run under way when the device is lost. */
  interrupt: ((error: Error) => void) | undefined;
}

/** One call of `classify`. */
interface Picture extends Pick<ClassifyOptions, 'views' | 'isEnough'> {
  raster: Raster;
  plan: ViewPlan;
  arrivedAt: number;
}

/** What a picture's crops gave, or only the first of them where that look is enough. */
interface Seen extends CutOutputs {
  pixels: PixelEvidence;
}

type PictureCall = StartedCall<Picture, ClassifierOutput>;

/** What was being loaded is no longer wanted. */
class Superseded extends Error {}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function refusalOf(error: unknown): NonNullable<BackendReport['reason']> {
  if (error instanceof BackendRefusal) return { code: error.reason, message: error.message };
  const code = error instanceof TimeBoxError ? 'timed-out' : 'failed-to-start';
  return { code, message: messageOf(error) };
}

/**
 * The engine's states: idle → loading → ready → lost → loading … → failed, over any drivers.
 * Drivers are tried in the order webgpu, webgl, wasm, software webgl, cpu.
 */
export function createEngineMachine({
  models,
  fetchFile,
  drivers,
  countTensors,
}: EngineParts): Engine {
  let wanted: EngineConfig = { backend: 'auto', variant: 'accurate' };
  /** Changes whenever what is being loaded is no longer wanted. */
  let epoch = 0;
  let disposed = false;
  let state: EngineState = 'idle';
  let failure: Failure | null = null;
  let reports: BackendReport[] = [];
  let memory: BackendMemory | null = null;
  let loadMilliseconds: number | null = null;
  let inferences = 0;
  let loaded: Loaded | undefined;
  let starting: Promise<void> | undefined;
  const lostAt = new Map<Backend, number>();
  /** Backends lost too often, and how. */
  const givenUp = new Map<Backend, string>();
  const calls = createBatchQueue(answer);
  /** Opening, running and closing touch tfjs's one current backend: never two at once. */
  const exclusive = createOneAtATime();

  function candidates(): Candidate[] {
    const find = (backend: Backend): BackendDriver[] =>
      drivers.filter((driver) => driver.backend === backend);
    if (wanted.backend !== 'auto') {
      return find(wanted.backend).map((driver) => ({ driver, allowSoftware: true, patient: true }));
    }
    const gpu = { allowSoftware: false, patient: false };
    const steady = { allowSoftware: true, patient: true };
    return [
      ...find('webgpu').map((driver) => ({ driver, ...gpu })),
      ...find('webgl').map((driver) => ({ driver, ...gpu })),
      ...find('wasm').map((driver) => ({ driver, ...steady })),
      ...find('webgl').map((driver) => ({ driver, ...steady })),
      ...find('cpu').map((driver) => ({ driver, ...steady })),
    ];
  }

  /** The report of a backend that was refused for good before; a pinned one is tried in any case. */
  function recalledRefusal(backend: Backend): BackendReport | null {
    const known = memory?.backends.find((report) => report.backend === backend);
    const isLasting =
      known?.outcome === 'refused' && known.reason !== null && LASTING.has(known.reason.code);
    return wanted.backend === 'auto' && isLasting ? { ...known } : null;
  }

  function isProven(backend: Backend, variant: ModelVariant): boolean {
    if (memory?.variant !== variant || !ON_PROCESSOR.has(backend)) return false;
    return memory.backends.some((known) => known.backend === backend && known.outcome === 'used');
  }

  function untriedReports(): BackendReport[] {
    return BACKENDS.map(
      (backend) =>
        recalledRefusal(backend) ?? {
          backend,
          outcome: 'not-tried',
          reason:
            wanted.backend === 'auto' || wanted.backend === backend
              ? null
              : { code: 'not-chosen', message: `${wanted.backend} is pinned.` },
          device: null,
          probeMilliseconds: null,
        },
    );
  }

  function reportFor(backend: Backend): BackendReport {
    const report = reports.find((each) => each.backend === backend);
    if (report === undefined) throw new Error(`No report for ${backend}.`);
    return report;
  }

  /** Opens, loads and proves one candidate. Refusals go into its report; a bad model file is thrown. */
  async function probe(
    { driver, allowSoftware, patient }: Candidate,
    variant: ModelVariant,
    reading: Promise<ReadModel>,
    isWanted: () => boolean,
  ): Promise<Loaded | undefined> {
    const { backend } = driver;
    const report = reportFor(backend);
    const loss = givenUp.get(backend);
    if (loss !== undefined) {
      report.outcome = 'refused';
      report.reason = { code: 'lost', message: loss };
      return undefined;
    }
    // Refused before: it would be refused again, unless it may be software now.
    const isSoftware = report.reason?.code === 'software-only';
    if (report.outcome === 'refused' && !(isSoftware && allowSoftware)) return undefined;

    const timeBoxMs = patient ? PATIENT_TIME_BOX_MS : GPU_TIME_BOX_MS;
    const startedAt = performance.now();
    let device: Device | undefined;
    let model: ReadModel | undefined;
    try {
      device = await withinTime(driver.open(), timeBoxMs, `Opening ${backend}`, (late) => {
        late.close();
      });
      report.device = device.description;
      if (device.isSoftware && !allowSoftware) {
        throw new BackendRefusal('software-only', 'The GPU is computed on the CPU.');
      }
      model = await reading;
      const { files, verified } = model;
      const { entry } = files;
      const proof = async (on: Device): Promise<{ session: Session; difference: number }> => {
        const session = await on.load(files);
        await verified;
        if (isProven(backend, variant)) return { session, difference: 0 };
        const outputs = await session.run([selfTestInput(entry.inputSize)]);
        return { session, difference: selfTestDifference(outputs, variant) };
      };
      if (!isWanted()) throw new Superseded();
      const { session, difference } = await withinTime(
        proof(device),
        timeBoxMs,
        `The first inference on ${backend}`,
      );
      if (!isSelfTestPassed(difference, backend)) {
        throw new BackendRefusal('wrong-result', `A known logit is off by ${difference}.`);
      }
      report.outcome = 'used';
      report.reason = null;
      report.probeMilliseconds = performance.now() - startedAt;
      return {
        backend,
        variant,
        entry,
        device,
        session,
        timeBoxMs,
        // A GPU that is computed on the CPU gains nothing from batches (measured on SwiftShader).
        batchSize: session.batchCuts === 1 || device.isSoftware ? 1 : undefined,
        interrupt: undefined,
      };
    } catch (error) {
      device?.close();
      if (error instanceof Superseded || error instanceof CodedError) throw error;
      await model?.verified; // an altered file is the better reason
      report.outcome = 'refused';
      report.reason = refusalOf(error);
      report.probeMilliseconds = performance.now() - startedAt;
      return undefined;
    }
  }

  async function open(): Promise<void> {
    const mine = epoch;
    const isWanted = (): boolean => mine === epoch;
    const { variant } = wanted;
    const startedAt = performance.now();
    state = 'loading';
    failure = null;
    reports = untriedReports();
    // Read while the first backend opens.
    const reading = loadModelFiles(variant, models[variant], fetchFile);
    reading.catch(() => undefined); // thrown where it is awaited
    const tried: Backend[] = [];
    for (const candidate of candidates()) {
      const { backend } = candidate.driver;
      if (!tried.includes(backend)) tried.push(backend);
      const found = await probe(candidate, variant, reading, isWanted);
      reports.sort((a, b) => orderOf(a, tried) - orderOf(b, tried));
      if (!isWanted()) {
        found?.device.close();
        throw new Superseded();
      }
      if (found !== undefined) {
        accept(found, performance.now() - startedAt);
        return;
      }
    }
    await (
      await reading
    ).verified; // a bad model file is the better reason
    throw new CodedError(
      'no-backend',
      reports
        .filter(({ outcome }) => outcome === 'refused')
        .map(({ backend, reason }) => `${backend}: ${reason?.message ?? 'refused'}`)
        .join(' · '),
    );
  }

  function orderOf({ backend }: BackendReport, tried: readonly Backend[]): number {
    const index = tried.indexOf(backend);
    return index === -1 ? tried.length : index;
  }

  function accept(found: Loaded, milliseconds: number): void {
    loaded = found;
    state = 'ready';
    failure = null;
    loadMilliseconds = milliseconds;
    void found.device.lost.then((reason) => {
      lose(found, reason);
    });
  }

  /** The device is gone: rebuild at once, on the next backend if this one was lost before. */
  function lose(gone: Loaded, reason: string, again = false): void {
    gone.interrupt?.(new Error(reason));
    if (loaded !== gone) return;
    loaded = undefined;
    starting = undefined;
    state = 'lost';
    failure = { code: 'internal', message: reason };
    gone.device.close();
    const now = performance.now();
    const before = lostAt.get(gone.backend);
    if (again || (before !== undefined && now - before < LOSS_MEMORY_MS)) {
      givenUp.set(gone.backend, reason);
    }
    lostAt.set(gone.backend, now);
    start().catch(() => undefined); // the status tells
  }

  function forgetLosses(): void {
    lostAt.clear();
    givenUp.clear();
  }

  /** Opens, and opens once more where another configuration came meanwhile. */
  async function openUntilWanted(): Promise<void> {
    for (;;) {
      if (disposed) throw new CodedError('cancelled', 'The engine is closed.');
      const mine = epoch;
      if (state !== 'lost') state = 'loading'; // lost until the run under way has ended
      try {
        await exclusive(open);
        return;
      } catch (error) {
        if (error instanceof Superseded || mine !== epoch) continue;
        starting = undefined;
        state = 'failed';
        failure = toFailure(error);
        loadMilliseconds = null;
        forgetLosses(); // the next start tries everything again
        throw error;
      }
    }
  }

  async function start(): Promise<EngineStatus> {
    starting ??= openUntilWanted();
    await starting;
    return status();
  }

  /** The model on some cuts. Rejects where the device is lost, fails or takes too long. */
  function runCuts(current: Loaded, cuts: readonly Cut[]): Promise<CutOutputs> {
    return withinTime(
      new Promise<CutOutputs>((resolve, reject) => {
        current.interrupt = reject;
        current.session.run(cuts).then(resolve, reject);
      }),
      current.timeBoxMs,
      `Running on ${current.backend}`,
    ).finally(() => {
      current.interrupt = undefined;
    });
  }

  function cutsOf({ raster, plan }: Picture): Cut[] {
    return plan.crops.map((crop) => ({ raster, crop }));
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
      const end = start + picture.plan.crops.length;
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
    const current = loaded;
    const [first] = unanswered;
    if (current === undefined || first === undefined) return;
    const { backend, variant, session } = current;
    const { views } = first.input;
    const room = Math.min(current.batchSize ?? 1, Math.floor(session.batchCuts / views));
    const size = Math.max(1, room);
    if (unanswered.length < size) {
      unanswered.push(...takeMore(size - unanswered.length, (next) => next.views === views));
    }
    const batch = unanswered.slice(0, size);
    const startedAt = performance.now();
    let seen: Seen[];
    try {
      seen =
        session.batchCuts === 1
          ? [await runPicture(current, first.input)]
          : await runBatch(
              current,
              batch.map(({ input }) => input),
            );
    } catch (error) {
      // The input is sound, so it is the device: whatever it says, it is built again.
      lose(current, messageOf(error), lostOn.has(backend));
      lostOn.add(backend);
      return;
    }
    const endedAt = performance.now();
    inferences += batch.length;
    unanswered.splice(0, batch.length);
    batch.forEach(({ input, resolve }, index) => {
      const ofPicture = seen[index];
      if (ofPicture === undefined) return;
      const { logits, embeddings, pixels } = ofPicture;
      const { crops, cropOfView } = input.plan;
      const looked = logits.length < crops.length ? cropOfView.slice(0, 1) : cropOfView;
      const ofViews = (rows: readonly Float32Array[]): Float32Array[] =>
        looked.map((crop) => rows[crop] ?? new Float32Array());
      resolve({
        logits: ofViews(logits),
        embeddings: ofViews(embeddings),
        pixels,
        backend,
        variant,
        views: looked.length as ViewCount,
        inferenceMilliseconds: endedAt - input.arrivedAt,
        runMilliseconds: (endedAt - startedAt) / batch.length,
      });
    });
  }

  /**
   * Finds out how many pictures go into a run, with the one that was just answered: loading is
   * not made longer by it, nor the first answer.
   */
  async function sizeBatches(picture: Picture): Promise<void> {
    const current = loaded;
    if (current === undefined || current.batchSize !== undefined) return;
    // Copies, for each picture of a batch goes up on its own.
    const run = async (pictures: number): Promise<void> => {
      const copies = Array.from({ length: pictures }, () => ({ ...picture.raster }));
      await runCuts(
        current,
        copies.flatMap((raster) => cutsOf({ ...picture, raster })),
      );
    };
    try {
      current.batchSize = await probeBatchSize(
        run,
        Math.floor(current.session.batchCuts / picture.views),
      );
    } catch (error) {
      lose(current, messageOf(error));
    }
  }

  async function answer(
    first: PictureCall,
    takeMore: TakeMore<Picture, ClassifierOutput>,
  ): Promise<void> {
    const unanswered = [first];
    const lostOn = new Set<Backend>();
    while (unanswered.length > 0) {
      await start();
      await exclusive(() => runOnce(unanswered, takeMore, lostOn));
    }
    if (loaded !== undefined && loaded.batchSize === undefined) {
      await new Promise((resolve) => setTimeout(resolve)); // the answer leaves first
      await exclusive(() => sizeBatches(first.input));
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

  /** Closes what is loaded, once nothing runs on it. */
  async function unload(): Promise<void> {
    const old = loaded;
    loaded = undefined;
    await exclusive(() => {
      old?.device.close();
      return Promise.resolve();
    });
  }

  function configure(config: EngineConfig): void {
    if (config.backend === wanted.backend && config.variant === wanted.variant) return;
    wanted = { backend: config.backend, variant: config.variant };
    epoch += 1;
    forgetLosses();
    if (state === 'loading' || state === 'lost') return; // notices, and loads what is wanted now
    starting = undefined;
    state = 'idle';
    failure = null;
    reports = [];
    loadMilliseconds = null;
    void unload();
  }

  function status(): EngineStatus {
    return {
      state,
      backend: loaded?.backend ?? null,
      backends: reports.map((report) => ({ ...report })),
      model: loaded === undefined ? null : modelOf(loaded),
      loadMilliseconds,
      failure,
      inferences,
      batchSize: loaded?.batchSize ?? 1,
      tensors: countTensors(),
      workers: 0,
      unawaitedFailures: {},
    };
  }

  function modelOf({ variant, entry }: Loaded): EngineStatus['model'] {
    return { variant, id: entry.id, bytes: entry.modelBytes + entry.weightsBytes };
  }

  async function dispose(): Promise<void> {
    disposed = true;
    epoch += 1;
    starting = undefined;
    calls.clear();
    await unload();
    state = 'idle';
  }

  function recall(known: BackendMemory): void {
    memory = known;
  }

  return { recall, configure, start, classify, status, dispose };
}
