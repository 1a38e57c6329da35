import type { Prediction } from '../../core/saying/prediction';
import { isTwoToSeek } from '../../core/saying/said';
import { askWorker } from '../../messages/client';
import { pageLanguage } from '../page-language';

/** The prediction of a person's own request, with two things where the picture may have such. Never rejects. */
export async function withTwoSeen(prediction: Prediction): Promise<Prediction> {
  if (!isTwoToSeek(prediction)) return prediction;
  const { picture } = prediction;
  // What is said of the whole is no worse for it.
  const saying = await askWorker('seekTwo', {
    ...{ picture, isPrivate: false, language: pageLanguage() },
  }).catch(() => null);
  return { ...prediction, ...saying };
}
