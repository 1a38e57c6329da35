/** The report in a tab of its own: it outlives its page, is gone through by keys, and taken away. */
import type { Page } from 'puppeteer';
import { beforeAll, expect, onTestFinished, test } from 'vitest';

import type { ExportedReport } from '../../src/core/report/export-json';
import { withHostPermissions } from '../../scripts/drive/extension-session';
import { createTemporaryFolder } from '../../scripts/node/temporary-folder';
import type { PageReport } from '../../src/core/report/page-report';
import { english } from '../fixtures/popup/english';
import {
  builtExtension,
  openSession,
  openSite,
  waitUntil,
  type ExtensionSession,
  type Site,
} from './harness';
import { runAxe } from './support/axe';
import { ALL_HOSTS, photoResources, tabIdOf, untilProgress } from './support/labelled-pages';
import { openPopupFor, press, REPORT, untilText, watchDownloads } from './support/page-popup';

const PHOTOS = 10;

let session: ExtensionSession;
let site: Site;
let report: Page;
let known: PageReport;

beforeAll(async () => {
  site = await openSite({ resources: await photoResources(PHOTOS) });
  const images = Array.from(
    { length: PHOTOS },
    (_, index) => `<img id="photo-${index}" width="180" height="135" src="/photos/${index}.jpg">`,
  );
  site.set('/photos.html', {
    body: `<!doctype html><html lang="en"><title>Photos</title><link rel="icon" href="data:,">${images.join('')}`,
  });
  session = await openSession({ hostPermissions: ALL_HOSTS });

  const page = await session.openPage(`${site.origin}/photos.html`);
  const tabId = await tabIdOf(session, page);
  await session.ask('labelPage', { tabId });
  await untilProgress(session, tabId, ({ labelled }) => labelled === PHOTOS);
  known = await session.ask('getPageReport', { tabId });
  const popup = await openPopupFor(session, page);
  await popup.waitForSelector('.image-row');
  await press(popup, english('popup_open_report'));
  report = await session.openedPage(REPORT);
  await popup.close();
  await page.close();
  await report.bringToFront();
});

const drafted = () => known.images.filter(({ draft }) => draft !== null);

/** What the row of an image says. */
const rowOf = (index: number): Promise<string> =>
  report.$eval(
    `li[aria-posinset="${index + 1}"] .triage-row`,
    (row) => (row as HTMLElement).innerText,
  );

test('the report is whole after its page was closed, with thumbnails', async () => {
  await report.reload();
  await report.waitForSelector('.triage-row');
  const size = await report.$eval('.virtual-rows > li', (row) => row.ariaSetSize);
  expect(size).toBe(String(PHOTOS));
  await report.waitForFunction(
    () =>
      (document.querySelector<HTMLImageElement>('.thumbnail.large img')?.naturalWidth ?? 0) > 16,
  );
  expect(await report.$eval('.report-head', ({ textContent }) => textContent)).toContain(
    english('report_decided', '0', String(drafted().length)),
  );
});

