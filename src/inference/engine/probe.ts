import type { BackendReport } from '../../core/engine-status';
import { CodedError } from '../../core/errors';
import type { Backend, ModelVariant } from '../../core/saying/prediction';
import type { ReadModel } from '../model/model-files';
import type { ModelEntry } from '../model/model-manifest';
import type { Candidate } from './backend-choice';
import { BackendRefusal, type Device, type Session } from './backend-driver';
import { isSelfTestPassed, selfTestDifference, selfTestInput } from './self-test';
import { TimeBoxError, withinTime } from './time-box';

/** A bad GPU driver can hang while it compiles or reads back; a good one is done in a second or two. */
const GPU_TIME_BOX_MS = 10_000;
/** For whatever may take long and still be right: a software GPU, a pinned one, a busy CPU. WebGPU on SwiftShader takes 8 s the first time. */
const PATIENT_TIME_BOX_MS = 90_000;

/** What is loaded and works. */
export interface Loaded {
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

/** What was being loaded is no longer wanted. */
export class Superseded extends Error {}

/** What a candidate is to load. */
export interface Wanted {
  variant: ModelVariant;
  /** Reads the model; asked once a device is open. */
  read: () => Promise<ReadModel>;
  /** Was the backend proved before, so that its first inference need not be awaited? */
  isProven: boolean;
  isWanted: () => boolean;
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function refusalOf(error: unknown): NonNullable<BackendReport['reason']> {
  if (error instanceof BackendRefusal) return { code: error.reason, message: error.message };
  const code = error instanceof TimeBoxError ? 'timed-out' : 'failed-to-start';
  return { code, message: messageOf(error) };
}

/** Puts the model on the device, and has it compute what is known. */
async function prove(
  device: Device,
  backend: Backend,
  { files, verified }: ReadModel,
  isProven: boolean,
): Promise<{ session: Session; difference: number }> {
  const session = await device.load(files);
  await verified;
  if (isProven) return { session, difference: 0 };
  const outputs = await session.run([selfTestInput(files.entry.inputSize)]);
  return { session, difference: selfTestDifference(outputs, backend, files.variant) };
}

/**
 * Opens, loads and proves one candidate.
 * @param report takes what comes of it
 * @returns undefined where the backend is refused
 * @throws Superseded, and CodedError for a bad model file
 */
export async function probe(
  { driver, allowSoftware, patient }: Candidate,
  { variant, read, isProven, isWanted }: Wanted,
  report: BackendReport,
): Promise<Loaded | undefined> {
  const { backend } = driver;
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
    model = await read();
    if (!isWanted()) throw new Superseded();
    const { session, difference } = await withinTime(
      prove(device, backend, model, isProven),
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
      ...{ backend, variant, device, session, timeBoxMs },
      entry: model.files.entry,
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
