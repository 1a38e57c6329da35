/** `tensorflow.js` of the extension: a classic script has no exports, so it leaves the module here. */
import type { Tensorflow } from './load';
import * as tensorflow from './tensorflow';

declare global {
  var tensorflow: Tensorflow | undefined;
}

globalThis.tensorflow = tensorflow;
