/** The extension's own engine, as its service worker has it. */
import { createEngine, type ModelManifest } from '../../src/inference/engine/engine';
import * as tensorflow from '../../src/inference/tfjs/tensorflow';
import type { Raster } from '../../src/core/look/raster';
import { planViews } from '../../src/core/look/views';
import {
  instantiateKernels,
  KERNELS_FILE,
  RELAXED_KERNELS_FILE,
} from '../../src/inference/wasm/kernels';
import { openKernelPictures } from '../../src/inference/wasm/view-cutter';
import {
  INPUT_SIDE_PX,
  type Looked,
  packagedFile,
  packagedJson,
  serveContender,
} from './contender';

const VIEWS = 2;
/** Bytes of a view in the kernels' memory, which pictures come after. */
const ROW_BYTES = INPUT_SIDE_PX * 3 * 2;
const VIEW_BYTES = INPUT_SIDE_PX * ROW_BYTES;

/** Cuts views on kernels beside those of the engine, which does not cut without looking. */
async function openCutter(): Promise<(picture: Raster) => void> {
  const kernels = await instantiateKernels(
    await packagedFile(KERNELS_FILE),
    await packagedFile(RELAXED_KERNELS_FILE),
  );
  const { cut } = openKernelPictures(kernels, VIEW_BYTES);
  return (picture) => {
    for (const crop of planViews(picture, VIEWS)) {
      cut(picture, crop, INPUT_SIDE_PX, { address: 0, rowBytes: ROW_BYTES });
    }
  };
}

serveContender(async (backend) => {
  const parts = {
    models: await packagedJson<ModelManifest>('models/index.json'),
    fetchFile: packagedFile,
    loadTensorflow: () => tensorflow,
  };
  const engine = createEngine(parts);
  engine.configure({ backend, variant: 'accurate' });
  const { backends } = await engine.start();
  const look = async (picture: Raster): Promise<Looked> => {
    const { logits, embeddings } = await engine.classify(picture, { views: 1 });
    return {
      logits: logits[0] ?? new Float32Array(),
      embedding: embeddings[0] ?? new Float32Array(),
    };
  };
  return {
    device: backends.find((each) => each.backend === backend)?.device ?? null,
    look,
    run: async (picture) => (await look(picture)).logits,
    ...(backend === 'wasm' ? { cut: await openCutter() } : {}),
  };
});
