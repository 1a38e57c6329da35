import { browser, type Tabs } from './browser';

/** The tab in front, where there is one. */
export async function activeTab(): Promise<Tabs.Tab | undefined> {
  const [tab] = await browser.tabs.query({ active: true, currentWindow: true });
  return tab;
}

/** Where a person is welcomed, in the package. */
export const WELCOME_PAGE = 'src/welcome/index.html';

/** Is it the welcome page that a tab shows? Its address is known of our own pages. */
export function isWelcome({ url = '' }: Tabs.Tab): boolean {
  return url.startsWith(packageAddress(WELCOME_PAGE));
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
