/** The content script that makes pictures of a page's inline drawings: offers itself. */
import { inlineSvgAddress } from './pixels/inline-svg';
import { inlineSvgPart } from './pixels/inline-svg-part';

inlineSvgPart.offer({ inlineSvgAddress });
