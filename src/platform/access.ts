import browser from 'webextension-polyfill';

/** May the extension into all pages that these match patterns mean? */
export async function hasAccess(patterns: readonly string[]): Promise<boolean> {
  return await browser.permissions.contains({ origins: [...patterns] });
}
