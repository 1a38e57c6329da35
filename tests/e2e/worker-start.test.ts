/** What the service worker evaluates: TensorFlow.js only where a backend needs it. */
import { afterAll, beforeAll, expect, test } from 'vitest';

import { createTemporaryFolder } from '../../scripts/node/temporary-folder';
import type { Backend } from '../../src/core/saying/prediction';
import { type ExtensionSession, openSession, type Site } from './harness';
import { openPandaSite } from './support/panda-site';

const profile = createTemporaryFolder('alt-lens-profile-');
let site: Site;

beforeAll(async () => {
  site = await openPandaSite();
});

afterAll(() => {
  profile.remove();
});

async function expectPanda(session: ExtensionSession, backend: Backend): Promise<void> {
  await session.ask('setSettings', { settings: { backend } });
  await session.ask('clearCache', {});
  const page = await session.openPage(site.origin);
  const { result } = await session.describe(page, '#photo');
  expect(result).toMatchObject({ ok: true, prediction: { backend, cached: false } });
  await page.close();
}

/** Is TensorFlow.js there, by its own word and by that of the script around it? */
async function hasTensorflow(session: ExtensionSession): Promise<boolean[]> {
  const worker = await session.worker();
  return worker.evaluate(() => ['_tfengine', 'tensorflow'].map((name) => name in globalThis));
}

/** Starts the worker anew and has it work with and without TensorFlow.js. */
async function expectLazy(session: ExtensionSession): Promise<void> {
  await session.stopWorker();
  await expectPanda(session, 'wasm');
  expect(await hasTensorflow(session)).toEqual([false, false]);
  await expectPanda(session, 'cpu');
  expect(await hasTensorflow(session)).toEqual([true, true]);
}

async function inBrowser(check: (session: ExtensionSession) => Promise<void>): Promise<void> {
  const session = await openSession({ userDataDir: profile.path });
  try {
    await check(session);
  } finally {
    await session.close(); // another browser is to have the profile
  }
}

test('a worker keeps TensorFlow.js, and evaluates it for a backend that needs it', async () => {
  await inBrowser(async (session) => {
    await expectLazy(session);
    await session.stopWorker();
    await expectPanda(session, 'webgl');
    expect(await hasTensorflow(session)).toEqual([true, true]);
  });
});

test('so does the worker of a browser that is started again', async () => {
  await inBrowser(expectLazy);
});
