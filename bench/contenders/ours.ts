/** The extension's own engine, as its service worker has it. */
import { createEngine, type ModelManifest } from '../../src/inference/engine/engine';
import * as tensorflow from '../../src/inference/tfjs/tensorflow';
import type { Raster } from '../../src/core/look/raster';
import { type Looked, packagedFile, packagedJson, serveContender } from './contender';

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
  };
});
