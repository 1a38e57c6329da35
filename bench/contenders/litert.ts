/** The same model and weights by LiteRT.js, in 8 bits as published, one thread. */
import { type CompiledModel, loadAndCompile, loadLiteRt, Tensor } from '@litertjs/core';

import { ACTIVATION_SCALE } from '../../src/inference/wasm/activation-map';
import type { Raster } from '../../src/core/look/raster';
import { cutInput, INPUT_SIDE_PX, type Looked, packagedFile, serveContender } from './contender';
import { LITERT_FILES } from './names';

const EMBEDDING_SIZE = 1024;
const LOGIT_COUNT = 1001;

/** From -1..1 back to the bytes that the model was trained on. */
function inBytes(input: Float32Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(input.length);
  for (let index = 0; index < input.length; index += 1) {
    bytes[index] = ((input[index] ?? 0) + 1) * 127.5 + 0.5;
  }
  return bytes;
}

async function open(file: string): Promise<CompiledModel> {
  return loadAndCompile(new Uint8Array(await packagedFile(file)), { accelerator: 'wasm' });
}

/** One input, one output; nothing of either is kept. */
async function runOnce(model: CompiledModel, input: Tensor): Promise<Tensor> {
  const [output] = await model.run(input);
  input.delete();
  if (output === undefined) throw new Error('The model has no output.');
  return output;
}

serveContender(async (backend) => {
  if (backend !== 'wasm') throw new Error(`LiteRT.js is measured on wasm, not ${backend}.`);
  await loadLiteRt(new URL('/', location.href).href);
  const extractor = await open(LITERT_FILES.extractor);
  const head = await open(LITERT_FILES.head);
  const classifier = new Float32Array(await packagedFile(LITERT_FILES.classifier));

  const embed = (bytes: Uint8Array<ArrayBuffer>): Promise<Tensor> =>
    runOnce(extractor, new Tensor(bytes, [1, INPUT_SIDE_PX, INPUT_SIDE_PX, 3]));

  const look = async (picture: Raster): Promise<Looked> => {
    const output = await embed(inBytes(cutInput(picture)));
    const embedding = Float32Array.from(
      output.toTypedArray() as Uint8Array,
      (value) => value * ACTIVATION_SCALE,
    );
    output.delete();
    const logits = classifier.slice(EMBEDDING_SIZE * LOGIT_COUNT);
    for (const [at, value] of embedding.entries()) {
      for (let logit = 0; logit < LOGIT_COUNT; logit += 1) {
        logits[logit] = (logits[logit] ?? 0) + value * (classifier[at * LOGIT_COUNT + logit] ?? 0);
      }
    }
    return { logits, embedding };
  };

  return {
    device: null,
    timed: async (picture) => {
      const probabilities = await runOnce(head, await embed(inBytes(cutInput(picture))));
      const values = probabilities.toTypedArray();
      probabilities.delete();
      return values;
    },
    look,
    run: async (picture) => (await look(picture)).logits,
  };
});
