import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { Backend, Prediction } from '../../src/core/saying/prediction';
import type { Outcome } from '../../src/messages/protocol';
import {
  asset,
  type ExtensionSession,
  openSession,
  openSite,
  photoLabels,
  type Site,
  waitUntil,
} from './harness';

/** Photos whose likeliest class is right on every backend, and what they show. */
const PHOTOS = {
  panda: '000b7d55b6184b08.png',
  bus: '3c970c84b598f2d9.png',
  zebra: '821aae58dc96b4b2.png',
  airliner: '1df5e1adad21d618.png',
  mosque: 'd051e0bd46125123.png',
  peacock: 'f9937696f421f4e4.png',
} as const;
type Photo = keyof typeof PHOTOS;

const names = Object.keys(PHOTOS) as Photo[];
const truths = new Map<Photo, { classIndex: number; synset: string }>();
const figures: string[] = [];
let site: Site;

beforeAll(async () => {
  const labels = await photoLabels();
  // So far apart that no card lies over the next one: what is asked on a card is asked of its picture.
  const images = names.map(
    (name) =>
      `<img id="${name}" src="/${name}.png" width="200" style="display:block;margin-bottom:700px">`,
  );
  site = await openSite({
    resources: { '/': { body: `<!doctype html><title>Photos</title>${images.join('')}` } },
  });
  for (const name of names) {
    site.set(`/${name}.png`, { file: await asset(`photos/${PHOTOS[name]}`) });
    const label = labels.find(({ file }) => file === PHOTOS[name]);
    if (label === undefined) throw new Error(`${name} has no label.`);
    truths.set(name, { classIndex: label.classIndex, synset: label.synset });
  }
});

afterAll(() => {
  console.log(figures.join('\n'));
});

