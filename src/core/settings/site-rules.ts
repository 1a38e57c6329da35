/** What a person wants on one site, by its origin. */
import type { Settings } from './settings';

/** `default`: follows the all-sites switch. */
export const SITE_RULES = ['default', 'always', 'never'] as const;
export type SiteRule = (typeof SITE_RULES)[number];

type Lists = Pick<Settings, 'alwaysSites' | 'neverSites'>;

/** The rule for an origin; where it stands in both lists, `never` holds. */
export function ruleFor({ alwaysSites, neverSites }: Lists, origin: string | null): SiteRule {
  if (origin === null) return 'default';
  if (neverSites.includes(origin)) return 'never';
  return alwaysSites.includes(origin) ? 'always' : 'default';
}

/** The lists with this rule for the origin, and no other. */
export function withRule(
  { alwaysSites, neverSites }: Lists,
  origin: string,
  rule: SiteRule,
): Lists {
  const without = (sites: string[]): string[] => sites.filter((site) => site !== origin);
  return {
    alwaysSites: rule === 'always' ? [...without(alwaysSites), origin] : without(alwaysSites),
    neverSites: rule === 'never' ? [...without(neverSites), origin] : without(neverSites),
  };
}
