import { useEffect, useState } from 'preact/hooks';

import { ALL_SITES } from '../core/address/match-pattern';
import { grantedPatterns, onAccessChanged } from '../platform/access';

/** Which hosts the person has given access to; null until it is known. */
export function useAccess(): readonly string[] | null {
  const [origins, setOrigins] = useState<readonly string[] | null>(null);
  useEffect(() => {
    const ask = () => {
      grantedPatterns().then(setOrigins, () => {
        setOrigins([]);
      });
    };
    ask();
    return onAccessChanged(ask);
  }, []);
  return origins;
}

export function hasAllSites(origins: readonly string[]): boolean {
  return ALL_SITES.every((pattern) => origins.includes(pattern));
}
