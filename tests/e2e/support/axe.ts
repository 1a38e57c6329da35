/** Runs axe-core in a page of the extension, in each of its colour schemes. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

import type { Page } from 'puppeteer';

import { sessionOf } from '../../../scripts/drive/extension-session';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export interface AxeResult {
  /** `rule targets`, one a violation. */
  violations: string[];
  passes: number;
}

const SCHEMES = {
  light: { name: 'prefers-color-scheme', value: 'light' },
  dark: { name: 'prefers-color-scheme', value: 'dark' },
  'forced colours': { name: 'forced-colors', value: 'active' },
};

/** The violations in light, dark and forced colours. */
export async function runAxe(page: Page): Promise<Record<keyof typeof SCHEMES, AxeResult>> {
  const session = sessionOf(page.browser());
  const results: Record<string, unknown> = {};
  for (const [scheme, feature] of Object.entries(SCHEMES)) {
    // Without motion no colour is on its way from one scheme to the next.
    const still = { name: 'prefers-reduced-motion', value: 'reduce' };
    await session.emulateMedia(page, [feature, still]);
    results[scheme] = await page.evaluate(`(async () => {
      ${AXE}
      const { violations, passes } = await axe.run();
      return {
        violations: violations.map(({ id, nodes }) => id + ' ' + nodes.map(({ target }) => target)),
        passes: passes.length,
      };
    })()`);
  }
  await session.emulateMedia(page, []);
  return results as Record<keyof typeof SCHEMES, AxeResult>;
}
