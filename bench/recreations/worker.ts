/**
 * The worker of both re-creations: the fused model by plain tfjs on wasm (which is kind to them: such
 * extensions load unfused ones), as many views as ours.
 */
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { loadGraphModel, type GraphModel } from '@tensorflow/tfjs-converter';
import * as tf from '@tensorflow/tfjs-core';

import { labelOf } from '../../src/core/saying/labels';
import type { ViewCount } from '../../src/core/saying/prediction';
import { type Raster, travelSize } from '../../src/core/look/raster';
import { cutViews } from '../../src/core/look/views';
import type { ModelManifest } from '../../src/inference/model/model-manifest';
import type { AddressMessage, PixelsMessage, Reply } from './message';

declare const __BENCH_VIEWS__: ViewCount;

/** Logit 0 is the background. */
const FIRST_CLASS = 1;

interface Loaded {
  model: GraphModel;
  inputSize: number;
}

async function load(): Promise<Loaded> {
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  setWasmPaths(chrome.runtime.getURL('wasm/'));
  await tf.setBackend('wasm');
  await tf.ready();
  const response = await fetch(chrome.runtime.getURL('models/index.json'));
  const { accurate } = (await response.json()) as ModelManifest;
  const model = await loadGraphModel(chrome.runtime.getURL(accurate.modelFile));
  return { model, inputSize: accurate.inputSize };
}

const loading = load();

function rasterOf({ pixels, width, height }: PixelsMessage): Raster {
  return { width, height, data: Uint8ClampedArray.from(pixels) };
}

async function fetchedRaster({ address }: AddressMessage): Promise<Raster> {
  const response = await fetch(address);
  const bitmap = await createImageBitmap(await response.blob());
  const { width, height } = travelSize(bitmap.width, bitmap.height);
  const context = new OffscreenCanvas(width, height).getContext('2d');
  if (context === null) throw new Error('There is no 2D canvas.');
  context.drawImage(bitmap, 0, 0, width, height);
  bitmap.close();
  return context.getImageData(0, 0, width, height);
}

async function bestLabel(raster: Raster): Promise<string> {
  const { model, inputSize } = await loading;
  const views = cutViews(raster, inputSize, __BENCH_VIEWS__);
  const probabilities = tf.tidy(() => {
    const length = inputSize * inputSize * 3;
    const each = Array.from({ length: __BENCH_VIEWS__ }, (_, view) =>
      tf.softmax(
        model.execute(
          tf.tensor4d(views.subarray(view * length, (view + 1) * length), [
            1,
            inputSize,
            inputSize,
            3,
          ]),
          'logits',
        ) as tf.Tensor,
      ),
    );
    return tf.addN(each);
  });
  const values = await probabilities.data<'float32'>();
  probabilities.dispose();
  let best = FIRST_CLASS;
  for (let index = FIRST_CLASS; index < values.length; index += 1) {
    if ((values[index] ?? 0) > (values[best] ?? 0)) best = index;
  }
  return labelOf(best - FIRST_CLASS)?.name ?? '';
}

chrome.runtime.onMessage.addListener(
  (message: PixelsMessage | AddressMessage, _sender, respond: (reply: Reply) => void) => {
    const raster =
      message.kind === 'pixels' ? Promise.resolve(rasterOf(message)) : fetchedRaster(message);
    raster.then(bestLabel).then(
      (label) => {
        respond({ label });
      },
      (error: unknown) => {
        respond({ error: String(error) });
      },
    );
    return true;
  },
);
