import { poolSize } from '../../core/pool-size';
import { allowPackageScripts } from '../../inference/model/package-scripts';
import { browser } from '../../platform/browser';
import { unawaited } from '../unawaited';
import { askInWindow } from './access-window';
import { createHeartbeat } from './heartbeat';
import type { BackgroundHost } from './host';
import { appendOwnTensorflow, appendTensorflow } from './load-tensorflow';
import { createWorkerHost } from './worker-host';

/**
 * An event page: a document, so scripts are elements of its own and it starts workers itself. All extensions
 * of the browser share its thread, and it is stopped after half a minute without a call of the browser's
 * interface, whatever else it does.
 */
export function createFirefoxHost(): BackgroundHost {
  allowPackageScripts();
  return {
    ...{ loadTensorflow: appendTensorflow, loadOwnTensorflow: appendOwnTensorflow },
    poolHost: createWorkerHost(),
    // One is worth having even on a single core: other extensions' thread stays free.
    poolWorkers: Math.max(1, poolSize(navigator.hardwareConcurrency, undefined)),
    isThreadShared: true,
    isPoolARisk: false,
    requestAccess: askInWindow,
    aroundUpdate(leavePages, takeOver) {
      // Firefox waits with the new version for this reload, or its own next start.
      browser.runtime.onUpdateAvailable.addListener(() => {
        unawaited(
          leavePages().finally(() => {
            browser.runtime.reload();
          }),
        );
      });
      browser.runtime.onInstalled.addListener(({ reason }) => {
        if (reason === 'update') unawaited(takeOver());
      });
    },
    keepAwake: createHeartbeat(),
  };
}
