/** `own-tensorflow.js` of the extension: a classic script has no exports, so it leaves the module here. */
import { giveBack } from './apart';
// The order counts: tfjs is evaluated after `apart`.
import * as ownTensorflow from './own-tensorflow';
import type { OwnTensorflow } from './load';

declare global {
  var ownTensorflow: OwnTensorflow | undefined;
}

globalThis.ownTensorflow = ownTensorflow;
giveBack();
