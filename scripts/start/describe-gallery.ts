import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

import type { ElementHandle, Frame, Page } from 'puppeteer';

import type { Outcome } from '../../src/messages/protocol';
import type { ExtensionSession } from '../drive/extension-session';
import { PROJECT_ROOT } from '../node/project-root';

interface Picture {
  name: string;
  frame: Frame;
  element: ElementHandle;
}

async function findPictures(page: Page): Promise<Picture[]> {
  const pictures: Picture[] = [];
  for (const frame of page.frames()) {
    // `>>>` looks into shadow roots as well.
    for (const element of await frame.$$('>>> [data-demo]')) {
      const name = await element.evaluate((each) => each.getAttribute('data-demo') ?? '');
      pictures.push({ name, frame, element });
    }
  }
  return pictures;
}

function row(name: string, { result, milliseconds, failedRungs }: Outcome): string[] {
  if (!result.ok) return [name, `failed: ${result.error.code}`, '', '', '', ''];
  const { predictions, hint, backend, rung } = result.prediction;
  const said = hint?.label ?? predictions[0]?.label ?? '';
  const probability = hint?.probability ?? predictions[0]?.probability ?? 0;
  return [
    name,
    hint === null ? `(${said}?)` : said,
    `${(probability * 100).toFixed(1)} %`,
    backend,
    milliseconds.toFixed(0),
    rung + (failedRungs.length === 0 ? '' : ` after ${failedRungs.length}`),
  ];
}

function printTable(rows: readonly string[][]): void {
  const widths = (rows[0] ?? []).map((_cell, column) =>
    Math.max(...rows.map((cells) => cells[column]?.length ?? 0)),
  );
  for (const cells of rows) {
    const line = cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ');
    process.stdout.write(`${line.trimEnd()}\n`);
  }
}

/** Screenshots of the card that is open on the page, light and dark. Returns the files. */
async function shootCard(session: ExtensionSession, page: Page): Promise<string[]> {
  const folder = join(PROJECT_ROOT, 'build', 'screenshots');
  await mkdir(folder, { recursive: true });
  const files: string[] = [];
  for (const scheme of ['light', 'dark']) {
    await session.emulateMedia(page, [
      { name: 'prefers-color-scheme', value: scheme },
      { name: 'prefers-reduced-motion', value: 'reduce' },
    ]);
    const path = join(folder, `card-${scheme}.png`) as `${string}.png`;
    await page.screenshot({ path });
    files.push(path);
  }
  await session.emulateMedia(page, []);
  return files;
}

/**
 * Describes every picture of the gallery by the right-click path, prints a table, and takes
 * screenshots of a card. Returns how many pictures failed.
 */
export async function describeGallery(session: ExtensionSession, address: string): Promise<number> {
  const page = await session.openPage(address);
  await page.waitForNetworkIdle({ idleTime: 100 });
  const pictures = await findPictures(page);
  const rows = [['image', 'label', 'probability', 'backend', 'ms', 'way to the pixels']];
  let failed = 0;
  for (const [index, { name, frame, element }] of pictures.entries()) {
    process.stderr.write(`${index + 1}/${pictures.length} ${name}\n`);
    const outcome = await session.describe(page, element, { frame });
    if (!outcome.result.ok) failed += 1;
    rows.push(row(name, outcome));
    // The card would lie over the next picture.
    await page.keyboard.press('Escape');
  }
  const [first] = pictures;
  if (first === undefined) throw new Error('The gallery shows no picture.');
  // The card must not be caught while it fades in.
  await session.emulateMedia(page, [{ name: 'prefers-reduced-motion', value: 'reduce' }]);
  await session.describe(page, first.element);
  const files = await shootCard(session, page);
  printTable(rows);
  process.stdout.write(`\n${pictures.length - failed} of ${pictures.length} described.\n`);
  process.stdout.write(`Screenshots: ${files.join(', ')}\n`);
  return failed;
}
