/** What the service worker evaluates: TensorFlow.js only where a backend needs it. */
import { afterAll, beforeAll, expect, test } from 'vitest';

import { createTemporaryFolder } from '../../scripts/temporary-folder';
import type { Backend } from '../../src/core/prediction';
import { asset, type ExtensionSession, openSession, openSite, type Site } from './harness';

const PHOTO = 'photos/000b7d55b6184b08.png'; // a giant panda

const profile = createTemporaryFolder('alt-lens-profile-');
let site: Site;

beforeAll(async () => {
  site = await openSite({
    resources: {
      '/': { body: '<!doctype html><title>Photo</title><img id="photo" src="/photo.png">' },
      '/photo.png': { file: await asset(PHOTO) },
    },
  });
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
    await session.stopWorker();
    await expectPanda(session, 'wasm');
    expect(await hasTensorflow(session)).toEqual([false, false]);
    await expectPanda(session, 'cpu');
    expect(await hasTensorflow(session)).toEqual([true, true]);
    await session.stopWorker();
    await expectPanda(session, 'webgl');
    expect(await hasTensorflow(session)).toEqual([true, true]);
  });
});

test('so does the worker of a browser that is started again', async () => {
  await inBrowser(async (session) => {
    await session.stopWorker();
    await expectPanda(session, 'wasm');
    expect(await hasTensorflow(session)).toEqual([false, false]);
    await expectPanda(session, 'cpu');
    expect(await hasTensorflow(session)).toEqual([true, true]);
  });
});
