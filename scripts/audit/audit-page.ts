/** One page in the driven browser: opened, scrolled, labelled, read. */
import { setTimeout as wait } from 'node:timers/promises';

import type { CookieData, HTTPResponse, Page } from 'puppeteer';

import type { FrameImage, PageReport } from '../../src/core/report/page-report';
import { type ExtensionSession, waitUntil } from '../drive/extension-session';
import { tabIdOf } from '../drive/labelling-progress';
import { type AuditedImage, type PageAudit, PageError, type PageNote } from './page-audit';
import { walkDown } from './walk-down';

export interface VisitOptions {
  viewport: { width: number; height: number };
  /** Scrolls to the end first, so that what loads late is there. */
  scroll: boolean;
  /** A selector that must be there before the page is read. */
  waitFor: string | null;
  headers: Readonly<Record<string, string>>;
  cookies: readonly CookieData[];
  /** For everything that a page takes, milliseconds. */
  limitMs: number;
}

const MOST_SCROLLS = 60;
const SCROLL_PAUSE_MS = 120;
/** Between two reports, milliseconds; of each image one more, as a report of thousands costs more to ask for. */
const LOOK_MS = 40;
const THUMBNAILS_AT_ONCE = 500;
/** Each step of a page has so long, however little of the page's time is left, milliseconds. */
const LEAST_LEFT_MS = 4000;
/** A page whose own script never ends answers nothing: after so many times its limit it is closed. */
const MOST_LIMITS = 2;

const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Another name of the same site: with `www` or without. */
function isSameSite(one: string, other: string): boolean {
  const bare = (address: string): string => new URL(address).hostname.replace(/^www\./, '');
  return bare(one) === bare(other);
}

/** What the browser calls a navigation that failed, in our codes. */
export function navigationError(message: string): PageError {
  const [reason = message] = message.split('\n');
  if (/ERR_CERT|ERR_SSL|ERR_BAD_SSL/.test(message)) {
    return new PageError('tls-error', reason);
  }
  if (/Navigation timeout|TimeoutError/.test(message)) return new PageError('timed-out', reason);
  // A download, or what the browser shows in a viewer of its own.
  if (message.includes('ERR_ABORTED')) return new PageError('not-a-page', reason);
  if (/closed|crashed|detached/i.test(message)) return new PageError('page-closed', reason);
  return new PageError('unreachable', reason);
}

async function open(page: Page, url: string, limitMs: number): Promise<PageNote[]> {
  let response: HTTPResponse | null;
  try {
    response = await page.goto(url, { waitUntil: 'domcontentloaded', timeout: limitMs });
  } catch (error) {
    throw navigationError(error instanceof Error ? error.message : String(error));
  }
  if (response !== null && response.status() >= 400) {
    throw new PageError('http-status', String(response.status()));
  }
  const type = response?.headers()['content-type'] ?? 'text/html';
  if (!/^\s*(text\/html|application\/xhtml\+xml)/i.test(type)) {
    throw new PageError('not-a-page', type);
  }
  if (!isSameSite(url, page.url())) throw new PageError('redirected-elsewhere', page.url());
  const hasLoaded = await page
    .waitForFunction(() => document.readyState === 'complete', { timeout: limitMs / 3 })
    .then(
      () => true,
      () => false,
    );
  return hasLoaded ? [] : ['still-loading'];
}

/** Waits until nothing is being read; images out of view that nobody scrolled to are left. */
async function untilLabelled(
  session: ExtensionSession,
  tabId: number,
  limitMs: number,
  onReport: (report: PageReport) => void,
): Promise<{ report: PageReport; isWhole: boolean }> {
  const end = Date.now() + limitMs;
  for (;;) {
    const report = await session.ask('getPageReport', { tabId });
    onReport(report);
    const waits = report.images.some(
      ({ state, reason }) => state === 'pending' && reason !== 'not-near',
    );
    if (!waits) return { report, isWhole: true };
    if (Date.now() > end) return { report, isWhole: false };
    await pause(LOOK_MS + report.images.length);
  }
}

/** Small pictures by frame and id, drawn from what the page has decoded, until the time is up: findings hold without them. */
async function thumbnailsOf(
  session: ExtensionSession,
  tabId: number,
  images: PageReport['images'],
  until: number,
): Promise<ReadonlyMap<string, string>> {
  const drawn = new Map<string, string>();
  const frameIds = new Set(images.map(({ frameId }) => frameId));
  for (const frameId of frameIds) {
    const all = images.filter((image) => image.frameId === frameId);
    for (let from = 0; from < all.length && Date.now() < until; from += THUMBNAILS_AT_ONCE) {
      const ids = all.slice(from, from + THUMBNAILS_AT_ONCE).map(({ id }) => id);
      // From the background, which may ask pages as our own pages do: a tab for it takes longer than the answer.
      const worker = await session.worker();
      const answer = await worker.evaluate(
        async (tab, frame, wanted) =>
          chrome.tabs.sendMessage<unknown, { ok: boolean; value?: Record<string, string> }>(
            tab,
            { type: 'getThumbnails', ids: wanted },
            { frameId: frame },
          ),
        tabId,
        frameId,
        ids,
      );
      for (const [id, address] of Object.entries(answer.value ?? {})) {
        drawn.set(`${frameId}:${id}`, address);
      }
    }
  }
  return drawn;
}

