import { untilProgress } from '../../drive/labelling-progress';
import type { Figure, Torture } from '../campaign';
import { openBody } from '../pages';

const PIXEL = 'data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7';
const REPORT_LIMIT_MS = 5000;
const TASK_LIMIT_MS = 50;
const FOUND_LIMIT_MS = 120_000;

/** A page of very many images: they are found, and its report is there soon, while the page goes on. */
export async function growth(torture: Torture): Promise<Figure[]> {
  const { session, isShort } = torture;
  const count = isShort ? 2000 : 20_000;
  const images = Array.from(
    { length: count },
    (_, place) => `<li><img width="20" height="20" alt="One ${place}" src="${PIXEL}"></li>`,
  );
  const { page, tabId } = await openBody(torture, '/growth.html', `<ul>${images.join('')}</ul>`);
  await session.ask('labelPage', { tabId });
  await untilProgress(session, tabId, ({ found }) => found === count, FOUND_LIMIT_MS);
  await page.evaluate(() => {
    const world = globalThis as { longest?: number };
    world.longest = 0;
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) {
        world.longest = Math.max(world.longest ?? 0, duration);
      }
    }).observe({ type: 'longtask' });
  });
  const begin = performance.now();
  const { images: found } = await session.ask('getPageReport', { tabId });
  const milliseconds = performance.now() - begin;
  const longest = await page.evaluate(() => (globalThis as { longest?: number }).longest ?? 0);
  await page.close();
  return [
    { what: 'images in the report', value: found.length, limit: count, least: true },
    {
      what: 'report, ms',
      value: Math.round(milliseconds),
      limit: isShort ? null : REPORT_LIMIT_MS,
    },
    {
      what: 'longest task of the page meanwhile, ms',
      value: longest,
      limit: isShort ? null : TASK_LIMIT_MS,
    },
  ];
}
