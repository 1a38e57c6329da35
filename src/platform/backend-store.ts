import { browser } from './browser';

import { listOf, numberFrom, oneOf, orNull, shapeOf, textUpTo, type Check } from '../core/check';
import {
  BACKEND_OUTCOMES,
  BACKEND_REASONS,
  type BackendMemory,
  type BackendReport,
} from '../core/engine-status';
import { BACKENDS, MODEL_VARIANTS } from '../core/saying/prediction';

const KEY = 'backends';

const isReport: Check<BackendReport> = shapeOf({
  backend: oneOf(...BACKENDS),
  outcome: oneOf(...BACKEND_OUTCOMES),
  reason: orNull(shapeOf({ code: oneOf(...BACKEND_REASONS), message: textUpTo(100_000) })),
  device: orNull(textUpTo(10_000)),
  probeMilliseconds: orNull(numberFrom(0, 86_400_000)),
});
const isMemory: Check<BackendMemory> = shapeOf({
  variant: oneOf(...MODEL_VARIANTS),
  backends: listOf(isReport, BACKENDS.length),
});

/**
 * What the engine found out about the backends. Session storage: it outlives the service worker, which
 * may be stopped every half minute, but not the browser, with which drivers may change.
 */
export async function loadBackends(): Promise<BackendMemory | null> {
  const { [KEY]: stored } = await browser.storage.session.get(KEY);
  return isMemory(stored) ? stored : null;
}

export async function rememberBackends(memory: BackendMemory): Promise<void> {
  await browser.storage.session.set({ [KEY]: memory });
}
