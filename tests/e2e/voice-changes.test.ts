/**
 * A labelled page of 100 pictures, and a person who changes what may be said: all of it is said otherwise
 * at once, and the model does not run again.
 */
import { beforeAll, beforeEach, expect, test } from 'vitest';

import { photoGridPage } from '../../scripts/drive/photo-site';
import type { ReportImage } from '../../src/core/report/page-report';
import { DEFAULT_SETTINGS } from '../../src/core/settings/settings';
import { openSession, openSite, waitUntil, type ExtensionSession, type Site } from './harness';
import { ALL_HOSTS, photoResources, tabIdOf, untilProgress } from './support/labelled-pages';

const IMAGES = 100;

let session: ExtensionSession;
let site: Site;
let tabId: number;
let before: ReportImage[];

beforeAll(async () => {
  site = await openSite({ resources: await photoResources(IMAGES) });
  site.set(
    '/grid.html',
    photoGridPage({
      ...{ title: 'Grid', images: IMAGES, pictures: IMAGES, columns: 10 },
      ...{ width: 96, height: 72 },
    }),
  );
  session = await openSession({ hostPermissions: ALL_HOSTS });
  const page = await session.openPage(`${site.origin}/grid.html`);
  tabId = await tabIdOf(session, page);
  await session.ask('labelPage', { tabId });
  await untilProgress(session, tabId, ({ labelled }) => labelled === IMAGES, 90_000);
  before = await images();
});

beforeEach(async () => {
  await session.ask('setSettings', { settings: DEFAULT_SETTINGS });
});

async function images(): Promise<ReportImage[]> {
  return (await session.ask('getPageReport', { tabId })).images;
}

const inferences = async () => {
  const [{ counts }, status] = await Promise.all([
    session.ask('getPageReport', { tabId }),
    session.ask('getEngineStatus', {}),
  ]);
  return [counts.inferences, counts.refetched, status.inferences];
};

const said = (all: readonly ReportImage[]) =>
  all.map(({ hint, silence, draft }) => ({ hint, silence, draft }));

/** Changes the voice, has a look at what is said after, and at what it cost. */
async function after(change: () => Promise<unknown>): Promise<ReportImage[]> {
  const ran = await inferences();
  const startedAt = performance.now();
  await change();
  const now = await images();
  const milliseconds = performance.now() - startedAt;
  expect(await inferences()).toEqual(ran);
  expect(now.every(({ state }) => state === 'labelled')).toBe(true);
  console.log(JSON.stringify({ milliseconds: Math.round(milliseconds) }));
  return now;
}

/** All that is said as built. */
const labels = () => [...new Set(before.flatMap(({ hint }) => hint?.synset ?? []))];

test('denied labels are not said any more, and come back', async () => {
  const deniedSynsets = labels();
  expect(deniedSynsets.length).toBeGreaterThan(10);
  const denied = await after(() => session.ask('setSettings', { settings: { deniedSynsets } }));
  for (const { hint } of denied) expect(deniedSynsets).not.toContain(hint?.synset);
  expect(denied.filter(({ silence }) => silence === 'denied')).not.toEqual([]);
  const back = await after(() => session.ask('setSettings', { settings: { deniedSynsets: [] } }));
  expect(said(back)).toEqual(said(before));
});

test('with more confidence asked for less is said, and it comes back', async () => {
  const spoken = before.filter(({ hint }) => hint !== null);
  const careful = await after(() =>
    session.ask('setSettings', { settings: { minimumConfidence: 0.99 } }),
  );
  for (const { hint } of careful) {
    if (hint !== null) expect(hint.probability).toBeGreaterThanOrEqual(0.99);
  }
  expect(said(careful)).not.toEqual(said(before));
  expect(careful.filter(({ hint }) => hint !== null).length).toBeLessThanOrEqual(spoken.length);
  const back = await after(() =>
    session.ask('setSettings', { settings: { minimumConfidence: 0 } }),
  );
  expect(said(back)).toEqual(said(before));
});

test('another language is spoken without another look, and back', async () => {
  const spoken = (all: readonly ReportImage[]) => all.map(({ hint }) => hint?.synset);
  for (const labelLanguage of ['de', 'ja', 'ar', 'hi'] as const) {
    const now = await after(() => session.ask('setSettings', { settings: { labelLanguage } }));
    expect(spoken(now)).toEqual(spoken(before));
    for (const [index, { hint, prediction }] of now.entries()) {
      expect(prediction?.lang).toBe(labelLanguage);
      // The page is English, and so is what its author is offered.
      expect(prediction?.draftLang).toBe('en');
      if (hint === null) continue;
      expect(hint.text).not.toBe(before[index]?.hint?.text);
      expect(hint.english).toBe(before[index]?.hint?.label);
    }
  }
  const back = await after(() =>
    session.ask('setSettings', { settings: { labelLanguage: 'interface' } }),
  );
  expect(said(back)).toEqual(said(before));
});

test('a dismissed label goes, by a worker that starts anew, and comes back', async () => {
  const image = before.find(({ hint }) => hint !== null);
  const { picture = '' } = image?.prediction ?? {};
  const { synset = '' } = image?.hint ?? {};
  const of = (all: readonly ReportImage[]) => all.find(({ id }) => id === image?.id);
  await session.stopWorker();
  const judge = (isDismissed: boolean) =>
    session.ask('setDismissal', { picture, synset, isDismissed, isPrivate: false });
  const dismissed = await after(async () => {
    expect(await judge(true)).toMatchObject({ silence: 'dismissed', kept: image?.hint });
  });
  expect(of(dismissed)).toMatchObject({ hint: null, silence: 'dismissed' });
  expect(said(dismissed.filter((each) => each.id !== image?.id))).toEqual(
    said(before.filter((each) => each.id !== image?.id)),
  );
  expect(said(await after(() => judge(false)))).toEqual(said(before));
});

test('what is cleared is looked at anew where the worker does not know it any more', async () => {
  await session.stopWorker();
  await session.ask('clearCache', {});
  const deniedSynsets = labels();
  await session.ask('setSettings', { settings: { deniedSynsets } });
  await waitUntil(
    'all are looked at again, and nothing of it is said',
    async () => {
      const now = await images();
      const isDenied = ({ hint }: ReportImage) => deniedSynsets.includes(hint?.synset ?? '');
      return now.every((image) => image.state === 'labelled' && !isDenied(image));
    },
    40_000,
  );
});
