import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import puppeteer from 'puppeteer';

import type { Draw } from './drawings/drawing';
import { FIGURES } from './drawings/figures';
import { GRAPHICS } from './drawings/graphics';
import { PAPERS } from './drawings/papers';
import { PATTERNS } from './drawings/patterns';
import { seededRandom } from './drawings/random';
import { SCREENS } from './drawings/screens';

const KINDS: Record<string, Draw> = { ...SCREENS, ...PAPERS, ...GRAPHICS, ...FIGURES, ...PATTERNS };

/** Change it with the drawings: what lies there from before is drawn anew. */
const EDITION = '1';

/**
 * Draws `each` pictures of every kind that is no photo into `folder/<kind>/<number>.png`, unless
 * this edition lies there already. The same seeds give the same pictures on the same browser and fonts.
 */
export async function renderNotPhotos(
  folder: string,
  each: number,
  browserPath: string,
): Promise<void> {
  const stamp = join(folder, 'edition.txt');
  const edition = `${EDITION}, ${each} of each kind`;
  if (existsSync(stamp) && (await readFile(stamp, 'utf8')) === edition) return;
  const browser = await puppeteer.launch({ executablePath: browserPath, args: ['--no-sandbox'] });
  try {
    const page = await browser.newPage();
    for (const [place, [kind, draw]] of Object.entries(KINDS).entries()) {
      await mkdir(join(folder, kind), { recursive: true });
      for (let number = 0; number < each; number += 1) {
        const { width, height, html } = draw(seededRandom(place * 1000 + number));
        await page.setViewport({ width, height });
        await page.setContent(html.startsWith('<body') ? html : `<body style="margin:0">${html}`);
        await writeFile(join(folder, kind, `${number}.png`), await page.screenshot());
      }
    }
  } finally {
    await browser.close();
  }
  await writeFile(stamp, edition);
}
