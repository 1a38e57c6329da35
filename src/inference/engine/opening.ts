/** Which backend the model is loaded on, of those that may be tried. */
import { CodedError } from '../../core/errors';
import { loadModelFiles } from '../model/model-files';
import type { EngineConfig, EngineParts } from './api';
import type { BackendChoice, Candidate } from './backend-choice';
import { type Loaded, probe, Superseded, type Wanted } from './probe';

/** What is loaded, and the better candidates for which it stands in. */
export interface Opened {
  found: Loaded;
  better: Candidate[];
}

interface Conditions {
  isWanted: () => boolean;
  /** May one answer before the better ones were tried? */
  mayStandIn: boolean;
}

/**
 * Tries one candidate; its report takes what comes of it.
 * @returns undefined where the backend is refused
 * @throws Superseded, and CodedError for a bad model file
 */
export function tryCandidate(
  candidate: Candidate,
  choice: BackendChoice,
  wanted: Omit<Wanted, 'isProven'>,
): Promise<Loaded | undefined> {
  const { backend } = candidate.driver;
  const isProven = choice.isProven(backend, wanted.variant);
  return probe(candidate, { ...wanted, isProven }, choice.reportFor(backend));
}

async function openAny(
  { backend: pinned, variant }: EngineConfig,
  choice: BackendChoice,
  { models, fetchFile }: Pick<EngineParts, 'models' | 'fetchFile'>,
  { isWanted, mayStandIn }: Conditions,
): Promise<Opened> {
  const candidates = choice.begin(pinned);
  // Read while the first backend opens.
  const reading = loadModelFiles(variant, models[variant], fetchFile, choice.isVerified(variant));
  reading.catch(() => undefined); // thrown where it is awaited
  const wanted = { variant, read: () => reading, isWanted };
  const standIn = mayStandIn ? choice.standInOf(candidates) : undefined;
  if (standIn !== undefined) {
    const found = await tryCandidate(standIn.candidate, choice, wanted);
    if (found !== undefined) return { found, better: standIn.better };
    if (!isWanted()) throw new Superseded();
  }
  for (const candidate of candidates) {
    if (!choice.mayOpen(candidate)) continue;
    const found = await tryCandidate(candidate, choice, wanted);
    if (found !== undefined) return { found, better: [] };
    if (!isWanted()) throw new Superseded();
  }
  const { verified } = await reading;
  await verified; // a bad model file is the better reason
  throw new CodedError('no-backend', choice.refusals());
}

/**
 * Loads the model on the first backend that works; or, where better ones would first have to be tried and
 * one may stand in, on that.
 * @throws Superseded, and CodedError `no-backend`, `model-missing`, `model-altered`
 */
export async function openBest(
  config: EngineConfig,
  choice: BackendChoice,
  parts: Pick<EngineParts, 'models' | 'fetchFile'>,
  conditions: Conditions,
): Promise<Opened> {
  const opened = await openAny(config, choice, parts, conditions);
  if (conditions.isWanted()) return opened;
  opened.found.device.close();
  throw new Superseded();
}
