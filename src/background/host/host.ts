import type { LoadOwnTensorflow } from '../../inference/own-models/load';
import type { LoadTensorflow } from '../../inference/tfjs/load';
import type { PoolHost } from '../cpu-pool';

/** What differs from browser to browser in the background. */
export interface BackgroundHost {
  /** TensorFlow.js, evaluated at the first call. @throws DOMException where the browser has not kept it */
  loadTensorflow: LoadTensorflow;
  /** The same for what runs models of a person's own. */
  loadOwnTensorflow: LoadOwnTensorflow;
  /** Where the workers of the CPU pool live. */
  poolHost: PoolHost;
  /** How many of them there may be; 0 where the browser has no place for them. */
  poolWorkers: number;
  /**
   * Do other extensions run on the background's thread? Then pictures are for the workers, from the first
   * on, and the engine here is what is left where there are none.
   */
  isThreadShared: boolean;
  /** Does a crash of the process end the extension for good while the pool is open? Then risks close it. */
  isPoolARisk: boolean;
  /**
   * Asks the person for access, as a press in a page of the web wants. Nothing may be awaited before.
   * @param origins match patterns
   */
  requestAccess: (origins: string[]) => Promise<boolean>;
  /**
   * For where the scripts of a version that is replaced do not see it happen: `leavePages` is called before,
   * and `takeOver` by the new version.
   */
  aroundUpdate: (leavePages: () => Promise<void>, takeOver: () => Promise<void>) => void;
  /** Keeps the background from being stopped until the work has ended. Returns it. */
  keepAwake: <T>(work: Promise<T>) => Promise<T>;
}
