import { fromFailure } from '../../core/errors';
import type { Where } from '../../core/where/where';
import { askWorker } from '../../messages/client';
import type { LadderResult } from '../pixels/classify-picture';

/**
 * Where in a picture a label comes from.
 * @param read has the worker classify the picture once more, for a person, where it has its pixels no more
 * @throws CodedError of the ladder and the engine
 */
export async function seeWhere(
  picture: string,
  synset: string,
  read: () => Promise<LadderResult>,
): Promise<Where | null> {
  const known = await askWorker('seeWhere', { picture, synset });
  if (known !== null) return known;
  const again = await read();
  if (!again.ok) throw fromFailure(again.error);
  return await askWorker('seeWhere', { picture: again.prediction.picture, synset });
}
