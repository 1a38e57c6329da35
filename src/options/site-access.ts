import { useEffect, useState } from 'preact/hooks';

import { ALL_SITES, hostPattern, hostPatterns } from '../core/address/match-pattern';
import {
  askForAccess,
  grantedPatterns,
  handBackAccess,
  isAccessGranted,
  onAccessChanged,
} from '../platform/access';

/** Match patterns that the person gave access to. */
export interface SiteAccess {
  patterns: readonly string[];
  /** Access to every site. */
  all: boolean;
}

async function loadAccess(): Promise<SiteAccess> {
  const [patterns, all] = await Promise.all([grantedPatterns(), isAccessGranted(ALL_SITES)]);
  return { patterns, all };
}

/** The access as it is now; null until it is known. The browser lets it be changed elsewhere, too. */
export function useSiteAccess(): SiteAccess | null {
  const [access, setAccess] = useState<SiteAccess | null>(null);
  useEffect(() => {
    const refresh = () => {
      loadAccess().then(setAccess, () => {
        setAccess({ patterns: [], all: false });
      });
    };
    refresh();
    return onAccessChanged(refresh);
  }, []);
  return access;
}

export function hasAccess({ patterns, all }: SiteAccess, origin: string): boolean {
  const pattern = hostPattern(origin);
  return all || (pattern !== null && patterns.includes(pattern));
}

/** Asks the person for access to these sites; to be called in the turn of a click. False where it is refused. */
export async function requestAccess(origins: readonly string[] | 'all'): Promise<boolean> {
  const patterns = origins === 'all' ? [...ALL_SITES] : hostPatterns(origins);
  return await askForAccess(patterns);
}

/** Gives access back. False where the browser keeps it, because something else includes it. */
export async function giveBackAccess(origins: readonly string[] | 'all'): Promise<boolean> {
  const patterns = origins === 'all' ? [...ALL_SITES] : hostPatterns(origins);
  return await handBackAccess(patterns);
}
