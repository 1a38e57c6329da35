import { browser } from './browser';

/** Only the browser may change an extension's shortcuts; the browser's page for that. */
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

export async function openShortcutsPage(): Promise<void> {
  await browser.tabs.create({ url: SHORTCUTS_PAGE });
}
