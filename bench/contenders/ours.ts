/** The extension's own engine, as its service worker has it. */
import { createEngine, type ModelManifest } from '../../src/inference/engine/engine';
import * as tensorflow from '../../src/inference/tfjs/tensorflow';
import { packagedFile, packagedJson, serveContender } from './contender';

serveContender(async (backend) => {
  const parts = {
    models: await packagedJson<ModelManifest>('models/index.json'),
    fetchFile: packagedFile,
    loadTensorflow: () => tensorflow,
  };
  const engine = createEngine(parts);
  engine.configure({ backend, variant: 'accurate' });
  const { backends } = await engine.start();
  return {
    device: backends.find((each) => each.backend === backend)?.device ?? null,
    run: async (picture) => {
      const { logits } = await engine.classify(picture, { views: 1 });
      return logits[0] ?? new Float32Array();
    },
  };
});
