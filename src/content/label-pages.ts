/**
 * The content script that labels pages, in every frame of the pages that a person chose: wires. A file
 * of its own, so that a page pays only for what it uses.
 */
import { startLabellingService } from './labelling/index';
import { runOnce } from './describe/run-once';

runOnce('label', (signal) => {
  startLabellingService({ signal });
});
