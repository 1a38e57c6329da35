import { withInstead } from '../../core/own-models/instead';
import { type Concerned, concerning } from '../../core/saying/dismissal';
import { isSameSaid, type Saying } from '../../core/saying/prediction';
import { askWorker } from '../../messages/client';
import { pageLanguage } from '../page-language';
import { createAsking, type AskingOptions, type Voice } from './asking';
import type { Reading, TrackedImage } from './tracked-image';

/** Readings of pictures that left the page are kept so long: a list that is scrolled back has its labels at once. */
const MAX_KEPT = 2000;

/** So many pictures go in one question; the worker takes 10,000. */
const MAX_ASKED = 1000;

export interface Readings {
  /** The image shows the picture of its key from now on; it has its label at once where that is known. */
  attach: (image: TrackedImage, key: string) => void;
  detach: (image: TrackedImage) => void;
  /** Something came nearer, went farther, or can be read now. */
  update: () => void;
  /** What failed may work now: a permission was given, or the image was loaded again. */
  retry: (reading: Reading) => void;
  retryAll: () => void;
  /** Something else may be said now of these pictures, or of all (null): asks, and tells. */
  followVoice: (concerned: Concerned | null) => Promise<void>;
  /** What was answered, or is about to be, does not hold any more: all is asked for anew. */
  askAnew: () => void;
}

/** Reads and asks for pictures, the newest on screen first, those near it after all that are on it. */
export function createReadings(options: AskingOptions): Readings {
  const readings = new Map<string, Reading>();
  const voice: Voice = { changes: 0, follow: followVoice };
  const { place, displace, settle, cancel, pump, follow } = createAsking(options, voice);

  /** Readings of which no image is in the page, the longest unused first. */
  const unused = new Set<Reading>();

  function forgetOldest(): void {
    for (const reading of unused) {
      if (readings.size <= MAX_KEPT) return;
      if (reading.state === 'asking') continue;
      unused.delete(reading);
      readings.delete(reading.key);
    }
  }

  function detach(image: TrackedImage): void {
    const { reading } = image;
    displace(image);
    image.reading = null;
    if (reading === null) return;
    reading.images.delete(image);
    if (reading.images.size === 0) unused.add(reading);
  }

  function retry(reading: Reading): void {
    if (reading.state !== 'failed') return;
    reading.retries = 0;
    reading.failure = null;
    settle(reading, 'waiting');
  }

  async function followVoice(concerned: Concerned | null): Promise<void> {
    const isConcerned = concerning(concerned);
    const shown = [...readings.values()].flatMap((reading) => {
      const { prediction, state } = reading;
      if (prediction === null || state !== 'labelled') return [];
      return isConcerned(prediction) ? [{ reading, prediction }] : [];
    });
    const asked = [...new Set(shown.map(({ prediction }) => prediction.picture))];
    if (asked.length === 0) return;
    const said = new Map<string, Saying | null>();
    for (let begin = 0; begin < asked.length; begin += MAX_ASKED) {
      const part = asked.slice(begin, begin + MAX_ASKED);
      const sayings = await askWorker('sayAgain', { pictures: part, language: pageLanguage() });
      if (options.signal.aborted) return;
      part.forEach((picture, place) => said.set(picture, sayings[place] ?? null));
    }
    for (const { reading, prediction } of shown) {
      // Meanwhile something newer was said.
      if (reading.prediction !== prediction) continue;
      const saying = said.get(prediction.picture) ?? null;
      const now = saying && withInstead({ ...prediction, ...saying });
      if (now !== null && isSameSaid(prediction, now)) continue;
      // The worker does not know it any more, or wants to look on: the picture is asked for anew.
      reading.prediction = now;
      settle(reading, now === null ? 'waiting' : 'labelled');
    }
    pump();
  }

  return {
    attach: (image, key) => {
      if (image.reading?.key !== key) {
        detach(image);
        let reading = readings.get(key);
        if (reading === undefined) {
          reading = {
            ...{ key, images: new Set(), state: 'waiting', prediction: null, failure: null },
            ...{ failedRungs: [], request: null, retries: 0 },
          };
          readings.set(key, reading);
          forgetOldest();
        }
        reading.images.add(image);
        unused.delete(reading);
        image.reading = reading;
      }
      place(image);
    },
    detach,
    update: () => {
      follow();
      pump();
    },
    retry,
    retryAll: () => {
      for (const reading of readings.values()) retry(reading);
      pump();
    },
    followVoice: async (concerned) => {
      voice.changes += 1;
      await followVoice(concerned);
    },
    askAnew: () => {
      const all = [...readings.values()];
      cancel(all.filter(({ state }) => state === 'asking'));
      for (const reading of all) {
        if (reading.state !== 'labelled') continue;
        reading.prediction = null;
        settle(reading, 'waiting');
      }
      pump();
    },
  };
}