test('suggestions are accepted, edited and rejected by keys alone, and stay so over a reload', async () => {
  const indexes = known.images.flatMap(({ draft }, index) => (draft === null ? [] : [index]));
  const [accepted, edited, rejected] = indexes;
  if (accepted === undefined || edited === undefined || rejected === undefined) {
    throw new Error('Three of the photos should be sure enough.');
  }
  const goTo = async (index: number): Promise<void> => {
    await report.keyboard.press('Home');
    await report.keyboard.press('k');
    for (let at = 0; at <= PHOTOS; at += 1) {
      const position = await report.evaluate(
        () => document.activeElement?.closest('li')?.ariaPosInSet ?? '0',
      );
      if (position === String(index + 1)) return;
      await report.keyboard.press(Number(position) > index + 1 ? 'k' : 'j');
    }
    throw new Error(`Row ${index} is not reached.`);
  };

  await goTo(accepted);
  await report.keyboard.press('a');
  await waitUntil(
    'it is accepted',
    async () => (await rowOf(accepted)).includes(english('report_decision_accepted')),
    5000,
  );
  await goTo(edited);
  await report.keyboard.press('e');
  await report.waitForSelector('.draft-editor input:focus');
  // Letters are letters here; the text was selected.
  await report.keyboard.type('A jar, really');
  await report.keyboard.press('Enter');
  await waitUntil(
    'it is edited',
    async () => (await rowOf(edited)).includes('A jar, really'),
    5000,
  );
  await goTo(rejected);
  await report.keyboard.press('r');
  await waitUntil(
    'it is rejected',
    async () => (await rowOf(rejected)).includes(english('report_decision_rejected')),
    5000,
  );
  const decided = english('report_decided', '3', String(drafted().length));
  await untilText(report, '.report-head [role=status]', (text) => text === decided);

  await report.reload();
  await untilText(report, '.report-head [role=status]', (text) => text === decided);
  await goTo(rejected);
  await report.keyboard.press('u');
  await untilText(
    report,
    '.report-head [role=status]',
    (text) => text === english('report_decided', '2', String(drafted().length)),
  );

  const saved = await watchDownloads(session);
  await press(report, english('report_save_json'));
  const { images } = JSON.parse(await saved('.json')) as ExportedReport;
  expect(images.map(({ altText, decision }) => [altText, decision])).toEqual(
    known.images.map(({ draft }, index) => {
      if (index === accepted) return [draft, 'accepted'];
      if (index === edited) return ['A jar, really', 'edited'];
      return [draft ?? '', null];
    }),
  );
});

test('a decision by the buttons keeps the focus where it was: on what can be pressed next', async () => {
  const index = known.images.findIndex(({ draft }) => draft !== null);
  const { hint } = known.images[index] ?? {};
  if (!hint) throw new Error('One of the photos should be sure enough.');
  const named = (action: 'report_accept' | 'report_undo') =>
    english('report_action_for', english(action), String(index + 1), hint.label);
  await report.keyboard.press('Home');
  const focused = () => report.evaluate(() => document.activeElement?.getAttribute('aria-label'));
  const scrolled = () =>
    report.evaluate(() => [scrollY, document.querySelector('.virtual-list')?.scrollTop]);
  if ((await rowOf(index)).includes(english('report_decision_accepted'))) {
    await press(report, named('report_undo'));
  }
  const accept = await report.waitForSelector(`::-p-aria([name="${named('report_accept')}"])`);
  await accept?.focus();
  const before = await scrolled();
  for (const [pressed, next] of [
    ['report_accept', 'report_undo'],
    ['report_undo', 'report_accept'],
  ] as const) {
    expect(await focused()).toBe(named(pressed));
    await report.keyboard.press('Enter');
    await waitUntil('the focus goes on', async () => (await focused()) === named(next), 5000);
  }
  expect(await scrolled()).toEqual(before);
});

/** The role and name of what has the focus, as the browser tells assistive technology. */
async function focusedNode(page: Page): Promise<string> {
  const client = await page.createCDPSession();
  const { nodes } = await client.send('Accessibility.getFullAXTree');
  await client.detach();
  const focused = nodes.filter(({ properties = [] }) =>
    properties.some(({ name, value }) => name === 'focused' && value.value === true),
  );
  const node = focused.at(-1);
  return `${String(node?.role?.value)}: ${String(node?.name?.value)}`;
}

