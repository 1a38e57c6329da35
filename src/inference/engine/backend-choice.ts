/** Which backend: the order of trying, what was refused and why, what an engine before found out, losses. */
import type { BackendMemory, BackendReason, BackendReport } from '../../core/engine-status';
import { type Backend, BACKENDS, type ModelVariant } from '../../core/saying/prediction';
import type { BackendDriver } from './backend-driver';

/** A backend lost twice within this time is given up for the next one. */
const LOSS_MEMORY_MS = 60_000;

/** A backend that may be tried, and how. */
export interface Candidate {
  driver: BackendDriver;
  allowSoftware: boolean;
  /** May opening and running take long and still be right? */
  patient: boolean;
}

/** Refusals that the rest of a browser session does not change. */
const LASTING: ReadonlySet<BackendReason> = new Set<BackendReason>([
  'not-in-this-browser',
  'no-adapter',
  'software-only',
]);
/** There in a twentieth of a second on every machine, where a GPU is asked about for longer than it computes. */
const STANDS_IN: Backend = 'wasm';
/** Backends that are nothing but the package's own code. */
const ON_PROCESSOR: ReadonlySet<Backend> = new Set<Backend>(['wasm', 'cpu']);

/** A candidate, and the better ones before it that may be tried. */
export interface StandIn {
  candidate: Candidate;
  better: Candidate[];
}

/** What is known of the backends of one engine. */
export interface BackendChoice {
  /** As `Engine.recall`. */
  recall: (memory: BackendMemory) => void;
  /** Starts the reports anew. @returns what is to be tried, in this order */
  begin: (pinned: 'auto' | Backend) => Candidate[];
  /**
   * Of these candidates the one that is there first, and is to answer while the better ones are tried; none
   * where no better one may be.
   */
  standInOf: (candidates: readonly Candidate[]) => StandIn | undefined;
  reportFor: (backend: Backend) => BackendReport;
  /** A candidate's turn: may it be opened? Where not, its report says why. */
  mayOpen: (candidate: Candidate) => boolean;
  /** Did an engine before this one prove that the backend computes rightly? Never of a GPU. */
  isProven: (backend: Backend, variant: ModelVariant) => boolean;
  /** Did an engine before this one load the model, whose weights it hashed? */
  isVerified: (variant: ModelVariant) => boolean;
  /** Notes that a device was lost; the second time within a minute, or `again`, the backend is given up. */
  noteLoss: (backend: Backend, reason: string, again: boolean) => void;
  /** Notes that another backend was found, for which the one in use stood in. */
  noteStandIn: (found: Backend) => void;
  forgetLosses: () => void;
  /** Copies; see `BackendReport`. */
  reports: () => BackendReport[];
  clearReports: () => void;
  /** The refusals in words, for experts. */
  refusals: () => string;
}

function candidatesOf(drivers: readonly BackendDriver[], pinned: 'auto' | Backend): Candidate[] {
  const find = (backend: Backend): BackendDriver[] =>
    drivers.filter((driver) => driver.backend === backend);
  const steady = { allowSoftware: true, patient: true };
  if (pinned !== 'auto') return find(pinned).map((driver) => ({ driver, ...steady }));
  const gpu = { allowSoftware: false, patient: false };
  return [
    ...find('webgpu').map((driver) => ({ driver, ...gpu })),
    ...find('webgl').map((driver) => ({ driver, ...gpu })),
    ...find('wasm').map((driver) => ({ driver, ...steady })),
    ...find('webgl').map((driver) => ({ driver, ...steady })),
    ...find('cpu').map((driver) => ({ driver, ...steady })),
  ];
}

/** The report of a backend that was refused for good before; a pinned one is tried in any case. */
function recalledRefusal(
  memory: BackendMemory | null,
  backend: Backend,
  pinned: 'auto' | Backend,
): BackendReport | null {
  const known = memory?.backends.find((report) => report.backend === backend);
  const isLasting =
    known?.outcome === 'refused' && known.reason !== null && LASTING.has(known.reason.code);
  return pinned === 'auto' && isLasting ? { ...known } : null;
}

function untriedReport(backend: Backend, pinned: 'auto' | Backend): BackendReport {
  const isChosen = pinned === 'auto' || pinned === backend;
  return {
    backend,
    outcome: 'not-tried',
    reason: isChosen ? null : { code: 'not-chosen', message: `${pinned} is pinned.` },
    device: null,
    probeMilliseconds: null,
  };
}

export function createBackendChoice(drivers: readonly BackendDriver[]): BackendChoice {
  let reports: BackendReport[] = [];
  let memory: BackendMemory | null = null;
  const lostAt = new Map<Backend, number>();
  /** Backends lost too often, and how. */
  const givenUp = new Map<Backend, string>();

  function reportFor(backend: Backend): BackendReport {
    const report = reports.find((each) => each.backend === backend);
    if (report === undefined) throw new Error(`No report for ${backend}.`);
    return report;
  }

  /** A candidate's turn: may it be opened? Where not, its report says why. */
  function mayOpen({ driver: { backend }, allowSoftware }: Candidate): boolean {
    const report = reportFor(backend);
    const loss = givenUp.get(backend);
    if (loss !== undefined) {
      report.outcome = 'refused';
      report.reason = { code: 'lost', message: loss };
      return false;
    }
    // Refused before: it would be refused again, unless it may be software now.
    const isSoftware = report.reason?.code === 'software-only';
    return report.outcome !== 'refused' || (isSoftware && allowSoftware);
  }

  function sorted(): BackendReport[] {
    const isTried = ({ outcome }: BackendReport): boolean => outcome !== 'not-tried';
    return [...reports.filter(isTried), ...reports.filter((report) => !isTried(report))];
  }

  return {
    recall(known) {
      memory = known;
    },
    begin(pinned) {
      const candidates = candidatesOf(drivers, pinned);
      reports = BACKENDS.map(
        (backend) => recalledRefusal(memory, backend, pinned) ?? untriedReport(backend, pinned),
      );
      return candidates;
    },
    reportFor,
    mayOpen,
    standInOf(candidates) {
      const place = candidates.findIndex(({ driver }) => driver.backend === STANDS_IN);
      const candidate = candidates[place];
      const better = candidates.slice(0, Math.max(0, place)).filter(mayOpen);
      return candidate === undefined || better.length === 0 ? undefined : { candidate, better };
    },
    isProven(backend, variant) {
      if (memory?.variant !== variant || !ON_PROCESSOR.has(backend)) return false;
      const known = memory.backends.find((each) => each.backend === backend);
      return known?.outcome === 'used' || known?.outcome === 'stood-in';
    },
    isVerified: (variant) => memory?.variant === variant,
    noteLoss(backend, reason, again) {
      const now = performance.now();
      const before = lostAt.get(backend);
      if (again || (before !== undefined && now - before < LOSS_MEMORY_MS)) {
        givenUp.set(backend, reason);
      }
      lostAt.set(backend, now);
    },
    noteStandIn(found) {
      for (const report of reports) {
        if (report.outcome === 'used' && report.backend !== found) report.outcome = 'stood-in';
      }
    },
    forgetLosses() {
      lostAt.clear();
      givenUp.clear();
    },
    reports: () => sorted().map((report) => ({ ...report })),
    clearReports() {
      reports = [];
    },
    refusals: () =>
      sorted()
        .filter(({ outcome }) => outcome === 'refused')
        .map(({ backend, reason }) => `${backend}: ${reason?.message ?? 'refused'}`)
        .join(' · '),
  };
}
