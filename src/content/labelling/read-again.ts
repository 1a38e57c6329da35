import { CodedError } from '../../core/errors';
import { classifyPicture, type LadderResult } from '../pixels/classify-picture';
import type { TrackedImage } from './tracked-image';

/**
 * Has the worker classify what an image shows for a person: it has the picture's pixels at hand then.
 * @throws CodedError `image-gone`
 */
export function readAgain({ picture }: Pick<TrackedImage, 'picture'>): Promise<LadderResult> {
  if (picture === null) throw new CodedError('image-gone', 'It shows nothing any more.');
  return classifyPicture(picture, {
    ...{ requestId: `again-${Math.random().toString(36).slice(2)}`, priority: 'user' },
    ...{ signal: new AbortController().signal, outlivesElement: false },
    ...{ confirmed: null, withClearScreen: null },
  });
}
