import { browser, type Tabs } from '../../platform/browser';

import { webOrigin } from '../../core/address/match-pattern';
import { mayNotMatch } from '../../core/alt-text/mismatch';
import { pageDraft } from '../../core/alt-text/page-draft';
import { fittingEntries, wholeFrom } from '../../core/check';
import type { PageReport } from '../../core/report/page-report';
import { isFrameImage, MAX_REPORT_IMAGES } from '../../core/report/report-checks';
import type { Concerned } from '../../core/saying/dismissal';
import type { LabellingState } from '../../core/settings/labelling-state';
import { askFrame } from '../../messages/client';
import { injectScript, type InjectedFrame } from '../../platform/content-script';
import type { Pages } from '../pages';
import type { SpokenWords } from '../spoken-words';

/** Longer than a page takes that is awake, milliseconds. */
const HEARING_TIMEOUT_MS = 2000;

/** What the worker says to the labelling script of the frames. A frame that has gone meanwhile needs nothing. */
export interface LabelledFrames {
  /** Puts the script into all frames of a tab, and notes them. @throws CodedError `page-gone`, `page-not-accessible` */
  enter(tabId: number, origin: string | null): Promise<number[]>;
  /** Enters the frames that came after a page was to be labelled once; the browser enters the others. */
  enterLate(tabId: number): Promise<void>;
  /** Starts or stops labelling in frames; default: in those that are known. */
  apply(tabId: number, state: LabellingState, frameIds?: readonly number[]): Promise<void>;
  toggleLabels(tabId: number): Promise<void>;
  lookAtAll(tabId: number, isWanted: boolean): Promise<void>;
  /** The images of a tab's page, of every frame that answers. */
  images(tabId: number): Promise<PageReport['images']>;
  /** Has the labelled pages say anew what they show of these pictures, or of all (null). */
  followVoice(concerned: Concerned | null, where: { privateOnly: boolean }): Promise<void>;
  /** Has the labelled pages of these sites, by origin, ask for all that they show anew. */
  askAnew(sites: ReadonlySet<string>): Promise<void>;
}

/**
 * Part by part: the page answers something else in between, and no message grows with the page. What a
 * frame told before it was gone, or told nonsense, is told.
 */
async function frameImages(tabId: number, frameId: number): Promise<PageReport['images']> {
  const images: PageReport['images'] = [];
  await readParts(tabId, frameId, images).catch(() => undefined);
  return images;
}

const isPlace = wholeFrom(0, MAX_REPORT_IMAGES);

async function readParts(
  tabId: number,
  frameId: number,
  images: PageReport['images'],
): Promise<void> {
  const report = crypto.randomUUID();
  for (let from = 0; from < MAX_REPORT_IMAGES;) {
    const part = await askFrame(tabId, frameId, 'getFrameReport', { report, from });
    // A page's renderer may be compromised: an image of a wrong shape is none.
    for (const image of fittingEntries(isFrameImage, MAX_REPORT_IMAGES, part.images)) {
      const { texts, ...facts } = image;
      const { prediction } = image;
      const drafted =
        prediction === null || texts === undefined ? null : pageDraft(texts, prediction);
      const added = drafted === null ? {} : { pageDraft: drafted };
      images.push({ ...facts, frameId, mismatch: null, ...added });
    }
    // Nor is a next part that does not go on.
    if (!isPlace(part.next) || part.next <= from) return;
    from = part.next;
  }
}

/** Compares the texts of images with what is said of them, in the language of their page. */
async function askMismatches(
  images: PageReport['images'],
  compared: SpokenWords['compared'],
): Promise<void> {
  for (const image of images) {
    const { prediction, name } = image;
    if (prediction === null || name === '') continue;
    const known = await compared(prediction.draftLang);
    if (known !== null) image.mismatch = mayNotMatch(name, prediction, known);
  }
}

export function createLabelledFrames(
  pages: Pages,
  contentScript: string,
  { compared }: Pick<SpokenWords, 'compared'>,
): LabelledFrames {
  function known(tabId: number): number[] {
    return Object.values(pages.get(tabId)?.frames ?? {}).map(({ frameId }) => frameId);
  }

  /** Tells the frames of these tabs; a page that sleeps hears it when it can. */
  async function tellTabs(
    isMeant: (tab: Tabs.Tab) => boolean,
    tell: (tabId: number, frameId: number) => Promise<null>,
  ): Promise<void> {
    await pages.ready;
    const tabs = (await browser.tabs.query({})).filter(isMeant);
    const told = tabs.flatMap(({ id = -1 }) => known(id).map((frameId) => tell(id, frameId)));
    const pause = new Promise((resolve) => setTimeout(resolve, HEARING_TIMEOUT_MS));
    await Promise.race([Promise.allSettled(told), pause]);
  }

  return {
    async enter(tabId, origin) {
      const frames: InjectedFrame[] = await injectScript(contentScript, tabId, 'all');
      // The top frame first: it begins the page that the others belong to.
      for (const { frameId, documentId } of frames.sort((a, b) => a.frameId - b.frameId)) {
        pages.enter({ tabId, frameId, documentId }, frameId === 0 ? origin : null);
      }
      return frames.map(({ frameId }) => frameId);
    },
    async enterLate(tabId) {
      await pages.ready;
      // The script asks by itself what it is to do.
      if (pages.get(tabId)?.once === true) await injectScript(contentScript, tabId, 'all');
    },
    async apply(tabId, state, frameIds = known(tabId)) {
      await Promise.allSettled(
        frameIds.map((frameId) =>
          state.active
            ? askFrame(tabId, frameId, 'startLabelling', { state })
            : askFrame(tabId, frameId, 'stopLabelling', { state }),
        ),
      );
    },
    async toggleLabels(tabId) {
      await pages.ready;
      await Promise.allSettled(
        known(tabId).map((frameId) => askFrame(tabId, frameId, 'toggleLabels', {})),
      );
    },
    async lookAtAll(tabId, isWanted) {
      await Promise.allSettled(
        known(tabId).map((frameId) => askFrame(tabId, frameId, 'lookAtAll', { isWanted })),
      );
    },
    async images(tabId) {
      const images = await Promise.all(known(tabId).map((frameId) => frameImages(tabId, frameId)));
      const all = images.flat();
      await askMismatches(all, compared);
      return all;
    },
    async followVoice(concerned, { privateOnly }) {
      await tellTabs(
        ({ incognito }) => incognito || !privateOnly,
        (tabId, frameId) =>
          askFrame(tabId, frameId, 'followVoice', {
            concerned: concerned && {
              pictures: [...concerned.pictures],
              labels: [...concerned.labels],
            },
          }),
      );
    },
    async askAnew(sites) {
      await tellTabs(
        ({ id, url }) => {
          const site = webOrigin(url) ?? pages.get(id ?? -1)?.origin ?? null;
          return site !== null && sites.has(site);
        },
        (tabId, frameId) => askFrame(tabId, frameId, 'askAnew', {}),
      );
    },
  };
}
