/**
 * The content script that knows where an alt text is needed and puts it there, and shows images to the
 * popup and in the page: offers itself.
 */
import { createListenerTexts } from './alt-text/listener-texts';
import { offerAltTexts } from './alt-text/part';
import { excludedReport, reportImages } from './labelling/frame-report';
import { ringImage } from './labelling/ring';
import { thumbnailsOf } from './labelling/thumbnails';

offerAltTexts({ reportImages, excludedReport, createListenerTexts, ringImage, thumbnailsOf });
