import type { BackendMemory, EngineStatus } from '../core/engine-status';
import { CodedError } from '../core/errors';
import type { Backend } from '../core/saying/prediction';
import type { Raster } from '../core/look/raster';
import type { Settings } from '../core/settings/settings';
import type { Engine } from '../inference/engine/engine';
import type { BenchmarkResult } from '../messages/protocol';

/** Enough for a median that a hiccup does not move; a software GPU needs half a minute for them. */
const TIMED_IMAGES = 10;
/** The first one compiles what depends on the shapes. */
const WARM_UP_IMAGES = 1;
const WIDTH_PX = 320;
const HEIGHT_PX = 240;

/** Who may tell the engine which backend and model to run: the settings, and a benchmark for a while. */
export interface EngineSettings {
  /** Brings the engine in line with the settings; while a benchmark runs, after it. */
  apply(): Promise<void>;
  /**
   * As `apply`, and loads the engine, until pictures can be classified. The best backend is looked for a
   * little later: what opens a GPU holds the thread. @throws CodedError of the engine
   */
  ready(): Promise<void>;
  /** As `ready`, and finds the best backend. @throws CodedError of the engine */
  start(): Promise<void>;
  /**
   * Times the classification of one image on a backend, a few times over; one backend at a time.
   * Afterwards the engine is configured as the settings say.
   * @throws CodedError `cancelled`, or of the engine where no backend is to blame
   */
  benchmark(backend: Backend): Promise<BenchmarkResult>;
  cancelBenchmark(): void;
}

/** By then the first answer is out: from a click to its label it takes a fifth of that. */
const SEARCH_AFTER_MS = 1000;

/** A picture of smooth colours: what is in it does not change how long the model takes. */
function syntheticImage(): Raster {
  const data = new Uint8ClampedArray(WIDTH_PX * HEIGHT_PX * 4);
  for (let pixel = 0; pixel < WIDTH_PX * HEIGHT_PX; pixel += 1) {
    const x = pixel % WIDTH_PX;
    const y = Math.floor(pixel / WIDTH_PX);
    data.set([(x * 255) / WIDTH_PX, (y * 255) / HEIGHT_PX, (x + y) % 256, 255], pixel * 4);
  }
  return { width: WIDTH_PX, height: HEIGHT_PX, data };
}

/** Between two images the word to stop must get in; the JavaScript backend never leaves its turn by itself. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, 0);
  });
}

/** Keeps what is known of the backends while the browser runs. */
interface BackendMemoryStore {
  load: () => Promise<BackendMemory | null>;
  store: (memory: BackendMemory) => Promise<void>;
}

export function createEngineSettings(
  engine: Engine,
  settings: () => Promise<Settings>,
  memory: BackendMemoryStore,
): EngineSettings {
  let running: Promise<unknown> = Promise.resolve();
  /** Without it the engine finds all out anew. */
  const recalled = memory.load().then(
    (known) => {
      if (known !== null) engine.recall(known);
    },
    () => undefined,
  );

  async function apply(): Promise<void> {
    await Promise.all([running, recalled]);
    const { backend, variant } = await settings();
    engine.configure({ backend, variant });
  }

  /** Only what was found without a pin tells which backends are worth trying. */
  async function remember({ backends, model }: EngineStatus): Promise<void> {
    if (model === null || (await settings()).backend !== 'auto') return;
    await memory.store({ variant: model.variant, backends });
  }
  let cancelling = new AbortController();
  let isSearchDue = false;

  async function start(): Promise<void> {
    await apply();
    const before = engine.status();
    const status = await engine.start();
    if (before.state !== 'ready' || before.isChoosing) remember(status).catch(() => undefined);
  }

  async function ready(): Promise<void> {
    await apply();
    const { state } = engine.status();
    await engine.ready();
    const status = engine.status();
    if (!status.isChoosing) {
      if (state !== 'ready') remember(status).catch(() => undefined);
      return;
    }
    if (isSearchDue) return;
    isSearchDue = true;
    setTimeout(() => {
      isSearchDue = false;
      if (engine.status().isChoosing) start().catch(() => undefined); // the status tells
    }, SEARCH_AFTER_MS);
  }

  async function run(backend: Backend, signal: AbortSignal): Promise<BenchmarkResult> {
    const { backend: pinned, variant } = await settings();
    const restore = () => {
      engine.configure({ backend: pinned, variant });
    };
    const stop = () => {
      if (signal.aborted) throw new CodedError('cancelled', 'The benchmark was cancelled.');
    };
    // A backend that hangs while it opens is left at once.
    signal.addEventListener('abort', restore);
    try {
      stop();
      engine.configure({ backend, variant });
      const refusal = await engine.start().then(
        () => null,
        (error: unknown) => {
          const report = engine.status().backends.find((each) => each.backend === backend);
          const reason = report?.reason ?? null;
          if (reason === null) throw error;
          return reason;
        },
      );
      stop();
      if (refusal !== null) return { millisecondsPerImage: [], refusal };
      const image = syntheticImage();
      const milliseconds: number[] = [];
      for (let round = 0; round < WARM_UP_IMAGES + TIMED_IMAGES; round += 1) {
        const output = await engine.classify(image, { views: 1, signal });
        await nextTurn();
        stop();
        if (round >= WARM_UP_IMAGES) milliseconds.push(output.runMilliseconds);
      }
      return { millisecondsPerImage: milliseconds, refusal: null };
    } finally {
      signal.removeEventListener('abort', restore);
      restore();
    }
  }

  return {
    apply,
    ready,
    start,
    benchmark(backend) {
      cancelling = new AbortController();
      const { signal } = cancelling;
      const mine = running.then(() => run(backend, signal));
      running = mine.catch(() => undefined);
      return mine;
    },
    cancelBenchmark() {
      cancelling.abort();
    },
  };
}
