import { join } from 'node:path';

import puppeteer from 'puppeteer';
import { build } from 'vite';

import { ensureBrowser } from '../drive/browser';
import { startSite } from '../drive/serve';
import { PROJECT_ROOT } from '../node/project-root';
import type { Verdict } from './in-page';
import type { Case, Suite } from './suites';

export interface Judged {
  case: Case;
  verdicts: Verdict[];
  agrees: boolean;
}

/** What judges, as one classic script. */
async function inPageScript(): Promise<string> {
  const built = await build({
    ...{ configFile: false, logLevel: 'error', root: PROJECT_ROOT },
    build: {
      ...{ write: false, minify: false },
      lib: {
        ...{ entry: join(PROJECT_ROOT, 'scripts/conformance/in-page.ts'), name: 'inPage' },
        formats: ['iife'],
      },
    },
  });
  const [output] = Array.isArray(built) ? built : [built];
  if (!('output' in output)) throw new Error('Nothing was built.');
  return output.output[0].code;
}

/** Opens each case's page in the browser, and asks our verdicts of what the suite judges there. */
export async function judgeSuite({ folder, cases }: Suite): Promise<Judged[]> {
  const script = await inPageScript();
  const { path } = await ensureBrowser();
  const site = await startSite({ folder });
  const isRoot = process.platform === 'linux' && process.getuid?.() === 0;
  const browser = await puppeteer.launch({
    ...{ executablePath: path, headless: true, pipe: true },
    args: ['--disable-background-networking', ...(isRoot ? ['--no-sandbox'] : [])],
  });
  const judged: Judged[] = [];
  try {
    const page = await browser.newPage();
    // The suites' own scripts judge by other means.
    await page.setRequestInterception(true);
    page.on('request', (request) => {
      const isLocal = request.url().startsWith(site.origin) || request.url().startsWith('data:');
      void (isLocal && request.resourceType() !== 'script' ? request.continue() : request.abort());
    });
    let shown: string | null = null;
    for (const one of cases) {
      if (shown !== one.html) {
        const isWhole = /<html|<!doctype/iu.test(one.html);
        site.set('/alt-lens-case.html', {
          body: isWhole
            ? one.html
            : `<!doctype html><html lang="en"><title>Case</title>${one.html}`,
        });
        await page.goto(`${site.origin}/alt-lens-case.html`, { waitUntil: 'load' });
        await page.evaluate(script);
        shown = one.html;
      }
      const verdicts = (await page.evaluate(
        `altLensVerdicts(${JSON.stringify(one.selector)})`,
      )) as Verdict[];
      judged.push({ case: one, verdicts, agrees: one.agrees(verdicts) });
    }
  } finally {
    await browser.close();
    await site.close();
  }
  return judged;
}
