/** The content script that knows the formats of picture files: offers itself. */
import {
  brokenPictureCode,
  claimedSize,
  endsEarly,
  pictureFormat,
} from '../core/look/picture-bytes';
import { pictureBytesPart } from './pixels/picture-bytes-part';

pictureBytesPart.offer({ brokenPictureCode, claimedSize, endsEarly, pictureFormat });