test('a triage by the keyboard alone, as the tree of names tells it', async () => {
  await report.reload();
  await report.waitForSelector('.triage-row');
  // Whoever starts at the top comes to the list, and knows where they are at each step.
  const walk: string[] = [];
  for (let steps = 0; steps < 60; steps += 1) {
    await report.keyboard.press('Tab');
    const node = await focusedNode(report);
    walk.push(node);
    if (node.startsWith('button: Image 1:')) break;
  }
  expect(walk.at(-1)).toMatch(/^button: Image 1: /);
  const rows: string[] = [];
  for (const [index, image] of known.images.entries()) {
    const row = await focusedNode(report);
    rows.push(row);
    expect(row).toMatch(new RegExp(`^button: Image ${index + 1}: .*(missing|Missing)`, 's'));
    if (image.draft !== null) expect(row).toContain(english('report_suggestion', ''));
    // One with a suggestion goes on by itself.
    await report.keyboard.press(image.draft === null ? 'j' : index % 2 === 0 ? 'a' : 'r');
  }
  const decided = english(
    'report_decided',
    ...([drafted(), drafted()].map((all) => String(all.length)) as [string, string]),
  );
  await untilText(report, '.report-head [role=status]', (text) => text === decided);
  process.stdout.write(`${[...walk, ...rows].join('\n')}\n`);
  expect(walk.filter((node) => /: (null|undefined)?$/.test(node))).toEqual([]);
});

test('printed, the report is whole and without its controls', async () => {
  await report.setViewport({ width: 900, height: 500 });
  await report.emulateMediaType('print');
  await report.waitForFunction(
    (count) => document.querySelectorAll('.triage-row').length === count,
    {},
    PHOTOS,
  );
  const controls = await report.$$eval('.triage-actions, .report-tools, .image-filters', (all) =>
    all.filter((one) => one.checkVisibility()),
  );
  expect(controls).toEqual([]);
  await report.emulateMediaType('screen');
});

test('no accessibility violation, and nothing cut at 200 % zoom', async () => {
  await report.click('.triage-words');
  await report.waitForSelector('.lineage');
  for (const [scheme, { violations, passes }] of Object.entries(await runAxe(report))) {
    expect({ scheme, violations }).toEqual({ scheme, violations: [] });
    expect(passes).toBeGreaterThan(20);
  }
  for (const width of [640, 320]) {
    await report.setViewport({ width, height: 600 });
    const side = await report.$eval('.thumbnail.large', (box) => box.getBoundingClientRect().width);
    expect(side).toBeGreaterThanOrEqual(32);
  }
  expect(await report.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
    320,
  );
});

test('a report is there after the browser was closed, is listed, and deleted by a button', async () => {
  const folder = createTemporaryFolder('alt-lens-profile-');
  onTestFinished(folder.remove);
  // Its id, and with that what is its own, follows from where it lies.
  const { path: extensionDir, remove } = withHostPermissions(builtExtension(), ALL_HOSTS);
  onTestFinished(remove);
  const first = await openSession({ extensionDir, userDataDir: folder.path });
  const page = await first.openPage(`${site.origin}/photos.html`);
  const tabId = await tabIdOf(first, page);
  await first.ask('labelPage', { tabId });
  await untilProgress(first, tabId, ({ labelled }) => labelled === PHOTOS);
  const popup = await openPopupFor(first, page);
  await popup.waitForSelector('.image-row');
  await press(popup, english('popup_open_report'));
  const opened = await first.openedPage(REPORT);
  await opened.waitForSelector('.kept-reports a');
  const address = await opened.evaluate(() => location.href);
  await first.close();

  const second = await openSession({ extensionDir, userDataDir: folder.path });
  const kept = await second.openPage(address);
  await kept.waitForSelector('.triage-row');
  expect(await kept.$$eval('.kept-reports a', (links) => links.length)).toBe(1);
  await press(kept, english('report_delete_all'));
  await untilText(kept, 'h1', (text) => text === english('report_gone'));
  await kept.reload();
  await untilText(kept, 'h1', (text) => text === english('report_gone'));
  expect(await kept.$('.kept-reports')).toBeNull();
  await second.close();
});

test('a report that is gone says so', async () => {
  const page = await session.openPage(`${session.origin}src/report/index.html?report=none`);
  await untilText(page, 'h1', (text) => text === english('report_gone'));
  await page.close();
});
