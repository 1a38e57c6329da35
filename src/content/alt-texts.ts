/**
 * The content script that knows where an alt text is needed and puts it there, and shows images to the
 * popup and in the page: offers itself.
 */
import { altNeedOf } from './alt-text/alt-need-of';
import { createListenerTexts } from './alt-text/listener-texts';
import { readNamesakes } from './alt-text/namesakes';
import { offerAltTexts } from './alt-text/part';
import { ringImage } from './labelling/ring';
import { thumbnailOf } from './labelling/thumbnail';

offerAltTexts({
  needsOf: (elements) => {
    const namesakes = readNamesakes(elements);
    return elements.map((element) => altNeedOf(element, namesakes));
  },
  createListenerTexts,
  ringImage,
  thumbnailOf,
});
