import type { ElementHandle, Page } from 'puppeteer';

import type { CommandName, Place, RightClick, RightClickOptions } from '../extension-session';
import type { ExtensionPlaces } from './extension-places';
import { readMenuTarget } from './menu-target';
import type { TabAccess } from './tab-access';

/** What a person's hand does: the context menu and the shortcut. */
export interface PersonsHand {
  rightClick: (page: Page, place: Place, options?: RightClickOptions) => Promise<RightClick>;
  command: (page: Page, name?: CommandName) => Promise<{ at: number }>;
}

export function personsHand(
  { worker, stopWorker }: ExtensionPlaces,
  { tabWithAccess, frameId }: TabAccess,
): PersonsHand {
  const rightClick = async (
    page: Page,
    place: Place,
    options: RightClickOptions = {},
  ): Promise<RightClick> => {
    const { frame = page.mainFrame(), menuItemId, info: given = {}, stopsWorker = false } = options;
    const tab = await tabWithAccess(page);
    const handle = typeof place === 'string' ? await frame.$(place) : 'x' in place ? null : place;
    if (typeof place === 'string' && handle === null) throw new Error(`No element: ${place}`);
    const owner = handle === null ? frame : handle.frame;
    const id = owner === page.mainFrame() ? 0 : await frameId(page, owner);
    const point = await pointOf(place, handle);
    await page.mouse.move(point.page.x, point.page.y);
    await page.mouse.click(point.page.x, point.page.y, { button: 'right' });
    const target = await (handle === null
      ? owner.evaluate(readMenuTarget, null, point.frame.x, point.frame.y)
      : handle.evaluate(readMenuTarget, point.frame.x, point.frame.y));
    const isImage = target.mediaType === 'image';
    const info: chrome.contextMenus.OnClickData = {
      menuItemId: menuItemId ?? (isImage ? 'classify-image' : 'classify-here'),
      editable: false,
      pageUrl: page.url(),
      frameId: id,
      ...(id === 0 ? {} : { frameUrl: owner.url() }),
      ...(target.mediaType === null ? {} : { mediaType: target.mediaType }),
      ...(target.srcUrl === null ? {} : { srcUrl: target.srcUrl }),
      ...(target.linkUrl === null ? {} : { linkUrl: target.linkUrl }),
      ...(target.selectionText === null ? {} : { selectionText: target.selectionText }),
      ...given,
    };
    if (stopsWorker) await stopWorker();
    const at = Date.now();
    const running = await worker();
    await running.evaluate(
      (clicked, clickedTab) => {
        const event = chrome.contextMenus.onClicked as unknown as {
          dispatch: (info: chrome.contextMenus.OnClickData, tab: chrome.tabs.Tab) => void;
        };
        event.dispatch(clicked, clickedTab);
      },
      info,
      tab,
    );
    return { at, info };
  };

  const command = async (
    page: Page,
    name: CommandName = 'describe-image',
  ): Promise<{ at: number }> => {
    const tab = await tabWithAccess(page);
    const running = await worker();
    const at = Date.now();
    await running.evaluate(
      (pressedTab, pressed) => {
        const event = chrome.commands.onCommand as unknown as {
          dispatch: (name: string, tab: chrome.tabs.Tab) => void;
        };
        event.dispatch(pressed, pressedTab);
      },
      tab,
      name,
    );
    return { at };
  };

  return { rightClick, command };
}

interface Point {
  /** In the page's viewport. */
  page: { x: number; y: number };
  /** In the viewport of the element's own frame. */
  frame: { x: number; y: number };
}

/** The middle of what is seen of a place, scrolled into view. */
async function pointOf(place: Place, handle: ElementHandle | null): Promise<Point> {
  if (handle === null) {
    if (typeof place === 'string' || !('x' in place)) throw new Error('No point and no element.');
    return { page: place, frame: place };
  }
  await handle.scrollIntoView();
  const middle = await handle.clickablePoint();
  const box = await handle.boundingBox();
  if (box === null) throw new Error('The element is not shown.');
  const own = await handle.evaluate((element) => {
    const { x, y } = element.getBoundingClientRect();
    return { x, y };
  });
  return {
    page: middle,
    frame: { x: middle.x - box.x + own.x, y: middle.y - box.y + own.y },
  };
}
