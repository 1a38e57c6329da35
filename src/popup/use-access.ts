import { useEffect, useState } from 'preact/hooks';
import browser from 'webextension-polyfill';

import { ALL_SITES } from '../core/address/match-pattern';

/** Which hosts the person has given access to; null until it is known. */
export function useAccess(): readonly string[] | null {
  const [origins, setOrigins] = useState<readonly string[] | null>(null);
  useEffect(() => {
    const ask = () => {
      browser.permissions.getAll().then(
        (all) => {
          setOrigins(all.origins ?? []);
        },
        () => {
          setOrigins([]);
        },
      );
    };
    ask();
    browser.permissions.onAdded.addListener(ask);
    browser.permissions.onRemoved.addListener(ask);
    return () => {
      browser.permissions.onAdded.removeListener(ask);
      browser.permissions.onRemoved.removeListener(ask);
    };
  }, []);
  return origins;
}

export function hasAllSites(origins: readonly string[]): boolean {
  return ALL_SITES.every((pattern) => origins.includes(pattern));
}
