import { browser } from '../platform/browser';

import { toFailure } from '../core/errors';
import { ALL_SITES, hostPattern, webOrigin } from '../core/address/match-pattern';
import { showFailureBadge } from '../platform/badge';
import type { Labelling } from './labelling/labelling';
import type { ActionItem } from './menus';

const HOUR_MS = 60 * 60 * 1000;

/**
 * Does what an item of the toolbar button's menu says, for a tab that shows `address`. Access is asked
 * for first, in the turn of the click: the browser grants it only there.
 */
export async function runActionItem(
  item: ActionItem,
  tabId: number,
  address: string | undefined,
  labelling: Labelling,
): Promise<void> {
  const access = requestAccess(item, address);
  const origin = webOrigin(address);
  try {
    const isGranted = await access;
    switch (item) {
      case 'label-page':
        await labelling.labelPage(tabId);
        break;
      case 'unlabel-page':
        await labelling.unlabelPage(tabId);
        break;
      case 'always-label':
        if (origin !== null && isGranted) await labelling.setSiteRule(origin, 'always');
        break;
      case 'never-label':
        if (origin !== null) await labelling.setSiteRule(origin, 'never');
        break;
      case 'label-all':
        if (isGranted) await labelling.setLabelAllSites(true);
        break;
      case 'pause-hour':
        await labelling.pause(Date.now() + HOUR_MS);
        break;
      case 'pause-restart':
        await labelling.pause('restart');
        break;
      case 'resume':
        await labelling.pause(null);
        break;
    }
  } catch (error) {
    await showFailureBadge(tabId, toFailure(error));
  }
}

/** Asks for what the item needs, and for no more. */
function requestAccess(item: ActionItem, address: string | undefined): Promise<boolean> {
  if (item === 'label-all') return browser.permissions.request({ origins: [...ALL_SITES] });
  const pattern = address === undefined ? null : hostPattern(address);
  if (item !== 'always-label' || pattern === null) return Promise.resolve(true);
  return browser.permissions.request({ origins: [pattern] });
}
