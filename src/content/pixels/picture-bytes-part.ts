import type * as pictureBytes from '../../core/look/picture-bytes';
import { partOf } from '../part';

/**
 * What the script that reads the bytes of picture files does for those that read pictures: a file of its own,
 * as most pictures are read as the page has decoded them.
 */
export type PictureBytesPart = Pick<
  typeof pictureBytes,
  'brokenPictureCode' | 'claimedSize' | 'endsEarly' | 'pictureFormat'
>;

export const pictureBytesPart = partOf<PictureBytesPart>('picture-bytes');
