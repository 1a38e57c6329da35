import { imageKey, type ReportImage } from '../core/report/page-report';
import { fittingThumbnails } from '../core/report/thumbnail-address';
import { askFrame } from '../messages/client';
import { loadThumbnails } from '../platform/thumbnail-store';

/** So many are drawn in one go: the page's own work goes on in between. */
const BATCH = 12;
/** Rows that come into view together are asked for together. */
const GATHER_MS = 60;
/** A report with more images has tiles for the rest: session storage is small, and so is a person's patience. */
const MAX_THUMBNAILS = 400;

export interface Thumbnails {
  /** An image is in view: its thumbnail is fetched from the page, once. */
  want: (image: ReportImage) => void;
  /** The thumbnails of these images; `data:` URLs by `imageKey`, empty where there can be none. */
  all: (images: readonly ReportImage[]) => Promise<ReadonlyMap<string, string>>;
}

/**
 * Thumbnails from a tab's page, where they are already decoded, or from what the worker kept of pictures
 * that the page may not draw: no image is loaded for one.
 * @param onChange all that are known, after some came
 */
export function createThumbnails(
  tabId: number,
  onChange: (known: ReadonlyMap<string, string>) => void,
): Thumbnails {
  const known = new Map<string, string>();
  const asked = new Set<string>();
  let waiting: ReportImage[] = [];
  let running: Promise<void> = Promise.resolve();

  async function drawnByPage(frameId: number, ids: string[]): Promise<Record<string, string>> {
    if (ids.length === 0) return {};
    // A frame that is gone has nothing to show.
    const drawn = await askFrame(tabId, frameId, 'getThumbnails', { ids }).catch(() => ({}));
    return fittingThumbnails(drawn);
  }

  async function askBatch(frameId: number, images: readonly ReportImage[]): Promise<void> {
    const drawn = images.filter(({ rung }) => rung === 'decoded').map(({ id }) => id);
    const kept = images.flatMap(({ rung, prediction }) =>
      rung === 'decoded' || prediction === null ? [] : prediction.picture,
    );
    const [byId, byPicture] = await Promise.all([
      drawnByPage(frameId, drawn),
      loadThumbnails(kept).catch(() => new Map<string, string>()),
    ]);
    for (const image of images) {
      const picture = image.prediction?.picture ?? '';
      known.set(imageKey(image), byId[image.id] ?? byPicture.get(picture) ?? '');
    }
    onChange(new Map(known));
  }

  async function askFrames(images: readonly ReportImage[]): Promise<void> {
    const frames = new Map<number, ReportImage[]>();
    for (const image of images) {
      frames.set(image.frameId, [...(frames.get(image.frameId) ?? []), image]);
    }
    for (const [frameId, ofFrame] of frames) {
      for (let begin = 0; begin < ofFrame.length; begin += BATCH) {
        await askBatch(frameId, ofFrame.slice(begin, begin + BATCH));
      }
    }
  }

  /** What was read can be drawn; the key tells another picture in the same element from the first. */
  function fresh(images: readonly ReportImage[]): ReportImage[] {
    return images.filter((image) => {
      const key = `${imageKey(image)} ${image.prediction?.picture ?? ''}`;
      if (image.state !== 'labelled' || asked.has(key) || asked.size >= MAX_THUMBNAILS)
        return false;
      asked.add(key);
      return true;
    });
  }

  function ask(images: readonly ReportImage[]): Promise<void> {
    running = running.then(() => askFrames(images));
    return running;
  }

  return {
    want: (image) => {
      const [wanted] = fresh([image]);
      if (wanted === undefined) return;
      waiting.push(wanted);
      if (waiting.length > 1) return;
      setTimeout(() => {
        const images = waiting;
        waiting = [];
        void ask(images);
      }, GATHER_MS);
    },
    all: async (images) => {
      const wanted = [...waiting, ...fresh(images)];
      waiting = [];
      await ask(wanted);
      return known;
    },
  };
}
