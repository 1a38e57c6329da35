/** `own-tensorflow.js` of the extension: a classic script has no exports, so it leaves the module here. */
// The order counts: `apart` is evaluated before tfjs.
import { giveBack } from './apart';
import { engine } from '@tensorflow/tfjs-core';
import { setTensorTracker } from '@tensorflow/tfjs-core/dist/tensor';

import * as ownTensorflow from './own-tensorflow';
import type { OwnTensorflow } from './load';

declare global {
  var ownTensorflow: OwnTensorflow | undefined;
}

globalThis.ownTensorflow = ownTensorflow;
giveBack();
// Tensors look their engine up in the global scope each time, where the other copy's is now.
setTensorTracker(() => engine());
