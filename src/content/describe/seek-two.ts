import { fromFailure } from '../../core/errors';
import type { Prediction, Saying } from '../../core/saying/prediction';
import { askWorker } from '../../messages/client';
import { pageLanguage } from '../page-language';
import type { LadderResult } from '../pixels/classify-picture';

/**
 * What is said of a picture once two things were looked for in it.
 * @param read has the worker classify the picture once more, for a person, where it has its pixels no more
 * @returns null where that cannot be told
 * @throws CodedError of the ladder and the engine
 */
export async function seekTwo(
  { picture }: Pick<Prediction, 'picture'>,
  read: () => Promise<LadderResult>,
): Promise<Saying | null> {
  const of = { isPrivate: false, language: pageLanguage() };
  const known = await askWorker('seekTwo', { picture, ...of });
  if (known !== null) return known;
  const again = await read();
  if (!again.ok) throw fromFailure(again.error);
  return await askWorker('seekTwo', { picture: again.prediction.picture, ...of });
}
