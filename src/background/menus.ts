import type { Menus } from '../platform/browser';

import { ALL_SITES } from '../core/address/match-pattern';
import { text } from '../platform/i18n';
import { EXAMPLE_ITEM, menus } from '../platform/menus';
import { packageAddress, WELCOME_PAGE } from '../platform/tabs';

/** Pages that a content script can be put into. */
const PAGES = [...ALL_SITES, 'file:///*'];

/**
 * Where the page's menu has our item: on what the browser knows as an image, and on pictures that it takes
 * for page, link, frame or video; not on text fields, selections and audio. One item: on an image in a link
 * the browser would show two, behind one more step.
 */
const PAGE_CONTEXTS: Menus.ContextType[] = ['image', 'page', 'frame', 'link', 'video'];

/** `classify-here`, of what lies under the pointer whatever the browser knows, is in no menu of today. */
const PAGE_ITEMS = ['classify-image', 'classify-here'] as const;

/** The items of the toolbar button's menu. Browsers show six of them at most in its first level. */
const ACTION_ITEMS = {
  'label-page': 'menu_label_page',
  'unlabel-page': 'menu_unlabel_page',
  'always-label': 'menu_always_label',
  'never-label': 'menu_never_label',
  'label-all': 'menu_label_all',
  'pause-hour': 'menu_pause_hour',
  'pause-restart': 'menu_pause_restart',
  resume: 'menu_resume',
} as const;

export type PageItem = (typeof PAGE_ITEMS)[number];
export type ActionItem = keyof typeof ACTION_ITEMS;

export function isPageItem(id: string | number): id is PageItem {
  return PAGE_ITEMS.some((item) => item === id);
}

export function isActionItem(id: string | number): id is ActionItem {
  return Object.hasOwn(ACTION_ITEMS, id);
}

/** Puts our items into the browser's menus. They stay there when the worker stops. */
export async function createMenus(): Promise<void> {
  await menus.removeAll();
  menus.create({
    id: 'classify-image',
    title: text('menu_classify_image'),
    contexts: PAGE_CONTEXTS,
    documentUrlPatterns: PAGES,
  });
  menus.create({
    id: EXAMPLE_ITEM,
    title: text('menu_classify_image'),
    contexts: ['image'],
    documentUrlPatterns: [`${packageAddress(WELCOME_PAGE)}*`],
  });
  const parentId = 'labelling';
  menus.create({
    id: parentId,
    title: text('menu_labelling'),
    contexts: ['action'],
  });
  for (const [id, title] of Object.entries(ACTION_ITEMS)) {
    menus.create({ id, parentId, title: text(title), contexts: ['action'] });
  }
}
