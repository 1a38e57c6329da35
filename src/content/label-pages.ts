/**
 * The content script that labels pages, in every frame of the pages that a person chose: wires. A file
 * of its own, so that a page pays only for what it uses.
 */
import { isFirefox } from '../platform/which-browser';
import { takeBackLeftovers } from './alt-text/leftovers';
import { runOnce } from './describe/run-once';
import { isInsideObject } from './dom';
import { picturesOf } from './find/picture';
import { startLabellingService } from './labelling/index';
import { shownPicture } from './labelling/tracked-image';
import { lend } from './lent';
import { readDecoded } from './pixels/decoded';
import { knowNodesOfAllWindows } from './realms';

runOnce('label', (signal) => {
  knowNodesOfAllWindows();
  // The page around it labels the picture, once.
  if (isInsideObject()) return;
  // Of a version that ended without a word.
  if (isFirefox()) takeBackLeftovers();
  lend({ picturesOf, shownPicture, readDecoded });
  startLabellingService({ signal });
});
