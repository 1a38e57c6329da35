import { browser, type Tabs } from './browser';

/** The tab in front, where there is one. */
export async function activeTab(): Promise<Tabs.Tab | undefined> {
  const [tab] = await browser.tabs.query({ active: true, currentWindow: true });
  return tab;
}

/** Rejects where there is no such tab. */
export function tabOf(tabId: number): Promise<Tabs.Tab> {
  return browser.tabs.get(tabId);
}

export async function openTab(url: string): Promise<void> {
  await browser.tabs.create({ url });
}

export async function openOptions(): Promise<void> {
  await browser.runtime.openOptionsPage();
}

/** The version of the extension, as its manifest has it. */
export function packageVersion(): string {
  return browser.runtime.getManifest().version;
}

/** The address of a file of the extension, by its path in the package. */
export function packageAddress(path: string): string {
  return browser.runtime.getURL(path);
}
