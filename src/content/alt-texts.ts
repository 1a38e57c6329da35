/**
 * The content script that knows where an alt text is needed and puts it there, and shows images to the
 * popup and in the page: offers itself.
 */
import { altNeedOf } from './alt-text/alt-need-of';
import { untilCalm } from './alt-text/calm';
import { createListenerTexts } from './alt-text/listener-texts';
import { learnPageWords } from './alt-text/page-words';
import { offerAltTexts } from './alt-text/part';
import { excludedPart, reportPart } from './report/frame-report';
import { listedElement } from './report/listed';
import { ringImage } from './report/ring';
import { thumbnailsOf } from './report/thumbnails';

offerAltTexts({
  ...{ reportPart, excludedPart, createListenerTexts, learnPageWords, untilCalm },
  altNeedOf,
  ...{ ringImage, listedElement, thumbnailsOf },
});
