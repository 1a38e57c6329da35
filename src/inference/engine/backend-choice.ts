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
/** Backends that are nothing but the package's own code. */
const ON_PROCESSOR: ReadonlySet<Backend> = new Set<Backend>(['wasm', 'cpu']);

/** What is known of the backends of one engine. */
export interface BackendChoice {
  /** As `Engine.recall`. */
  recall: (memory: BackendMemory) => void;
  /** Starts the reports anew. @returns what is to be tried, in this order */
  begin: (pinned: 'auto' | Backend) => Candidate[];
  reportFor: (backend: Backend) => BackendReport;
  /** A candidate's turn: may it be opened? Where not, its report says why. */
  mayOpen: (candidate: Candidate) => boolean;
  /** Did an engine before this one prove that the backend computes rightly? Never of a GPU. */
  isProven: (backend: Backend, variant: ModelVariant) => boolean;
  /** Notes that a device was lost; the second time within a minute, or `again`, the backend is given up. */
  noteLoss: (backend: Backend, reason: string, again: boolean) => void;
  forgetLosses: () => void;
  /** Copies, in the order in which the backends were tried. */
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
  let tried: Backend[] = [];
  const lostAt = new Map<Backend, number>();
  /** Backends lost too often, and how. */
  const givenUp = new Map<Backend, string>();

  function reportFor(backend: Backend): BackendReport {
    const report = reports.find((each) => each.backend === backend);
    if (report === undefined) throw new Error(`No report for ${backend}.`);
    return report;
  }

  /** What was tried goes before what was not. */
  function placeOf({ backend }: BackendReport): number {
    const place = tried.indexOf(backend);
    return place === -1 ? tried.length : place;
  }

  return {
    recall(known) {
      memory = known;
    },
    begin(pinned) {
      const candidates = candidatesOf(drivers, pinned);
      tried = [];
      reports = BACKENDS.map(
        (backend) => recalledRefusal(memory, backend, pinned) ?? untriedReport(backend, pinned),
      );
      return candidates;
    },
    reportFor,
    mayOpen({ driver: { backend }, allowSoftware }) {
      if (!tried.includes(backend)) tried.push(backend);
      reports.sort((a, b) => placeOf(a) - placeOf(b));
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
    },
    isProven(backend, variant) {
      if (memory?.variant !== variant || !ON_PROCESSOR.has(backend)) return false;
      return memory.backends.some((known) => known.backend === backend && known.outcome === 'used');
    },
    noteLoss(backend, reason, again) {
      const now = performance.now();
      const before = lostAt.get(backend);
      if (again || (before !== undefined && now - before < LOSS_MEMORY_MS)) {
        givenUp.set(backend, reason);
      }
      lostAt.set(backend, now);
    },
    forgetLosses() {
      lostAt.clear();
      givenUp.clear();
    },
    reports: () => reports.map((report) => ({ ...report })),
    clearReports() {
      reports = [];
    },
    refusals: () =>
      reports
        .filter(({ outcome }) => outcome === 'refused')
        .map(({ backend, reason }) => `${backend}: ${reason?.message ?? 'refused'}`)
        .join(' · '),
  };
}
