/**
 * The build for Firefox in Firefox beside the one for Chromium in Chromium: in turn, in the same run, on the
 * same machine, and by means that both have. What the page's own script can note is noted by it.
 */
import { DEFAULT_SETTINGS } from '../src/core/settings/settings';
import { type ExtensionSession, openExtensionSession } from '../scripts/drive/extension-session';
import { waitUntil } from '../scripts/drive/extension-session/wait-until';
import { ALL_HOSTS, labelAllSites } from '../scripts/drive/labelling-progress';
import { photoGridPage, photoResources } from '../scripts/drive/photo-site';
import { type Site, startSite } from '../scripts/drive/serve';
import type { Target } from '../scripts/manifest/targets';
import { type Compared, compareRounds } from './against';
import { NO_THROTTLING } from './bench-browser';
import type { BenchRun, PartInRounds, Side } from './run';
import { rotated } from './statistics';
import { digits, spread, type Table } from './table';

export const FIREFOX_PARTS = ['page', 'click'] as const;
export type FirefoxPart = (typeof FIREFOX_PARTS)[number];

const IMAGES = 100;
const FEW_IMAGES = 24;
/** All images lie on the first screen: every label is drawn, and noted when it is. */
const VIEWPORT = { width: 1280, height: 1700 };
const WARM_CLICKS = 3;
const ASLEEP_CLICKS = 2;
const CLICKS_A_ROUND = WARM_CLICKS + ASLEEP_CLICKS + 1;
const MOST_PHOTOS = 120;
const VISIT_LIMIT_MS = 120_000;
/** How often it is looked whether a visit is over. */
const LOOK_MS = 200;

type Scope = Pick<BenchRun, 'isQuick' | 'say'>;

/** How a part opens one of the browsers. */
interface Browsers {
  open: (target: Target, extensionDir: string) => Promise<Side>;
  close: PartInRounds['close'];
}

/** Runs in the extension's world of a page: notes when each label comes, milliseconds since the navigation. */
const WATCH = `(() => {
  if (globalThis.altLensSeen !== undefined) return globalThis.altLensSeen;
  const host = document.querySelector('[data-alt-lens-host=labels]');
  if (host === null) return null;
  const seen = [];
  globalThis.altLensSeen = seen;
  const count = (nodes) => {
    for (const node of nodes) {
      if (node instanceof Element && node.classList.contains('chip')) seen.push(performance.now());
    }
  };
  const root = chrome.dom.openOrClosedShadowRoot(host);
  count(root.querySelectorAll('.chip'));
  new MutationObserver((records) => {
    for (const { addedNodes } of records) count(addedNodes);
  }).observe(root, { childList: true, subtree: true });
  return seen;
})()`;

async function openBrowser(target: Target, extensionDir: string): Promise<ExtensionSession> {
  return await openExtensionSession({
    ...{ target, extensionDir, hostPermissions: ALL_HOSTS },
    ...(target === 'chromium' ? { args: NO_THROTTLING } : {}),
  });
}

/** A page with so many photos, from the navigation to its labels. */
async function pageIn(run: Scope): Promise<Browsers> {
  const images = run.isQuick ? FEW_IMAGES : IMAGES;
  const site = await startSite({ resources: await photoResources(images) });
  const visit = async (session: ExtensionSession, name: string): Promise<number[]> => {
    site.set(
      `/${name}.html`,
      photoGridPage({
        ...{ title: name, images, pictures: images, visit: name },
        ...{ columns: 8, width: 144, height: 96 },
      }),
    );
    const page = await session.openPage();
    await page.setViewport(VIEWPORT);
    const world = await session.worldOf(page);
    await page.goto(`${site.origin}/${name}.html`);
    const labels = await waitUntil(
      'every image is labelled',
      async () => {
        const seen = (await world.main(WATCH)) as number[] | null;
        return seen !== null && seen.length >= images && seen;
      },
      VISIT_LIMIT_MS,
      LOOK_MS,
    );
    await page.close();
    return labels.toSorted((a, b) => a - b);
  };
  return {
    open: async (target, extensionDir) => {
      const session = await openBrowser(target, extensionDir);
      await session.ask('setSettings', { settings: { views: DEFAULT_SETTINGS.views } });
      await labelAllSites(session);
      // The model is loaded before the clock starts.
      await visit(session, `${target}-0`);
      return {
        measure: async (round) => {
          await session.ask('clearCache', {});
          const labels = await visit(session, `${target}-${round}`);
          return {
            'half of the labels, ms': labels.slice(images / 2 - 1, images / 2),
            'last label, ms': labels.slice(-1),
          };
        },
        close: session.close,
      };
    },
    close: site.close,
  };
}

/** Milliseconds. Between choice and the background's hearing of it the browser closes its menu, or starts the background. */
interface Click {
  /** From the choice of the menu's item. */
  card: number;
  label: number;
  /** From when the background heard of it. */
  heardCard: number;
  heardLabel: number;
}

