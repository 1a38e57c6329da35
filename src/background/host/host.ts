import type { Tensorflow } from '../../inference/tfjs/load';
import type { PoolHost } from '../cpu-pool';

/** What differs from browser to browser in the background. */
export interface BackgroundHost {
  /** TensorFlow.js, evaluated at the first call. @throws DOMException where the browser has not kept it */
  loadTensorflow: () => Tensorflow;
  /** Where the workers of the CPU pool live. */
  poolHost: PoolHost;
  /** How many of them there may be; 0 where the browser has no place for them. */
  poolWorkers: number;
}
