/** The same model and weights by ONNX Runtime Web, one thread. */
import { env, InferenceSession, Tensor } from 'onnxruntime-web/wasm';

import { ONNX_FILE } from './names';
import { INPUT_SIDE_PX, packagedFile, serveContender } from './contender';

const PIXELS = INPUT_SIDE_PX * INPUT_SIDE_PX;

serveContender(async (backend) => {
  if (backend !== 'wasm') throw new Error(`ONNX Runtime Web is measured on wasm, not ${backend}.`);
  env.wasm.numThreads = 1;
  env.wasm.proxy = false;
  env.wasm.wasmPaths = new URL('/ort/', location.href).href;
  const session = await InferenceSession.create(await packagedFile(ONNX_FILE), {
    executionProviders: ['wasm'],
    graphOptimizationLevel: 'all',
  });
  return {
    device: null,
    // Channels first, before the clock starts: ONNX Runtime has no other layout.
    arrange: (input) =>
      Float32Array.from(
        input,
        (_, index) => input[(index % PIXELS) * 3 + Math.floor(index / PIXELS)] ?? 0,
      ),
    run: async (input) => {
      const image = new Tensor('float32', input, [1, 3, INPUT_SIDE_PX, INPUT_SIDE_PX]);
      const { logits } = await session.run({ image });
      if (logits === undefined) throw new Error('The model has no output named logits.');
      return logits.data as Float32Array;
    },
  };
});
