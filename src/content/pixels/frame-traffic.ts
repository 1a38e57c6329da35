import type { Traffic } from '../../core/report/page-report';
import { askWorker } from '../../messages/client';

/** Tells the worker, which counts for the whole page, what this frame asked of the network. */
export function countFrameTraffic(traffic: Partial<Traffic>): void {
  askWorker('reportTraffic', { traffic }).catch(() => {
    // An extension that was reloaded meanwhile: its counts went with it.
  });
}
