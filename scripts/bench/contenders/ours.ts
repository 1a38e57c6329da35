/** The extension's own inference: its drivers and sessions, as its engine uses them. */
import type { BackendDriver } from '../../../src/inference/backend-driver';
import { createCpuDriver } from '../../../src/inference/backends/cpu';
import { createWasmDriver } from '../../../src/inference/backends/wasm';
import { createWebglDriver } from '../../../src/inference/backends/webgl';
import { createWebgpuDriver } from '../../../src/inference/backends/webgpu';
import { loadModelFiles } from '../../../src/inference/model-files';
import type { ModelManifest } from '../../../src/inference/model-manifest';
import type { Backend } from '../../../src/core/prediction';
import { packagedFile, packagedJson, serveContender } from './contender';

const drivers: Record<Backend, () => BackendDriver> = {
  webgpu: createWebgpuDriver,
  webgl: createWebglDriver,
  wasm: () => createWasmDriver((file) => new URL(`/wasm/${file}`, location.href).href),
  cpu: createCpuDriver,
};

serveContender(async (backend) => {
  const { accurate } = await packagedJson<ModelManifest>('models/index.json');
  const device = await drivers[backend]().open();
  const session = await device.load(await loadModelFiles('accurate', accurate, packagedFile));
  return {
    device: device.description,
    run: async (input) => {
      const { logits } = await session.run(input, 1);
      return logits[0] ?? new Float32Array();
    },
  };
});
