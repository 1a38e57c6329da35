/** What more views and the larger model cost, and what they are worth, on the pinned photos. */
import {
  MODEL_VARIANTS,
  type ModelVariant,
  type Prediction,
  type ViewCount,
} from '../../src/core/saying/prediction';
import type { Answer } from '../../src/messages/protocol';
import { type Judged, measure, type Measures } from '../../scripts/evaluate/measure';
import { pinnedPhotos } from '../../scripts/photos/pinned-photos';
import { type ExtensionSession, openExtensionSession } from '../../scripts/drive/extension-session';
import { startSite } from '../../scripts/drive/serve';
import type { BenchRun, PartInRounds, PartResult } from '../run';
import { rotated, type Summary, summarize } from '../statistics';
import { spread } from '../table';

const VIEWS: readonly ViewCount[] = [1, 2, 3];
const QUICK_PHOTOS = 6;

interface Choice {
  variant: ModelVariant;
  views: ViewCount;
}

interface Figures extends Choice, Measures {
  /** Views that the model looked at, mean of the photos. */
  looks: number;
  /** In the worker, from the pixels to the prediction: cutting the views and the model. */
  millisecondsAnImage: Summary;
}

const TITLES: Readonly<Record<ModelVariant, string>> = {
  accurate: 'accurate (1.0, 224 px)',
  fast: 'fast (0.5, 160 px)',
};

/** Sends picture files from an extension page, as a person's own file is classified. */
async function openFiles(session: ExtensionSession, origin: string) {
  const page = await session.openPage(`${session.origin}manifest.json`);
  return async (file: string): Promise<Prediction> => {
    const answer = await page.evaluate(async (address) => {
      const response = await fetch(address);
      const bytes = await response.arrayBuffer();
      return chrome.runtime.sendMessage<unknown, Answer<Prediction>>({
        type: 'classifyFile',
        bytes,
      });
    }, `${origin}/${file}`);
    if (!answer.ok) throw new Error(`${file}: ${answer.error.code}: ${answer.error.message}`);
    return answer.value;
  };
}

export async function accuracy(run: BenchRun): Promise<PartResult> {
  const pinned = await pinnedPhotos('pinned');
  const photos = run.isQuick ? pinned.slice(0, QUICK_PHOTOS) : pinned;
  const site = await startSite();
  for (const { file, path } of photos) {
    site.set(`/${file}`, { file: path, cors: true });
  }
  const figures: Figures[] = [];
  let session: ExtensionSession | undefined;
  try {
    session = await openExtensionSession({ extensionDir: run.extensionDir });
    const classify = await openFiles(session, site.origin);
    for (const variant of MODEL_VARIANTS) {
      run.say(`accuracy: ${variant}`);
      await session.ask('setSettings', { settings: { variant } });
      await session.ask('clearCache', {});
      await session.ask('startEngine', {});
      const tried = VIEWS.map((views) => ({
        views,
        judged: [] as Judged[],
        times: [] as number[],
      }));
      for (const [index, photo] of photos.entries()) {
        // In turns, so that a slow while of the machine slows all down.
        for (const { views, judged, times } of rotated(tried, index)) {
          await session.ask('setSettings', { settings: { views } });
          const prediction = await classify(photo.file);
          if (prediction.views > views || prediction.variant !== variant) {
            throw new Error('The settings did not take effect.');
          }
          if (prediction.cached) throw new Error(`${photo.file} was answered from the cache.`);
          judged.push({ photo, prediction });
          times.push(prediction.inferenceMilliseconds);
        }
      }
      for (const { views, judged, times } of tried) {
        const seen = judged.reduce((sum, { prediction }) => sum + (prediction?.views ?? 0), 0);
        figures.push({
          ...{ variant, views, looks: seen / judged.length },
          ...measure(judged),
          millisecondsAnImage: summarize(times),
        });
      }
    }
  } finally {
    await session?.close();
    await site.close();
  }
  const percent = (share: number | null): string =>
    share === null ? '–' : `${(share * 100).toFixed(1)} %`;
  return {
    figures: { photos: photos.length, choices: figures },
    tables: [
      {
        title: `Accuracy against speed, ${photos.length} pinned photos as files`,
        columns: [
          'model, views at most',
          'looks',
          'top-1',
          'top-5',
          'hints: coverage',
          'precision',
          'ms an image',
        ],
        rows: figures.map((each) => [
          `${TITLES[each.variant]}, ${each.views}`,
          each.looks.toFixed(2),
          percent(each.top1),
          percent(each.top5),
          percent(each.hintCoverage),
          percent(each.hintPrecision),
          spread(each.millisecondsAnImage),
        ]),
      },
    ],
  };
}

/** The pinned photos as files, with the settings as installed, for two builds in turn. */
export async function accuracyRounds(run: BenchRun): Promise<PartInRounds> {
  const pinned = await pinnedPhotos('pinned');
  const photos = run.isQuick ? pinned.slice(0, QUICK_PHOTOS) : pinned;
  const site = await startSite();
  for (const { file, path } of photos) site.set(`/${file}`, { file: path, cors: true });
  return {
    open: async ({ extensionDir }) => {
      const session = await openExtensionSession({ extensionDir });
      const classify = await openFiles(session, site.origin);
      return {
        measure: async () => {
          await session.ask('clearCache', {});
          const judged: Judged[] = [];
          const times: number[] = [];
          for (const photo of photos) {
            const prediction = await classify(photo.file);
            judged.push({ photo, prediction });
            times.push(prediction.inferenceMilliseconds);
          }
          const { top1, hintCoverage, hintPrecision } = measure(judged);
          return {
            'top-1': [top1],
            'hint coverage': [hintCoverage],
            'hint precision': hintPrecision === null ? [] : [hintPrecision],
            'a picture in the worker, ms': times,
          };
        },
        close: session.close,
      };
    },
    close: site.close,
  };
}
