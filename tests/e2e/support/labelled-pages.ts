/** Pages with photos, and how far their labelling is. */
import type { Page } from 'puppeteer';
import sharp from 'sharp';

import type { FrameProgress, PageReport } from '../../../src/messages/protocol';
import { asset, photoLabels, waitUntil, type ExtensionSession, type Resource } from '../harness';

/** As after the person has given access to all sites. */
export const ALL_HOSTS = ['http://*/*', 'https://*/*'];

/** So many distinct photos as JPEG files under `/photos/0.jpg`, `/photos/1.jpg`, …: as web sites have them. */
export async function photoResources(
  count: number,
  { width = 400, height = 300, cors = false } = {},
): Promise<Record<string, Resource>> {
  const labels = await photoLabels();
  if (labels.length * 2 < count) throw new Error(`Only ${labels.length} photos are there.`);
  // A mirrored photo is another picture.
  const files = [...labels, ...labels].slice(0, count);
  const entries = await Promise.all(
    files.map(async ({ file }, index): Promise<[string, Resource]> => {
      const body = await sharp(await asset(`photos/${file}`))
        .resize(width, height, { fit: 'cover' })
        .flop(index >= labels.length)
        .jpeg({ quality: 88 })
        .toBuffer();
      return [`/photos/${index}.jpg`, { body, cors }];
    }),
  );
  return Object.fromEntries(entries);
}

export async function progressOf(session: ExtensionSession, tabId: number): Promise<FrameProgress> {
  return (await session.ask('getPageState', { tabId })).progress;
}

/** Waits until the progress fulfils this. */
export async function untilProgress(
  session: ExtensionSession,
  tabId: number,
  holds: (progress: FrameProgress) => boolean,
  limitMs = 45_000,
): Promise<FrameProgress> {
  let last: FrameProgress | undefined;
  try {
    return await waitUntil(
      'the labelling is so far',
      async () => {
        last = await progressOf(session, tabId);
        return holds(last) ? last : undefined;
      },
      limitMs,
    );
  } catch (error) {
    throw new Error(`${String(error)}; last ${JSON.stringify(last)}`, { cause: error });
  }
}

export async function tabIdOf(session: ExtensionSession, page: Page): Promise<number> {
  const { id } = await session.tabOf(page);
  if (id === undefined) throw new Error('The page has no tab.');
  return id;
}

/** The images of a report whose selector or address holds this. */
export function imagesWith(report: PageReport, part: string): PageReport['images'] {
  return report.images.filter(
    ({ selector, address }) => selector.includes(part) || address?.includes(part) === true,
  );
}

/** Turns labelling of all sites on, as after the person has given access to them. */
export async function labelAllSites(session: ExtensionSession): Promise<void> {
  await session.ask('setLabelAllSites', { enabled: true });
}
