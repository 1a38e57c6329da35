/** The process with the worker is killed in the midst of teaching and importing: what was confirmed is there. */
import type { Page } from 'puppeteer';
import { expect, test } from 'vitest';

import { extensionProcesses } from '../../scripts/drive/extension-processes';
import { ownFileText } from '../../src/core/teaching/own-file';
import type { OwnLabel, Taught } from '../../src/core/teaching/own-label';
import {
  debuggerOf,
  type ExtensionSession,
  openSession,
  openSite,
  type Site,
  waitUntil,
} from './harness';
import { ALL_HOSTS, photoResources, tabIdOf, untilProgress } from './support/labelled-pages';

/** Milliseconds from the file's being handed over to the kill; null: when it was confirmed. */
const MOMENTS = [0, 30, 120, 400, null];
/** Lessons before the file, so that it is not all that is in the making. */
const FIRST_LESSONS = 2;
const FILED = 800;

const FILED_LABELS = Array.from({ length: 40 }, (_, place): OwnLabel => ({
  ...{ id: `u${place.toString(16).padStart(8, '0')}`, name: `filed ${place}` },
  ...{ synset: null, isOn: true },
}));

const taught: Taught = {
  labels: FILED_LABELS,
  examples: Array.from({ length: FILED }, (_, place) => ({
    ...{ id: place.toString(16).padStart(8, '0'), page: '', addedAt: place },
    label: FILED_LABELS[place % FILED_LABELS.length]?.id ?? '',
    picture: `${place.toString(16).padStart(64, '0')}-300x200`,
    sight: {
      variant: 'accurate' as const,
      embedding: {
        values: Uint8Array.from({ length: 1024 }, (_each, at) => (at * (place + 3)) % 251),
        scale: 0.01,
      },
      ...{ classes: Uint16Array.from([place % 1000]), roots: Uint16Array.from([60_000]) },
    },
  })),
};

async function labelledPicture(session: ExtensionSession, site: Site): Promise<string> {
  const page = await session.openPage(`${site.origin}/`);
  const tabId = await tabIdOf(session, page);
  await session.ask('labelPage', { tabId });
  await untilProgress(session, tabId, ({ labelled }) => labelled === 1);
  const { images } = await session.ask('getPageReport', { tabId });
  const picture = images[0]?.prediction?.picture;
  if (picture === undefined) throw new Error('The photo should be labelled.');
  return picture;
}

/** Kills the process of the extension, with the page that asks in it. */
async function kill(session: ExtensionSession): Promise<void> {
  const pid = session.browser.process()?.pid ?? -1;
  const processes = extensionProcesses(pid);
  expect(processes.length).toBeGreaterThan(0);
  for (const each of processes) process.kill(each, 'SIGKILL');
  await waitUntil(
    'the process is gone',
    () => !extensionProcesses(pid).some((each) => processes.includes(each)),
    10_000,
  );
}

type Send = (message: object) => Promise<{ ok: boolean; value?: unknown }>;

const sendFrom =
  (page: Page): Send =>
  (message) =>
    page.evaluate((sent) => chrome.runtime.sendMessage(sent), message);

test('what was confirmed is there after each kill, and a file is there as a whole or not at all', async () => {
  const site = await openSite({
    resources: {
      ...(await photoResources(1)),
      '/': {
        body: '<!doctype html><title>Photo</title><img src="/photos/0.jpg" width="240" height="180">',
      },
    },
  });
  const session = await openSession({ hostPermissions: ALL_HOSTS });
  const picture = await labelledPicture(session, site);
  const file = ownFileText(taught, new Map());
  const confirmed = new Map<string, string>();
  let [cut, whole] = [0, 0];
  for (const [round, moment] of MOMENTS.entries()) {
    const before = await session.ask('getOwnLabels', {});
    await session.ask('forgetOwnLabels', {
      ids: before.filter(({ name }) => name.startsWith('filed')).map(({ id }) => id),
    });
    const asker = await session.openPage(`${session.origin}manifest.json`);
    const send = sendFrom(asker);
    for (const page of await session.browser.pages()) {
      if (page !== asker && page.url().startsWith(session.origin)) await page.close();
    }
    // A worker that a debugger holds is not started anew.
    await debuggerOf(await session.worker()).detach();

    /** @returns was it confirmed? */
    const teach = async (count: number): Promise<boolean> => {
      const name = `round ${round} thing ${count}`;
      const message = { type: 'teachLabel', picture, name, isPrivate: false, page: site.origin };
      const answer = await send(message).catch(() => null);
      if (answer?.ok !== true) return false;
      confirmed.set(name, (answer.value as { lesson: { example: string } }).lesson.example);
      return true;
    };
    const teachOn = async (count: number): Promise<void> => {
      if (await teach(count)) await teachOn(count + 1);
    };
    for (let count = 0; count < FIRST_LESSONS; count += 1) expect(await teach(count)).toBe(true);
    const importing = send({ type: 'adoptOwnLabels', file }).then(
      ({ ok }) => ok,
      () => false,
    );
    const teaching = teachOn(FIRST_LESSONS);
    if (moment === null) await importing;
    else await new Promise((resolve) => setTimeout(resolve, moment));
    await kill(session);
    await asker.close().catch(() => undefined);
    const [isFileConfirmed] = await Promise.all([importing, teaching]);

    const after = await session.ask('getOwnLabels', {});
    const examples = new Map(after.map(({ name, examples: of }) => [name, of.map(({ id }) => id)]));
    for (const [name, example] of confirmed) expect(examples.get(name)).toContain(example);
    const filed = after
      .filter(({ name }) => name.startsWith('filed'))
      .reduce((sum, { examples: of }) => sum + of.length, 0);
    expect([isFileConfirmed ? FILED : 0, FILED]).toContain(filed);
    if (isFileConfirmed) whole += 1;
    else cut += 1;
  }
  // Both must have been met: a kill before the answer, and one after it.
  expect(cut).toBeGreaterThan(0);
  expect(whole).toBeGreaterThan(0);
  await session.close();
}, 240_000);
