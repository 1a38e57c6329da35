/** Whether the findings are too many for a build to pass. */
import { ScriptError } from '../node/script-error';
import type { Finding } from './findings';
import { FINDING_KINDS, type FindingKind } from './rules';

export interface Limits {
  failOn: readonly FindingKind[];
  /** Findings of these kinds that still pass. */
  max: number;
  /** Fingerprints of an earlier audit: what is among them does not count. Null: all counts. */
  baseline: ReadonlySet<string> | null;
}

export const DEFAULT_FAIL_ON: readonly FindingKind[] = ['missing'];

/** @throws ScriptError `bad-usage` for a kind that does not exist */
export function parseKinds(text: string): FindingKind[] {
  return text.split(',').map((name) => {
    const kind = FINDING_KINDS.find((each) => each === name.trim());
    if (kind !== undefined) return kind;
    throw new ScriptError(
      'bad-usage',
      `--fail-on: ${name} is none of ${FINDING_KINDS.join(', ')}.`,
    );
  });
}

/**
 * The fingerprints of an earlier audit's JSON.
 * @throws ScriptError `bad-baseline` where the text is no such file
 */
export function parseBaseline(text: string, file: string): ReadonlySet<string> {
  const broken = (cause?: unknown): ScriptError =>
    new ScriptError('bad-baseline', `${file} is no JSON of an earlier audit (--json FILE).`, {
      cause,
    });
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    throw broken(error);
  }
  const { findings } = (parsed ?? {}) as { findings?: unknown };
  if (!Array.isArray(findings)) throw broken();
  return new Set(
    findings.map((finding: unknown) => {
      const { fingerprint } = (finding ?? {}) as { fingerprint?: unknown };
      if (typeof fingerprint !== 'string') throw broken();
      return fingerprint;
    }),
  );
}

/** Whether a build passes, and by what, for the last line that a person reads. */
export function verdictLine(
  { counting, failedPages }: { counting: number; failedPages: number },
  { failOn, max, baseline }: Limits,
): string {
  const rule = `--fail-on ${failOn.join(',')}, --max ${max}`;
  const known = baseline === null ? '' : ', but for what the baseline holds';
  const pages = failedPages === 0 ? '' : ', and pages failed';
  const passes = counting <= max && failedPages === 0;
  return `${passes ? 'Passes' : 'Fails'}: ${counting} count against it (${rule}${known})${pages}.\n`;
}

/** The findings that count against a build. */
export function countingFindings(
  findings: readonly Finding[],
  { failOn, baseline }: Pick<Limits, 'failOn' | 'baseline'>,
): Finding[] {
  return findings.filter(
    ({ kind, fingerprint }) => failOn.includes(kind) && baseline?.has(fingerprint) !== true,
  );
}
