import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

import { beforeAll, expect, test } from 'vitest';

import { english } from '../fixtures/popup/english';
import { openSession, suggestedKeys, waitUntil, type ExtensionSession } from './harness';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const WELCOME_PAGE = 'src/welcome/index.html';
/** As a browser says that a person sits before it. */
const PERSON = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/156.0.0.0 Safari/537.36';

let session: ExtensionSession;

const welcomePages = async (): Promise<number> => {
  const addresses = (await session.browser.pages()).map((page) =>
    page.evaluate(() => location.href).catch(() => ''),
  );
  return (await Promise.all(addresses)).filter((each) => each.endsWith(WELCOME_PAGE)).length;
};

beforeAll(async () => {
  session = await openSession({ args: [`--user-agent=${PERSON}`] });
});

test('an installation opens it, once; an update does not', async () => {
  const page = await session.openedPage(WELCOME_PAGE);
  expect(await welcomePages()).toBe(1);
  await page.close();
  await session.reloadExtension();
  // Whatever the update opens was asked for before this answer.
  await session.ask('startEngine', {});
  expect(await welcomePages()).toBe(0);
});

test('it says how it works and what it cannot do, and asks for nothing', async () => {
  const page = await session.openPage(session.origin + WELCOME_PAGE);
  await page.waitForSelector('.shortcuts kbd');
  await page.waitForSelector('input[name=listens]:not([disabled])');
  const shown = await page.evaluate(() => document.body.innerText);
  expect(shown).toContain('1,000 kinds of things');
  expect(shown).toContain('can’t read text, people or charts');
  expect(shown).toContain(english('menu_classify_image'));
  expect(shown).not.toMatch(/\b(options|popup|error|welcome|menu)_\w+/);
  expect(await page.$$eval('.shortcuts kbd', (all) => all.map((key) => key.innerText))).toContain(
    suggestedKeys('describe-image'),
  );
  // In Chromium the way back has no keys until the person gives it some: that there is one is told all the same.
  const told = await page.$$eval('.shortcuts dd', (all) => all.map((what) => what.innerText));
  expect(told).toContain(english('command_previous_image'));
  expect(await page.evaluate(() => document.querySelector('img')?.naturalWidth)).toBe(128);
  const granted = await page.evaluate(() => chrome.permissions.getAll());
  expect(granted.origins).toEqual([]);

  // Texts for who listens are a press away from the last photo, and say what they do.
  await page.waitForSelector('input[name=listens]:not([disabled])');
  await page.focus('.example:last-child button');
  await page.keyboard.press('Tab');
  await page.keyboard.press(' ');
  await waitUntil(
    'it is stored',
    async () => (await session.ask('getSettings', {})).listenerMode === 'missing',
    5000,
  );
  await page.keyboard.press(' ');
  expect(shown).toContain(english('listener_does'));
  expect(shown).toContain(english('welcome_language', 'English'));
  // The one action leads to the settings.
  await page.keyboard.press('Tab');
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe(
    english('welcome_settings'),
  );
  await page.keyboard.press('Enter');
  await session.openedPage('src/options/index.html');
  await page.close();
});

test('photos of the package are answered there, by the keyboard: two by their kinds, one not', async () => {
  const page = await session.openPage(session.origin + WELCOME_PAGE);
  await page.waitForSelector('.example button');
  expect(await page.$$('.example')).toHaveLength(3);
  const before = await session.ask('getEngineStatus', {});
  // Each photo has its credits and its button, in this order; a button is named with its photo.
  for (const [at, photo] of (['panda', 'heron', 'onions'] as const).entries()) {
    const stops: (string | undefined)[] = [];
    for (let stop = 0; stop < 3; stop++) {
      await page.keyboard.press('Tab');
      stops.push(await page.evaluate(() => document.activeElement?.tagName));
    }
    expect(stops).toEqual(['A', 'A', 'BUTTON']);
    const name = `${english('menu_classify_image')} ${english(`welcome_try_${photo}`)}`;
    const named = await page.$$(`::-p-aria([name="${name}"][role="button"])`);
    const haveFocus = await Promise.all(
      named.map((button) => button.evaluate((each) => each === document.activeElement)),
    );
    expect(haveFocus).toEqual([true]);
    await page.keyboard.press('Enter');
    await page.waitForSelector(`.example:nth-child(${at + 1}) .headline`, { timeout: 60_000 });
  }
  const answers = await page.$$eval('.example [role=status]', (all) =>
    all.map(({ textContent }) => textContent.replaceAll(/\s+/g, ' ').trim()),
  );
  expect(answers[0]).toMatch(/^May be a kind of panda >?\d\d%$/);
  expect(answers[1]).toMatch(/^May be a kind of bird >?\d\d%$/);
  expect(answers[2]).toContain(english('popup_silence_unsure'));
  expect(answers[2]).not.toContain('%');
  // The silent one's guesses stand behind a press; the images are there, with their credits.
  expect(await page.$$('.example:nth-child(3) details.model-saw:not([open])')).toHaveLength(1);
  expect(await page.$$('.example:nth-child(-n + 2) .bars')).toHaveLength(2);
  const shown = await page.$$eval('.example', (all) =>
    all.map((each) => ({
      width: each.querySelector('img')?.naturalWidth,
      credit: each.querySelector('figcaption')?.innerText,
      links: [...each.querySelectorAll('a')].every(({ href }) => href.startsWith('https://')),
    })),
  );
  expect(shown).toEqual(
    ['mrho101', 'Derek Keats', 'Sharon Mollerus'].map((author) => ({
      width: 299,
      credit: `${author}, CC BY 2.0`,
      links: true,
    })),
  );
  const { inferences } = await session.ask('getEngineStatus', {});
  expect(inferences - before.inferences).toBeGreaterThanOrEqual(3);
  await page.close();
});

