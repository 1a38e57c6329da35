import { hostPattern, originOfPattern, webOrigin } from '../core/address/match-pattern';
import type { Settings } from '../core/settings/settings';
import type { SiteRule } from '../messages/protocol';

/** A line of the table of sites. */
export interface SiteRow {
  origin: string;
  rule: SiteRule;
}

/** The origin that a person means by an address or a bare host name; null where it is neither. */
export function siteOrigin(written: string): string | null {
  const address = written.trim();
  if (address === '' || /\s/.test(address)) return null;
  return webOrigin(address) ?? (address.includes('://') ? null : webOrigin(`https://${address}`));
}

/**
 * The sites with a rule, and those that Alt Lens may read without one; by host name.
 * @param granted match patterns that the person gave access to
 */
export function siteRows(
  { alwaysSites, neverSites }: Settings,
  granted: readonly string[],
): SiteRow[] {
  const rules = new Map<string, SiteRule>();
  for (const origin of alwaysSites) rules.set(origin, 'always');
  for (const origin of neverSites) rules.set(origin, 'never');
  const covered = new Set([...rules.keys()].map(hostPattern));
  for (const pattern of granted) {
    const origin = originOfPattern(pattern);
    if (origin !== null && !covered.has(hostPattern(origin))) rules.set(origin, 'default');
  }
  const host = ({ origin }: SiteRow) => origin.replace(/^https?:\/\//, '');
  return Array.from(rules, ([origin, rule]) => ({ origin, rule })).sort((a, b) =>
    host(a).localeCompare(host(b), 'en'),
  );
}
