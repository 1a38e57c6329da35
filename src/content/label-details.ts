/** The content script that knows how the details of a label look: offers itself. */
import { resultContent } from './card/card-content';
import result from './card/result.css?inline';
import details from './labelling/details.css?inline';
import { detailsPart } from './labelling/details-part';

detailsPart.offer({ styles: `${result}${details}`, content: resultContent });
