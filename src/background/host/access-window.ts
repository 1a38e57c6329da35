import { browser } from '../../platform/browser';

/** The built page, from the extension's root; vite.config.ts names it. */
const PAGE = 'src/access/index.html';
const SIZE_PX = { width: 480, height: 320 };

/**
 * Asks in a window of ours, by a button that a person presses: Firefox takes no press that a content script
 * sends word of.
 * @param origins match patterns
 * @returns whether there is access when the window has closed
 */
export async function askInWindow(origins: readonly string[]): Promise<boolean> {
  const asked = new URLSearchParams(origins.map((origin) => ['origin', origin]));
  const { id } = await browser.windows.create({
    type: 'popup',
    url: `${browser.runtime.getURL(PAGE)}?${asked.toString()}`,
    ...SIZE_PX,
  });
  await new Promise<void>((resolve) => {
    const onRemoved = (windowId: number): void => {
      if (windowId !== id) return;
      browser.windows.onRemoved.removeListener(onRemoved);
      resolve();
    };
    browser.windows.onRemoved.addListener(onRemoved);
  });
  return await browser.permissions.contains({ origins: [...origins] });
}
