/** How long one picture takes the model alone, on each backend, ours and others. */
import { type Backend, BACKENDS } from '../../src/core/saying/prediction';
import { isSoftwareGpu } from '../../src/inference/engine/backend-driver';
import {
  compareWithGolden,
  type GoldenLogits,
  readGolden,
} from '../../scripts/model/compiler/golden-logits';
import { openExtensionSession } from '../../scripts/drive/extension-session';
import { ScriptError } from '../../scripts/node/script-error';
import { type BenchBrowser, type Contender, openBenchBrowser } from '../bench-browser';
import { CONTENDER_TITLES, CONTENDERS, type ContenderName } from '../contenders/names';
import type { BenchRun, PartInRounds, PartResult } from '../run';
import { pairedRatio, rotated, type Summary, summarize } from '../statistics';
import { spread, type Table } from '../table';

interface Measured {
  contender: ContenderName;
  milliseconds: Summary;
  /** Times as long as ours, by rounds; null for ours. */
  timesOurs: Summary | null;
  /** Largest difference from the golden logits. */
  goldenDifference: number;
  firstMilliseconds: number;
}

interface BackendFigures {
  backend: Backend;
  /** How the browser was told to differ from the plain one. */
  condition: string | null;
  device: string | null;
  /** A GPU that is computed on the processor: right, but says nothing about GPUs. */
  isSoftware: boolean;
  rounds: number;
  imagesARound: number;
  contenders: Measured[];
  /** Of each picture: cutting the view, by the same code for all on wasm and cpu. */
  cutMs: Summary | null;
  /** Cutting both views of a picture as it travels, on our kernels. */
  ownCutMs: Summary | null;
  /** In the extension's own service worker, of a picture of 320 x 240. */
  inServiceWorker: Summary | null;
  /** Contenders that did not start, and why. */
  refused: { contender: ContenderName; reason: string }[];
}

/** wasm and cpu compute in 32 bits, but for those in bytes; GPUs may compute in 16. */
const TOLERANCE: Readonly<Record<Backend, number>> = {
  wasm: 0.01,
  cpu: 0.01,
  webgl: 0.3,
  webgpu: 0.3,
};
/** Ours and LiteRT.js compute in bytes: two that are near may change places. */
const BYTES_TOLERANCE = 0.35;
const IN_BYTES: readonly ContenderName[] = ['ours', 'litert'];
const OPEN_LIMIT_MS = 60_000;
const TIME_LIMIT_MS = 30_000;
/** A contender slower than this is timed on few pictures. */
const SLOW_MS = 200;
const ROUNDS = 24;
const IMAGES_A_ROUND = 4;
const SLOW_ROUNDS = 2;
const WARM_UP_IMAGES = 5;
const CUTS = 20;
const OWN_CUTS = 100;
/** Every so many rounds the service worker is asked, which times ten pictures at once. */
const WORKER_EVERY = 8;

const CONTENDERS_ON: Readonly<Record<Backend, readonly ContenderName[]>> = {
  wasm: CONTENDERS,
  webgpu: ['ours', 'graph-model', 'layers-model'],
  webgl: ['ours', 'graph-model', 'layers-model'],
  cpu: ['ours', 'layers-model'],
};

/** @throws ScriptError `logits-wrong`: who computes something else is not compared. */
async function checkLogits(
  contender: Contender,
  backend: Backend,
  golden: GoldenLogits,
): Promise<number> {
  const { difference, isTop5Same } = compareWithGolden(await contender.run(), golden);
  const isInBytes = backend === 'wasm' && IN_BYTES.includes(contender.name);
  const tolerance = isInBytes ? BYTES_TOLERANCE : TOLERANCE[backend];
  if (difference <= tolerance && (isInBytes || isTop5Same)) return difference;
  throw new ScriptError(
    'logits-wrong',
    `${CONTENDER_TITLES[contender.name]} on ${backend} is off the golden logits by ${difference}: it computes something else, and the comparison is void.`,
  );
}

