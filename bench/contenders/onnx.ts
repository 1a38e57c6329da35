/** The same model and weights by ONNX Runtime Web, one thread. */
import { env, InferenceSession, Tensor } from 'onnxruntime-web/wasm';

import { ONNX_FILE } from './names';
import { cutInput, INPUT_SIDE_PX, packagedFile, serveContender } from './contender';

const PIXELS = INPUT_SIDE_PX * INPUT_SIDE_PX;

/** ONNX Runtime has no other layout. */
function channelsFirst(input: Float32Array): Float32Array {
  const moved = new Float32Array(input.length);
  for (let pixel = 0; pixel < PIXELS; pixel += 1) {
    moved[pixel] = input[pixel * 3] ?? 0;
    moved[PIXELS + pixel] = input[pixel * 3 + 1] ?? 0;
    moved[2 * PIXELS + pixel] = input[pixel * 3 + 2] ?? 0;
  }
  return moved;
}

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
    run: async (picture) => {
      const input = channelsFirst(cutInput(picture));
      const image = new Tensor('float32', input, [1, 3, INPUT_SIDE_PX, INPUT_SIDE_PX]);
      const { logits } = await session.run({ image });
      if (logits === undefined) throw new Error('The model has no output named logits.');
      return logits.data as Float32Array;
    },
  };
});
