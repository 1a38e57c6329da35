import type { Page } from 'puppeteer';

import { untilProgress } from '../../drive/labelling-progress';
import { photoResources } from '../../drive/photo-site';
import {
  ACTS,
  HEADERS,
  IMAGES,
  readAll,
  SPY,
  watchHostile,
  type Act,
  type Opened,
} from '../../../tests/e2e/support/hostile-ways';
import type { Figure, Torture } from '../campaign';
import { PAGE_HOST } from '../egress';
import { openBody, serve } from '../pages';

type Row = [what: string, act: Act];

/** A way in which a page may try to read or to use what is ours; true where it succeeds. */
type Way = readonly [what: string, attempt: (page: Page) => Promise<boolean>];

const WAYS: readonly Way[] = [
  [
    'an open shadow root of ours',
    (page) =>
      page.evaluate(() =>
        [...document.querySelectorAll('*')].some(
          (element) => element.shadowRoot !== null && !element.hasAttribute('data-mine'),
        ),
      ),
  ],
  [
    'a text of ours in the document',
    (page) => page.evaluate(() => document.documentElement.outerHTML.includes('Alt Lens')),
  ],
  [
    'an object of ours in the page’s world',
    (page) =>
      page.evaluate(() =>
        Object.getOwnPropertyNames(globalThis).some((name) => /lens/i.test(name)),
      ),
  ],
  [
    'a door to our files',
    (page) =>
      page.evaluate(async () => {
        const entries = performance.getEntriesByType('resource').map(({ name }) => name);
        return await Promise.resolve(entries.some((name) => name.startsWith('chrome-extension:')));
      }),
  ],
];

/** How long one row may take, milliseconds. */
const ROW_LIMIT_MS = 60_000;
/** Rows that the short form acts by: all of them are a test's of their own. */
const SHORT_ACTS = 2;

async function openHostile(torture: Torture, place: number): Promise<Opened> {
  const path = `/hostile-${place}.html`;
  serve(torture, path, {
    headers: HEADERS,
    body: `<!doctype html><html lang="en"><title>Page</title><link rel="icon" href="data:,">${SPY}<body>${IMAGES}`,
  });
  return await watchHostile(torture.session, await torture.session.openPage(PAGE_HOST + path));
}

async function inTime<T>(row: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`No answer within ${ROW_LIMIT_MS} ms.`));
    }, ROW_LIMIT_MS);
  });
  return await Promise.race([row, late]).finally(() => {
    clearTimeout(timer);
  });
}

/** Rows tried, those that succeeded, and those that could not be tried. */
interface Count {
  tried: number;
  succeeded: string[];
  untried: string[];
}

/** The rows of `tests/e2e/hostile-page.test.ts`, on a page of its own each. */
async function countActs(torture: Torture): Promise<Count> {
  const rows = Object.entries(ACTS);
  const chosen = torture.isShort
    ? Array.from({ length: SHORT_ACTS }, () => torture.random.pick(rows as [Row, ...Row[]]))
    : rows;
  const count: Count = { tried: 0, succeeded: [], untried: [] };
  for (const [place, [what, act]] of chosen.entries()) {
    await torture.session.ask('forgetDismissals', {});
    const opened = await openHostile(torture, place + 1);
    try {
      if (await inTime(act(opened))) count.succeeded.push(what);
      count.tried += 1;
    } catch (error) {
      count.untried.push(`${what}: ${String(error)}`);
    }
    await opened.page.close();
  }
  await torture.session.ask('forgetDismissals', {});
  return count;
}

async function countReads(torture: Torture): Promise<Count> {
  const opened = await openHostile(torture, 0);
  const tried = Number(await opened.page.evaluate('hostile.names.length'));
  try {
    const succeeded = await inTime(readAll(opened));
    return { tried, succeeded, untried: [] };
  } catch (error) {
    return { tried, succeeded: [], untried: [`reading: ${String(error)}`] };
  } finally {
    await opened.page.close();
  }
}

/** A page that means harm: what it succeeds in. */
export async function hostilePage(torture: Torture): Promise<Figure[]> {
  const { session, isShort } = torture;
  for (const [path, photo] of Object.entries(await photoResources(4))) serve(torture, path, photo);
  const images = Array.from(
    { length: 4 },
    (_, place) => `<img width="200" height="150" alt="One" src="/photos/${place}.jpg">`,
  );
  const { page, tabId } = await openBody(torture, '/hostile.html', images.join(''));
  await session.ask('labelPage', { tabId });
  await untilProgress(session, tabId, ({ labelled }) => labelled === images.length);
  const figures: Figure[] = [];
  for (const [what, attempt] of WAYS) {
    figures.push({
      what: `the page reaches: ${what}`,
      value: (await attempt(page)) ? 1 : 0,
      limit: 0,
    });
  }
  await page.close();
  const [reads, acts] = [await countReads(torture), await countActs(torture)];
  for (const each of [reads, acts]) {
    for (const row of [...each.succeeded, ...each.untried]) process.stderr.write(`${row}\n`);
  }
  const least = isShort ? SHORT_ACTS : Object.keys(ACTS).length;
  return [
    ...figures,
    { what: 'ways to read label and card', value: reads.tried, limit: 21, least: true },
    { what: 'ways to read that succeed', value: reads.succeeded.length, limit: 0 },
    { what: 'ways to act through ours', value: acts.tried, limit: least, least: true },
    { what: 'ways to act that succeed', value: acts.succeeded.length, limit: 0 },
    {
      what: 'ways that could not be tried',
      value: reads.untried.length + acts.untried.length,
      limit: 0,
    },
  ];
}
