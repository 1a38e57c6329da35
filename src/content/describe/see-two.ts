import { pictureSize } from '../../core/look/cache-key';
import { isWideOrTall } from '../../core/look/ends';
import { isTaught, type Prediction } from '../../core/saying/prediction';
import type { TwoThings } from '../../core/saying/two-things';
import { askWorker } from '../../messages/client';
import { pageLanguage } from '../page-language';

/** Two things in the picture that was just described, where it is wide or tall and they are sure. Never rejects. */
export async function seeTwo({
  picture,
  hint,
}: Pick<Prediction, 'picture' | 'hint'>): Promise<TwoThings | null> {
  if (!isWideOrTall(pictureSize(picture))) return null;
  // A person's own name for the whole comes before the names of its parts.
  if (hint !== null && isTaught(hint)) return null;
  // What is said of the whole is no worse for it.
  return await askWorker('seeTwo', { picture, language: pageLanguage() }).catch(() => null);
}