async function clickOn(
  session: ExtensionSession,
  site: Site,
  photo: number,
  stopsWorker = false,
): Promise<Click> {
  const page = await session.openPage(`${site.origin}/`);
  const { at } = await session.rightClick(page, `#photo${photo}`, { stopsWorker });
  const { requestedAt, cardMilliseconds, milliseconds, result } = await session.waitForOutcome(at);
  await page.close();
  if (!result.ok) throw new Error(`A click failed: ${result.error.code}: ${result.error.message}`);
  if (result.prediction.cached) throw new Error('A click was answered from the cache.');
  const startMs = requestedAt - at;
  return {
    card: startMs + cardMilliseconds,
    label: startMs + milliseconds,
    heardCard: cardMilliseconds,
    heardLabel: milliseconds,
  };
}

/** Clicks on photos of one page, each on another. */
async function clickIn(run: Scope, rounds: number): Promise<Browsers> {
  const photos = Math.min(MOST_PHOTOS, rounds * CLICKS_A_ROUND + 1);
  if (rounds * CLICKS_A_ROUND >= MOST_PHOTOS) throw new RangeError('There are not as many photos.');
  const site = await startSite({ resources: await photoResources(photos) });
  const images = Array.from(
    { length: photos },
    (_, index) => `<img id="photo${index}" src="/photos/${index}.jpg" width="120" height="90">`,
  );
  site.set('/', {
    body: `<!doctype html><html lang="en"><title>Photos</title><link rel="icon" href="data:,"><body>${images.join('')}`,
  });
  const warm = run.isQuick ? 1 : WARM_CLICKS;
  return {
    open: async (target, extensionDir) => {
      const session = await openBrowser(target, extensionDir);
      await clickOn(session, site, 0);
      return {
        measure: async (round) => {
          let photo = (round - 1) * CLICKS_A_ROUND + 1;
          const figures: Record<string, number[]> = {};
          const add = (kind: string, { card, label, heardCard, heardLabel }: Click): void => {
            (figures[`${kind}: card, ms`] ??= []).push(card);
            (figures[`${kind}: label, ms`] ??= []).push(label);
            (figures[`${kind}: card once heard, ms`] ??= []).push(heardCard);
            (figures[`${kind}: label once heard, ms`] ??= []).push(heardLabel);
          };
          for (let click = 0; click < warm; click += 1) {
            add('awake', await clickOn(session, site, photo++));
          }
          for (let click = 0; click < (run.isQuick ? 1 : ASLEEP_CLICKS); click += 1) {
            add('asleep', await clickOn(session, site, photo++, true));
          }
          const fresh = await openBrowser(target, extensionDir);
          try {
            add('just installed', await clickOn(fresh, site, photo));
          } finally {
            await fresh.close();
          }
          return figures;
        },
        close: session.close,
      };
    },
    close: site.close,
  };
}

/**
 * Measures a part in both browsers in turn; each begins as many rounds as the other, or one more.
 * @param extensionDirs the folders of the built extension
 * @returns ratios of Firefox to Chromium by rounds: below 1 Firefox takes less
 */
export async function measureBesideChromium(
  part: FirefoxPart,
  run: Scope,
  extensionDirs: Readonly<Record<Target, string>>,
  rounds: number,
): Promise<{ figures: Compared[]; table: Table }> {
  const { open, close } = await (part === 'page' ? pageIn(run) : clickIn(run, rounds));
  const measured: Record<Target, Record<string, number[]>[]> = { firefox: [], chromium: [] };
  const sides: { target: Target; side: Side }[] = [];
  try {
    for (const target of ['firefox', 'chromium'] as const) {
      sides.push({ target, side: await open(target, extensionDirs[target]) });
    }
    for (let round = 1; round <= rounds; round += 1) {
      for (const { target, side } of rotated(sides, round - 1)) {
        run.say(`${part}: round ${round} of ${rounds}, ${target}`);
        measured[target].push(await side.measure(round));
      }
    }
  } finally {
    for (const { side } of sides) await side.close();
    await close();
  }
  const figures = compareRounds(measured.firefox, measured.chromium);
  return { figures, table: tableOf(part, figures) };
}

function tableOf(part: FirefoxPart, figures: readonly Compared[]): Table {
  return {
    title: `${part}: Firefox beside Chromium`,
    columns: ['', 'Firefox', 'Chromium', 'ratio by rounds', 'each round'],
    rows: figures.map(({ figure, own, other, ratio }) => [
      figure,
      spread(own),
      spread(other),
      spread(ratio),
      ratio.samples.map(digits).join(' '),
    ]),
    notes: [
      'Medians with quartiles. The ratio is that of each round’s medians, Firefox over Chromium.',
      ...(part === 'click'
        ? [
            'In Firefox the real menu is chosen from, in Chromium its event is sent: once heard, both begin alike.',
          ]
        : []),
    ],
  };
}
