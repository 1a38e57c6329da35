/** Asks the built extension about labelled photos and about pictures that are none. */
import type { Prediction } from '../../src/core/saying/prediction';
import type { Describer } from '../drive/describer';
import type { LabelledPhoto } from '../photos/photo-labels';
import type { Judged } from './measure';

export interface Said {
  prediction: Prediction | null;
  failure: string | null;
}

export interface EvaluationOptions {
  /** Each picture's answer, as soon as it is there; `truth` is the photo's synset, null for no photo. */
  onSaid: (file: string, truth: string | null, said: Said) => void;
  onProgress: (what: string, done: number, all: number) => void;
}

export interface Evaluation {
  judged: Judged[];
  /** For each picture that is no photo: is a hint said of it? Null where it failed. */
  spoken: (boolean | null)[];
}

async function ask(describer: Describer, file: string): Promise<Said> {
  try {
    const { result } = await describer.describe(file);
    if (result.ok) return { prediction: result.prediction, failure: null };
    return { prediction: null, failure: `${result.error.code}: ${result.error.message}` };
  } catch (error) {
    return { prediction: null, failure: error instanceof Error ? error.message : String(error) };
  }
}

/** Describes every picture in turn. A picture that fails is counted, not thrown. */
export async function evaluatePictures(
  describer: Describer,
  photos: readonly (LabelledPhoto & { path: string })[],
  notPhotos: readonly string[],
  { onSaid, onProgress }: EvaluationOptions,
): Promise<Evaluation> {
  const judged: Judged[] = [];
  const spoken: (boolean | null)[] = [];
  for (const [index, photo] of photos.entries()) {
    const said = await ask(describer, photo.path);
    onSaid(photo.file, photo.synset, said);
    judged.push({ photo, prediction: said.prediction });
    onProgress('photos', index + 1, photos.length);
  }
  for (const [index, file] of notPhotos.entries()) {
    const said = await ask(describer, file);
    onSaid(file, null, said);
    spoken.push(said.prediction === null ? null : said.prediction.hint !== null);
    onProgress('non-photos', index + 1, notPhotos.length);
  }
  return { judged, spoken };
}
