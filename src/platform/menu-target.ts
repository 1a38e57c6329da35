import { browser } from './browser';

/** As much of it as content scripts have. */
interface MenusInPages {
  menus?: { getTargetElement: (id: number) => unknown };
}

/**
 * The element that the browser's menu was opened on, inside closed shadow roots too; nothing where the browser
 * tells none: Chromium never, Firefox in the frame of the menu alone and while the element is there.
 */
export function elementOfMenu(id: number): unknown {
  return (browser as MenusInPages).menus?.getTargetElement(id);
}