async function openContenders(
  bench: BenchBrowser,
  backend: Backend,
  refused: BackendFigures['refused'],
): Promise<Contender[]> {
  const opened: Contender[] = [];
  for (const name of CONTENDERS_ON[backend]) {
    // On a software GPU each picture takes seconds, and the figures tell nothing of GPUs.
    if (name === 'graph-model' && isSoftwareGpu(opened[0]?.device ?? '')) continue;
    try {
      opened.push(await bench.openContender(name, backend, OPEN_LIMIT_MS));
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      if (backend === 'wasm') throw new Error(`${name} does not start: ${reason}`);
      refused.push({ contender: name, reason });
      // What ours can't have there, the others can't either.
      if (name === 'ours') return [];
    }
  }
  return opened;
}

/** Processors before 2021 (Intel) or 2024 (AMD) have no 8-bit products of this kind. */
const NO_VNNI = '--js-flags=--no-enable-avx-vnni';
const NO_VNNI_CONDITION = 'AVX-VNNI switched off';

async function timeBackend(
  run: BenchRun,
  bench: BenchBrowser,
  { backend, condition = null }: { backend: Backend; condition?: string | null },
  golden: GoldenLogits,
): Promise<BackendFigures> {
  run.say(`inference: ${titleOf({ backend, condition })}`);
  const refused: BackendFigures['refused'] = [];
  await bench.focusContenders();
  const contenders = await openContenders(bench, backend, refused);
  const first = new Map<Contender, { difference: number; milliseconds: number }>();
  let slowest = 0;
  for (const contender of contenders) {
    const startedAt = performance.now();
    const difference = await checkLogits(contender, backend, golden);
    first.set(contender, { difference, milliseconds: performance.now() - startedAt });
    const [again = 0] = await contender.time(1, TIME_LIMIT_MS);
    slowest = Math.max(slowest, again);
  }
  const isSlow = slowest > SLOW_MS || run.isQuick;
  const rounds = isSlow ? SLOW_ROUNDS : ROUNDS;
  const imagesARound = isSlow ? 1 : IMAGES_A_ROUND;
  if (!isSlow) {
    for (const contender of contenders) await contender.time(WARM_UP_IMAGES, TIME_LIMIT_MS);
  }
  const times = new Map(contenders.map((contender) => [contender, [] as number[][]]));
  const workerTimes: number[] = [];
  for (let round = 0; round < rounds && contenders.length > 0; round += 1) {
    for (const contender of rotated(contenders, round)) {
      times.get(contender)?.push(await contender.time(imagesARound, TIME_LIMIT_MS));
    }
    if (backend === 'wasm' && round % WORKER_EVERY === 0) {
      const { millisecondsPerImage } = await bench.session.ask('benchmarkBackend', { backend });
      workerTimes.push(...millisecondsPerImage);
    }
  }
  const [ours] = contenders;
  const device = ours?.device ?? null;
  const measured = contenders.map((contender): Measured => {
    const own = times.get(contender) ?? [];
    return {
      contender: contender.name,
      milliseconds: summarize(own.flat()),
      timesOurs:
        ours === undefined || contender === ours ? null : pairedRatio(own, times.get(ours) ?? []),
      goldenDifference: first.get(contender)?.difference ?? Number.NaN,
      firstMilliseconds: first.get(contender)?.milliseconds ?? Number.NaN,
    };
  });
  const cutMs = ours === undefined ? null : summarize(await ours.cut(CUTS));
  const ownCut = (await ours?.ownCut(OWN_CUTS)) ?? [];
  for (const contender of contenders) await contender.close();
  return {
    ...{ backend, condition },
    device,
    isSoftware: device !== null && isSoftwareGpu(device),
    rounds,
    imagesARound,
    contenders: measured,
    cutMs,
    ownCutMs: ownCut.length === 0 ? null : summarize(ownCut),
    inServiceWorker: workerTimes.length === 0 ? null : summarize(workerTimes),
    refused,
  };
}

/** A browser whose WebGPU has an adapter, if only the slow software one. */
async function openWithWebgpu(run: BenchRun): Promise<BenchBrowser> {
  const bench = await openBenchBrowser(run, { args: ['--enable-unsafe-webgpu'] });
  const worker = await bench.session.worker();
  const hasAdapter = await worker.evaluate(async () =>
    Boolean(await (navigator as { gpu?: GPU }).gpu?.requestAdapter()),
  );
  if (hasAdapter) return bench;
  await bench.close();
  return openBenchBrowser(run, { webgpuSoftware: true });
}