test('photos answer the menu and the shortcut, too, each in its own tab', async () => {
  const page = await session.openPage(session.origin + WELCOME_PAGE);
  const other = await session.openPage(session.origin + WELCOME_PAGE);
  await page.bringToFront();
  await page.waitForSelector('.example button');
  // The browser tells every page of ours, and the worker.
  const tell = (event: string, ...told: unknown[]) => {
    const telling = `chrome.tabs.getCurrent().then((tab) => ${event}.dispatch(...${JSON.stringify(told)}, tab))`;
    return page.evaluate(telling);
  };
  const answered = () =>
    page.$$eval('.example', (all) => all.map((each) => each.querySelector('.headline') !== null));
  const srcUrl = await page.$eval('.example:nth-child(2) img', ({ src }) => src);
  await tell('chrome.contextMenus.onClicked', { menuItemId: 'classify-example', srcUrl });
  await page.waitForSelector('.example:nth-child(2) .headline', { timeout: 60_000 });
  expect(await answered()).toEqual([false, true, false]);
  await page.hover('.example:nth-child(3) img');
  await tell('chrome.commands.onCommand', 'describe-image');
  await page.waitForSelector('.example:nth-child(3) .headline', { timeout: 60_000 });
  // What has the focus goes before what is under the pointer.
  await page.focus('.example:nth-child(1) button');
  await tell('chrome.commands.onCommand', 'speak-image');
  await page.waitForSelector('.example:nth-child(1) .headline', { timeout: 60_000 });

  // The worker leaves the welcome page alone: nothing fails, as it does later on another page of ours.
  await session.command(page, 'describe-image');
  const options = await session.openPage(`${session.origin}src/options/index.html`);
  await session.command(options, 'describe-image');
  const failed = async () =>
    (await session.ask('getRecentOutcomes', {})).map((outcome) => outcome.page);
  await waitUntil('the other page failed', async () => (await failed()).length > 0, 5000);
  expect(await failed()).toEqual([options.url()]);
  await options.close();
  expect(await other.$('.headline')).toBeNull();
  await other.close();
  await page.close();
});

test('no accessibility violation, light, dark and in forced colours; nothing cut at 200 % zoom', async () => {
  const page = await session.openPage(session.origin + WELCOME_PAGE);
  await page.waitForSelector('.shortcuts kbd');
  for (const button of await page.$$('.example button')) await button.press('Enter');
  await page.waitForFunction(() => document.querySelectorAll('.headline').length === 3);
  for (const features of [
    [{ name: 'prefers-color-scheme', value: 'light' }],
    [{ name: 'prefers-color-scheme', value: 'dark' }],
    [{ name: 'forced-colors', value: 'active' }],
  ]) {
    const still = { name: 'prefers-reduced-motion', value: 'reduce' };
    await session.emulateMedia(page, [...features, still]);
    const found = await page.evaluate(`(async () => {
      ${AXE}
      const { violations, passes } = await axe.run();
      return { violations: violations.map(({ id, nodes }) => id + ' ' + nodes.map(({ target }) => target)), passes: passes.length };
    })()`);
    expect(found).toEqual({ violations: [], passes: expect.any(Number) as number });
    expect((found as { passes: number }).passes).toBeGreaterThan(15);
  }
  for (const direction of ['ltr', 'rtl']) {
    await page.evaluate((dir) => {
      document.documentElement.dir = dir;
    }, direction);
    await page.setViewport({ width: 320, height: 800 });
    expect(
      await page.evaluate(() => document.documentElement.scrollWidth),
      direction,
    ).toBeLessThanOrEqual(320);
  }
  await page.close();
});
