import { useEffect, useState } from 'preact/hooks';

import { activeTab, tabOf } from '../platform/tabs';

export interface PageTab {
  id: number;
  /** Where Alt Lens may know it. */
  url: string | undefined;
}

/**
 * The tab that the popup speaks of: the one in front, or the one that its own address names
 * (`?tab=<id>`, for a popup that is shown in a tab of its own). Null until it is known.
 */
async function findPageTab(): Promise<PageTab | null> {
  const named = new URLSearchParams(location.search).get('tab');
  const tab = await (named === null ? activeTab() : tabOf(Number(named)));
  return tab?.id === undefined ? null : { id: tab.id, url: tab.url };
}

export function usePageTab(): PageTab | null {
  const [tab, setTab] = useState<PageTab | null>(null);
  useEffect(() => {
    // A tab that is gone has nothing to tell; the rest of the popup works without.
    findPageTab().then(setTab, () => undefined);
  }, []);
  return tab;
}
