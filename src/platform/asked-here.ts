import { browser, type Tabs } from './browser';
import { EXAMPLE_ITEM, menus } from './menus';

type OnMenu = Parameters<typeof menus.onClicked.addListener>[0];

/**
 * Hears, in a page of ours, that a person asks about a picture of this very tab, until the signal fires.
 * @param hear gets the picture's address from the browser's menu; null of a shortcut, which names none
 */
export function onAskedHere(hear: (address: string | null) => void, signal: AbortSignal): void {
  const own = browser.tabs.getCurrent();
  const ask = (tab: Tabs.Tab | undefined, address: string | null): void => {
    void own.then((current) => {
      if (current.id === tab?.id && !signal.aborted) hear(address);
    });
  };
  const onMenu: OnMenu = ({ menuItemId, srcUrl = null }, tab) => {
    if (menuItemId === EXAMPLE_ITEM && srcUrl !== null) ask(tab, srcUrl);
  };
  const onCommand = (command: string, tab?: Tabs.Tab): void => {
    if (command === 'describe-image' || command === 'speak-image') ask(tab, null);
  };
  menus.onClicked.addListener(onMenu);
  browser.commands.onCommand.addListener(onCommand);
  signal.addEventListener('abort', () => {
    menus.onClicked.removeListener(onMenu);
    browser.commands.onCommand.removeListener(onCommand);
  });
}