function titleOf({ backend, condition }: Pick<BackendFigures, 'backend' | 'condition'>): string {
  return condition === null ? backend : `${backend}, ${condition}`;
}

function tableOf(figures: BackendFigures): Table {
  const { device, isSoftware, rounds, imagesARound } = figures;
  const rows = figures.contenders.map(
    ({ contender, milliseconds, timesOurs, goldenDifference }) => [
      CONTENDER_TITLES[contender],
      spread(milliseconds),
      timesOurs === null ? '1' : spread(timesOurs),
      goldenDifference.toExponential(0),
    ],
  );
  if (figures.inServiceWorker !== null) {
    rows.push(['Alt Lens in its service worker', spread(figures.inServiceWorker), '', '']);
  }
  const notes = figures.refused.map(
    ({ contender, reason }) => `${CONTENDER_TITLES[contender]}: ${reason.split('\n')[0] ?? ''}`,
  );
  if (figures.cutMs !== null) {
    notes.push(
      `From the same pixels to logits; cutting the view is ${spread(figures.cutMs)} ms of it.`,
    );
  }
  if (figures.ownCutMs !== null) {
    notes.push(
      `Cutting both views of a picture as it travels, 399 x 299 px, by our kernels: ${spread(figures.ownCutMs)} ms.`,
    );
  }
  if (isSoftware) notes.push('A GPU computed on the processor: this says nothing about GPUs.');
  return {
    title: `Bare inference on ${titleOf(figures)}${device === null ? '' : ` (${device})`}: ${rounds} rounds of ${imagesARound}`,
    columns: ['one picture, one view', 'ms', 'x ours', 'off golden'],
    rows,
    notes,
  };
}

export async function inference(run: BenchRun): Promise<PartResult> {
  const { synthetic: golden } = await readGolden('accurate');
  const backends: BackendFigures[] = [];
  const plain = await openBenchBrowser(run);
  try {
    const wanted: Backend[] = run.isQuick ? ['wasm'] : ['wasm', 'cpu', 'webgl'];
    for (const backend of wanted) {
      backends.push(await timeBackend(run, plain, { backend }, golden));
    }
  } finally {
    await plain.close();
  }
  if (!run.isQuick) {
    const older = await openBenchBrowser(run, { args: [NO_VNNI] });
    try {
      const how = { backend: 'wasm', condition: NO_VNNI_CONDITION } as const;
      backends.push(await timeBackend(run, older, how, golden));
    } finally {
      await older.close();
    }
    const withWebgpu = await openWithWebgpu(run);
    try {
      backends.push(await timeBackend(run, withWebgpu, { backend: 'webgpu' }, golden));
    } finally {
      await withWebgpu.close();
    }
  }
  backends.sort((a, b) => BACKENDS.indexOf(a.backend) - BACKENDS.indexOf(b.backend));
  const wasm = backends.find(({ backend }) => backend === 'wasm');
  return {
    figures: { backends },
    tables: backends.map(tableOf),
    chart: {
      title: 'One picture through the model, wasm, one thread',
      unit: 'ms',
      bars: (wasm?.contenders ?? []).map(({ contender, milliseconds: { median, q1, q3 } }) => ({
        label: CONTENDER_TITLES[contender],
        ...{ median, q1, q3 },
        isOwn: contender === 'ours',
      })),
    },
  };
}

/** Our inference in the service worker, with the processor's 8-bit products and without, for two builds in turn. */
export async function inferenceRounds(): Promise<PartInRounds> {
  return Promise.resolve({
    open: async ({ extensionDir }) => {
      const plain = await openExtensionSession({ extensionDir });
      const older = await openExtensionSession({ extensionDir, args: [NO_VNNI] });
      const sessions = [
        ['one picture, one view, ms', plain],
        [`the same, ${NO_VNNI_CONDITION}, ms`, older],
      ] as const;
      return {
        measure: async () => {
          const figures: Record<string, number[]> = {};
          for (const [name, session] of sessions) {
            const result = await session.ask('benchmarkBackend', { backend: 'wasm' });
            figures[name] = result.millisecondsPerImage;
          }
          return figures;
        },
        close: async () => {
          for (const [, session] of sessions) await session.close();
        },
      };
    },
    close: () => Promise.resolve(),
  });
}