/** Only what a finding may be about gets a picture. */
function isInteresting({ need, state }: FrameImage): boolean {
  return state === 'labelled' && need !== null;
}

async function linksOf(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    Array.from(document.querySelectorAll<HTMLAnchorElement>('a[href]'))
      .filter((link) => !link.relList.contains('nofollow'))
      .map((link) => link.href),
  );
}

type Audited = Omit<Extract<PageAudit, { status: 'audited' }>, 'milliseconds'>;

/** @param onReport told what is known so far: the page may not let us come to the end */
async function readPage(
  session: ExtensionSession,
  page: Page,
  url: string,
  options: VisitOptions,
  onReport: (known: Audited) => void,
): Promise<Audited> {
  const end = Date.now() + options.limitMs;
  const left = (): number => Math.max(LEAST_LEFT_MS, end - Date.now());
  await page.setViewport(options.viewport);
  if (Object.keys(options.headers).length > 0) await page.setExtraHTTPHeaders(options.headers);
  const notes = await open(page, url, options.limitMs);
  const { waitFor } = options;
  if (waitFor !== null) {
    await page.waitForSelector(waitFor, { timeout: left() / 2 }).catch(() => {
      throw new PageError('wait-for-missing', waitFor);
    });
  }
  if (options.scroll) {
    await page.evaluate(walkDown, MOST_SCROLLS, SCROLL_PAUSE_MS, left() / 3);
  }
  const tabId = await tabIdOf(session, page);
  await waitUntil(
    'the page is being labelled',
    async () => (await session.ask('getPageState', { tabId })).labelling === 'on',
    left() / 2,
  );
  const { report, isWhole } = await untilLabelled(session, tabId, left() / 2, ({ images }) => {
    onReport({
      ...{ url, status: 'audited', finalUrl: url, title: '', links: [] },
      images: images.map((image) => ({ ...image, thumbnail: null })),
      notes: [...notes, 'images-left'],
    });
  });
  if (!isSameSite(url, page.url())) throw new PageError('page-left', page.url());
  if (!isWhole) notes.push('images-left');
  const thumbnails = await thumbnailsOf(session, tabId, report.images.filter(isInteresting), end);
  const images = report.images.map((image): AuditedImage => ({
    ...image,
    thumbnail: thumbnails.get(`${image.frameId}:${image.id}`) ?? null,
  }));
  const links = await linksOf(page);
  return {
    ...{ url, status: 'audited', finalUrl: page.url(), title: await page.title() },
    ...{ images, notes, links },
  };
}

/** What a page comes to; of one that holds its browser's thread what was known before, or `timed-out`. */
async function readInTime(
  session: ExtensionSession,
  page: Page,
  url: string,
  options: VisitOptions,
): Promise<Audited> {
  const over = new AbortController();
  let known: Audited | null = null;
  const late = wait(MOST_LIMITS * options.limitMs, null, { signal: over.signal }).then(() => {
    if (known === null) throw new PageError('timed-out', 'a script of the page does not end');
    return known;
  });
  const reading = readPage(session, page, url, options, (report) => {
    known = report;
  });
  // Of the two the later one fails unheard.
  for (const each of [late, reading]) each.catch(() => undefined);
  try {
    return await Promise.race([reading, late]);
  } finally {
    over.abort();
  }
}

/** Audits one page; whatever happens there, the audit can go on. */
export async function auditPage(
  session: ExtensionSession,
  url: string,
  options: VisitOptions,
): Promise<PageAudit> {
  const startedAt = performance.now();
  const milliseconds = (): number => Math.round(performance.now() - startedAt);
  const page = await session.browser.newPage();
  // Puppeteer has each request under way listen to the end of each other one, to know when none is: of 10,000
  // images minutes. Nobody asks here.
  page.removeAllListeners('request');
  // A question that the page asks would hold it for ever.
  page.on('dialog', (dialog) => void dialog.dismiss().catch(() => undefined));
  try {
    if (options.cookies.length > 0) await session.browser.setCookie(...options.cookies);
    await page.bringToFront();
    return { ...(await readInTime(session, page, url, options)), milliseconds: milliseconds() };
  } catch (error) {
    const found = error instanceof PageError ? error : unexpected(page, error);
    return {
      ...{ url, milliseconds: milliseconds(), status: 'failed' },
      error: { code: found.code, message: found.message },
    };
  } finally {
    if (!page.isClosed()) await page.close().catch(() => undefined);
  }
}

function unexpected(page: Page, error: unknown): PageError {
  const reason = error instanceof Error ? error.message : String(error);
  const [told = ''] = reason.split('\n');
  if (page.isClosed() || /Target closed|Session closed|detached|has no tab/i.test(reason)) {
    return new PageError('page-closed', told, { cause: error });
  }
  // Whoever was asked something was of the document before.
  const isLeft = /back\/forward cache|context was destroyed|message channel closed/i.test(reason);
  return isLeft
    ? new PageError('page-left', page.url(), { cause: error })
    : new PageError('audit-failed', told, { cause: error });
}
