import { browser } from './browser';

/** The browser's menus: Firefox's have a name and a permission of their own, and tell more. */
export const menus = (browser as Partial<typeof browser>).menus ?? browser.contextMenus;
