import { allowPackageScripts } from '../../inference/model/package-scripts';
import { poolSize } from '../../core/pool-size';
import { browser } from '../../platform/browser';
import type { BackgroundHost } from './host';
import {
  importOwnTensorflow,
  importTensorflow,
  loadOwnTensorflow,
  loadTensorflow,
} from './load-tensorflow';
import { createOffscreenHost, hasOffscreenDocuments } from './offscreen-document';

/** Workers for when there is no GPU and much to do. */
function poolWorkers(): number {
  const { hardwareConcurrency, deviceMemory } = navigator as WorkerNavigator & {
    deviceMemory?: number;
  };
  return hasOffscreenDocuments() ? poolSize(hardwareConcurrency, deviceMemory) : 0;
}

/** A service worker: scripts besides its own are imported when it is installed, workers need an offscreen document. */
export function createChromeHost(): BackgroundHost {
  allowPackageScripts();
  addEventListener('install', importTensorflow);
  addEventListener('install', importOwnTensorflow);
  return {
    ...{ loadTensorflow, loadOwnTensorflow },
    poolHost: createOffscreenHost(),
    poolWorkers: poolWorkers(),
    isThreadShared: false,
    isPoolARisk: true,
    // The press counts in the turn of its message.
    requestAccess: (origins) => browser.permissions.request({ origins }),
    // Scripts of the old version see that it is gone, and leave.
    aroundUpdate: () => undefined,
    // A message whose answer is awaited does so by itself.
    keepAwake: (work) => work,
  };
}
