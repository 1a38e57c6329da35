/** An audit as its formats write it. */
import type { Finding } from './findings';
import type { PageAudit } from './page-audit';
import { FINDING_KINDS, type FindingKind } from './rules';

export interface AuditResult {
  /** ISO 8601, UTC. */
  takenAt: string;
  /** Of the extension. */
  version: string;
  pages: readonly PageAudit[];
  findings: readonly Finding[];
  /** Was it stopped before its end? */
  isCut: boolean;
}

/** How many findings there are of each kind. */
export function countKinds(findings: readonly Finding[]): Record<FindingKind, number> {
  const counts = { missing: 0, weak: 0, mismatch: 0, question: 0 };
  for (const { kind } of findings) counts[kind] += 1;
  return counts;
}

/** Gravest first; of equal kinds those with most places. */
export function gravestFirst(findings: readonly Finding[]): Finding[] {
  return [...findings].sort(
    (a, b) =>
      FINDING_KINDS.indexOf(a.kind) - FINDING_KINDS.indexOf(b.kind) ||
      b.places.length - a.places.length,
  );
}

export function imageCount(pages: readonly PageAudit[]): number {
  return pages.reduce((sum, page) => sum + (page.status === 'audited' ? page.images.length : 0), 0);
}
