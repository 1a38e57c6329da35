/** A worker of the CPU pool: the model on one core, asked through the port that it was handed. */
import { toFailure } from '../core/errors';
import { releasePixels } from '../core/look/raster';
import type { ModelVariant } from '../core/saying/prediction';
import { lookAt } from '../inference/engine/look';
import { fetchPackageFile } from '../inference/model/package-file';
import { createPoolEngine } from '../inference/engine/pool-engine';
import type { PoolAnswer, PoolConnect, PoolJob } from '../messages/pool-protocol';

const engine = createPoolEngine({ models: __MODELS__, fetchFile: fetchPackageFile });

function choose(variant: ModelVariant): void {
  engine.configure({ backend: 'wasm', variant });
}

async function answer({ id, raster, variant, ...wanted }: PoolJob): Promise<PoolAnswer> {
  try {
    choose(variant);
    const looked = await lookAt(engine, { raster, wanted });
    return { type: 'done', id, result: { ok: true, looked } };
  } catch (error) {
    return { type: 'done', id, result: { ok: false, error: toFailure(error) } };
  } finally {
    releasePixels(raster);
  }
}

/** The document counts half a minute: it need not hear of each picture. */
const BUSY_EVERY_MS = 5000;
let toldAt = Number.NEGATIVE_INFINITY;

function tellBusy(): void {
  const now = performance.now();
  if (now - toldAt < BUSY_EVERY_MS) return;
  toldAt = now;
  postMessage({ type: 'busy' });
}

async function connect(port: MessagePort, variant: ModelVariant): Promise<void> {
  const post = (message: PoolAnswer): void => {
    port.postMessage(message);
  };
  port.addEventListener('message', ({ data }: MessageEvent<PoolJob>) => {
    void answer(data).then(post);
    tellBusy();
  });
  port.start();
  try {
    choose(variant);
    await engine.start();
    post({ type: 'ready' });
  } catch (error) {
    post({ type: 'failed', error: toFailure(error) });
  }
}

addEventListener('message', ({ data, ports }: MessageEvent<PoolConnect>) => {
  const [port] = ports;
  if (port !== undefined) void connect(port, data.variant);
});
