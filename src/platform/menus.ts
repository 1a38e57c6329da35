import { browser } from './browser';

/** The browser's menus: Firefox's have a name and a permission of their own, and tell more. */
export const menus = (browser as Partial<typeof browser>).menus ?? browser.contextMenus;

/** The item on photos of the welcome page, which answers for itself: no script of ours is put into our own pages. */
export const EXAMPLE_ITEM = 'classify-example';