function predictionOf({ result }: Outcome): Prediction {
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message}`);
  return result.prediction;
}

function expectRight(outcome: Outcome, photo: Photo, backend: Backend): Prediction {
  const prediction = predictionOf(outcome);
  expect(prediction.predictions[0]).toMatchObject(truths.get(photo) ?? {});
  expect(prediction.backend).toBe(backend);
  expect(prediction.rung).toBe('decoded');
  expect(outcome.source).toBe(`${site.origin}/${photo}.png`);
  return prediction;
}

describe('on wasm', () => {
  let session: ExtensionSession;

  beforeAll(async () => {
    session = await openSession();
    await session.ask('setSettings', { settings: { backend: 'wasm' } });
  });

  test('a right-click on a photo gives its five likeliest classes, and the label first', async () => {
    const page = await session.openPage(site.origin);
    const outcome = await session.describe(page, '#panda');
    const prediction = expectRight(outcome, 'panda', 'wasm');
    const probabilities = prediction.predictions.map(({ probability }) => probability);
    expect(probabilities).toHaveLength(5);
    expect(probabilities).toEqual([...probabilities].sort((a, b) => b - a));
    expect(Math.min(...probabilities)).toBeGreaterThanOrEqual(0);
    expect(probabilities.reduce((sum, each) => sum + each)).toBeLessThanOrEqual(1 + 1e-6);
    expect(prediction.hint?.text).toMatch(/^May be /);
    expect(prediction.silence).toBeNull();
    expect(prediction.draft).toMatch(/panda/i);
    expect(outcome.page).toBe(page.url());
    expect(outcome.failedRungs).toEqual([]);
    expect(outcome.thumbnail).toMatch(/^data:image\//);
    expect(outcome.cardMilliseconds).toBeLessThanOrEqual(outcome.milliseconds);
    await page.close();
  });

  test('the photo that was clicked is the one described, in any order', async () => {
    const page = await session.openPage(site.origin);
    for (const photo of ['zebra', 'bus', 'zebra'] as const) {
      expectRight(await session.describe(page, `#${photo}`), photo, 'wasm');
    }
    await page.close();
  });

  test('the shortcut describes the photo under the pointer', async () => {
    const page = await session.openPage(site.origin);
    await page.hover('#airliner');
    const { at } = await session.command(page);
    expectRight(await session.waitForOutcome(at), 'airliner', 'wasm');
    await page.close();
  });

  test('a stopped worker is started by the next click and forgets nothing', async () => {
    const page = await session.openPage(site.origin);
    expectRight(await session.describe(page, '#panda'), 'panda', 'wasm');
    await session.stopWorker();
    expectRight(await session.describe(page, '#bus'), 'bus', 'wasm');
    const sources = (await session.ask('getRecentOutcomes', {})).map(({ source }) => source);
    expect(sources.slice(0, 2)).toEqual([`${site.origin}/bus.png`, `${site.origin}/panda.png`]);
    await page.close();
  });

  test('the request comes beside the script: the message after it may be as late as it will', async () => {
    const page = await session.openPage(site.origin);
    const worker = await session.worker();
    await worker.evaluate(`(() => {
      const { tabs } = browser;
      const send = tabs.sendMessage;
      const late = new Promise((resolve) => (globalThis.letThrough = resolve));
      tabs.sendMessage = async (...message) => {
        await late;
        return await send.apply(tabs, message);
      };
    })()`);
    const { at } = await session.rightClick(page, '#zebra');
    await page.waitForSelector('[data-alt-lens-host=card]');
    await worker.evaluate('letThrough()');
    expectRight(await session.waitForOutcome(at), 'zebra', 'wasm');
    await session.stopWorker();
    await page.close();
  });

  test('a tab closed in the middle of its request leaves the engine able to answer the next', async () => {
    const doomed = await session.openPage(site.origin);
    const { at } = await session.rightClick(doomed, '#mosque');
    await doomed.close();
    const page = await session.openPage(site.origin);
    expectRight(await session.describe(page, '#peacock'), 'peacock', 'wasm');
    const outcomes = await session.ask('getRecentOutcomes', {});
    for (const { requestedAt, result } of outcomes) {
      if (requestedAt >= at && !result.ok) expect(result.error.code).toBe('page-gone');
    }
    const status = await session.ask('getEngineStatus', {});
    expect(status.state).toBe('ready');
    await page.close();
  });

  test('figures: from the click to the card and to the label', async () => {
    const page = await session.openPage(site.origin);
    await session.ask('clearCache', {});
    const warm = await session.describe(page, '#zebra');
    const { inferenceMilliseconds, views, cached } = predictionOf(warm);
    expect(cached).toBe(false);
    const bare = inferenceMilliseconds / views;
    const { at } = await session.rightClick(page, '#airliner', { stopsWorker: true });
    const cold = await session.waitForOutcome(at);
    const start = cold.requestedAt - at;
    const times = (milliseconds: number): string =>
      `${milliseconds.toFixed(0)} ms = ${(milliseconds / bare).toFixed(1)} x one inference`;
    figures.push(
      `wasm, one inference: ${bare.toFixed(1)} ms`,
      `warm: click to card ${times(warm.cardMilliseconds)}, to label ${times(warm.milliseconds)}`,
      `dead worker: click to card ${times(start + cold.cardMilliseconds)}, to label ${times(start + cold.milliseconds)}`,
    );
    expect(bare).toBeGreaterThan(0);
    expect(predictionOf(cold)).toMatchObject({ backend: 'wasm', cached: false });
    await page.close();
  });
});

describe.each([
  { backend: 'cpu', photos: ['panda'] },
  { backend: 'webgl', photos: ['panda', 'bus', 'zebra'] },
  { backend: 'webgpu', photos: ['panda', 'bus'] },
] as const)('on $backend', ({ backend, photos }) => {
  test('the same photos get the same labels', { timeout: 180_000 }, async () => {
    const session = await openSession({ webgpuSoftware: backend === 'webgpu' });
    // A software GPU is slow: one view of each photo tells enough.
    await session.ask('setSettings', { settings: { backend, views: 1 } });
    const page = await session.openPage(site.origin);
    for (const photo of photos) {
      const outcome = await session.describe(page, `#${photo}`);
      const { inferenceMilliseconds } = expectRight(outcome, photo, backend);
      figures.push(`${backend}, ${photo}: ${inferenceMilliseconds.toFixed(0)} ms for one view`);
    }
    await session.close();
  });
});

test('an image in a frame of the same origin is described', async () => {
  const session = await openSession();
  site.set('/framed', { body: '<iframe src="/" width="900" height="700"></iframe>' });
  const page = await session.openPage(`${site.origin}/framed`);
  const frame = await waitUntil(
    'the frame is there',
    () => page.frames().find((each) => each.url() === `${site.origin}/`),
    10_000,
  );
  await frame.waitForSelector('#panda');
  expectRight(await session.describe(page, '#panda', { frame }), 'panda', 'wasm');
  await session.close();
});
