import { browser } from './browser';

/** Chrome's page for shortcuts; Firefox has a function that opens its own. */
const SHORTCUTS_PAGE = 'chrome://extensions/shortcuts';

/** A command as the person has set it. */
export interface Shortcut {
  command: string;
  /** What it does, in the interface's language; empty for the browser's own commands. */
  description: string;
  /** The keys; empty where none are set. */
  keys: string;
}

export async function loadShortcuts(): Promise<Shortcut[]> {
  const commands = await browser.commands.getAll();
  return commands.map(({ name = '', description = '', shortcut = '' }) => ({
    command: name,
    description,
    keys: shortcut,
  }));
}

/** Only the browser may change an extension's shortcuts: opens the browser's page for that. */
export async function openShortcutsPage(): Promise<void> {
  const commands = browser.commands as { openShortcutSettings?: () => Promise<void> };
  if (commands.openShortcutSettings !== undefined) await commands.openShortcutSettings();
  else await browser.tabs.create({ url: SHORTCUTS_PAGE });
}
