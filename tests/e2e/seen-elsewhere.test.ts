/**
 * A page times its labels. What another site's page had looked at must cost it as much as what nobody
 * has looked at: then its clock tells nothing of where its visitor was.
 */
import { beforeAll, expect, test } from 'vitest';

import { openSession, openSite, type ExtensionSession, type Resource, type Site } from './harness';
import { ALL_HOSTS, photoResources, tabIdOf, untilProgress } from './support/labelled-pages';

/** `SEEN_ELSEWHERE=all` has as many as times need to mean something; inferences are counted on few. */
const [PICTURES, FOREIGN_PICTURES] = process.env.SEEN_ELSEWHERE === 'all' ? [200, 200] : [40, 24];
/** So many seen and so many unseen ones are told apart; not all photos get a text that the page can wait for. */
const TIMED = 80;
const SIZE = 'width="200" height="150"';

let session: ExtensionSession;
let resources: Record<string, Resource>;

const isSeen = (index: number): boolean => index % 2 === 0;

interface Timing {
  index: number;
  milliseconds: number;
}

/**
 * Shows pictures one by one and times each until a text is on it: what any page can do.
 * @returns the times of those that got a text
 */
const TIMER = `async (origin, indices) => {
  const timings = [];
  for (const index of indices) {
    const image = new Image(200, 150);
    image.src = origin + '/photos/' + index + '.jpg';
    await image.decode();
    const startedAt = performance.now();
    const milliseconds = await new Promise((resolve) => {
      new MutationObserver(() => resolve(performance.now() - startedAt))
        .observe(image, { attributeFilter: ['alt'] });
      setTimeout(() => resolve(null), 400);
      // The others stay, lest a late label be given up.
      document.body.prepend(image);
    });
    if (milliseconds !== null) timings.push({ index, milliseconds });
  }
  return timings;
}`;

/** How many are told right by "faster than this was seen". */
function toldRight(timings: readonly Timing[], thresholdMs: number): number {
  return timings.filter(({ index, milliseconds }) => isSeen(index) === milliseconds < thresholdMs)
    .length;
}

function bestThreshold(timings: readonly Timing[]): number {
  const rightOf = (threshold: number): number => toldRight(timings, threshold);
  const thresholds = [0, ...timings.map(({ milliseconds }) => milliseconds + 0.001)];
  return thresholds.reduce((best, next) => (rightOf(next) > rightOf(best) ? next : best));
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}

beforeAll(async () => {
  resources = await photoResources(PICTURES);
  session = await openSession({ hostPermissions: ALL_HOSTS });
  await session.ask('setSettings', { settings: { listenerMode: 'missing' } });
});

/** A page that is labelled. */
async function open(at: Site, body: string) {
  at.set('/page.html', { body: `<!doctype html><html lang="en"><title>Page</title>${body}` });
  const page = await session.openPage(`${at.origin}/page.html`);
  const tabId = await tabIdOf(session, page);
  await session.ask('labelPage', { tabId });
  return { page, tabId };
}

const inferencesOf = async (tabId: number): Promise<number> =>
  (await session.ask('getPageReport', { tabId })).counts.inferences;

/** A page times pictures of which one half was shown on another site before. @param from null: its own */
async function spy(pictures: number, from: Site | null): Promise<Timing[]> {
  const [site, otherSite] = [await openSite({ resources }), await openSite({ resources })];
  const origin = from?.origin ?? '';
  const all = Array.from({ length: pictures }, (_, index) => index);
  const seen = all.filter(isSeen);
  const shown = seen.map((index) => `<img ${SIZE} src="${origin}/photos/${index}.jpg">`);
  const before = await open(site, shown.join(''));
  await untilProgress(session, before.tabId, ({ labelled }) => labelled === seen.length, 90_000);
  expect(await inferencesOf(before.tabId)).toBe(seen.length);
  await before.page.close();

  const { page, tabId } = await open(otherSite, '<body></body>');
  const time = async (indices: readonly number[]) => {
    const call = `(${TIMER})("${origin}", ${JSON.stringify(indices)})`;
    const timed = (await page.evaluate(call)) as Timing[];
    await untilProgress(session, tabId, ({ labelled }) => labelled === indices.length, 90_000);
    return timed;
  };
  const timings = await time(all);
  // Each costs a run of the model, seen elsewhere or not.
  expect(await inferencesOf(tabId)).toBe(pictures);

  // What this site had looked at is known to its next page.
  await page.reload();
  await session.ask('labelPage', { tabId });
  await time([0, 1, 2, 3]);
  expect(await inferencesOf(tabId)).toBe(0);
  await page.close();
  return timings;
}

test.each([
  ['of its own', PICTURES],
  ['of a third site, which the page can not read', FOREIGN_PICTURES],
] as const)(
  'by its clock a page can not tell what was seen on another site: pictures %s',
  async (whose, pictures) => {
    const from = whose === 'of its own' ? null : await openSite({ resources });
    const timings = await spy(pictures, from);
    const timed = [true, false].flatMap((isOfGroup) =>
      timings.filter(({ index }) => isSeen(index) === isOfGroup).slice(0, TIMED),
    );
    // Each half is told by the threshold of the other one.
    const halves = [0, 1].map((part) => timed.filter((_, place) => place % 2 === part));
    const [first = [], second = []] = halves;
    const told = toldRight(second, bestThreshold(first)) + toldRight(first, bestThreshold(second));
    const medianOf = (isOfGroup: boolean) =>
      median(
        timed
          .filter(({ index }) => isSeen(index) === isOfGroup)
          .map(({ milliseconds }) => milliseconds),
      );
    console.log(
      JSON.stringify({
        whose,
        seenMs: Math.round(medianOf(true)),
        unseenMs: Math.round(medianOf(false)),
        timed: timed.length,
        rightAtBestThreshold: toldRight(timed, bestThreshold(timed)) / timed.length,
        rightAtLearntThreshold: told / timed.length,
      }),
    );
  },
  480_000,
);
