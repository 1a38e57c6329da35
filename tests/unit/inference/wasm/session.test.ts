/** A small network on the kernels against the same in plain integers, on every way of multiplying. */
import { expect, test } from 'vitest';

import type { ConvolutionLayer } from '../../../../scripts/model/compiler/mobilenet-v1';
import { openKernels } from '../../../../scripts/model/model-in-node';
import { type InnerLoop } from '../../../../src/inference/wasm/inner-loop';
import type { Kernels } from '../../../../src/inference/wasm/kernels';
import { openKernelNetwork } from '../../../../src/inference/wasm/session';
import { MACHINES, relaxedOn } from '../../../fixtures/inference/byte-products';
import {
  biasOf,
  filesOf,
  INPUT_SIZE,
  kernelOf,
  layerOf,
  NETWORK,
  picture,
  plainly,
} from '../../../fixtures/inference/plain-network';

async function kernelsFor(loop: InnerLoop): Promise<Kernels> {
  const kernels = await openKernels();
  if (loop === 'words') return kernels;
  const machine = loop === 'signed-bytes' ? MACHINES.signed : MACHINES.unsigned;
  return { ...kernels, relaxed: relaxedOn(machine, kernels.memory) };
}

test.each(['words', 'unsigned-bytes', 'signed-bytes'] as const)(
  'by %s a network gives what plain integers give, view by view, in memory that does not grow',
  async (loop) => {
    const kernels = await kernelsFor(loop);
    const kernelNetwork = openKernelNetwork(kernels, loop, filesOf(NETWORK), INPUT_SIZE);
    const { byteLength } = kernels.memory.buffer;
    const pictures = [picture(), picture(), picture()];
    const batch = new Float32Array(pictures.flatMap((each) => [...each]));
    const outputs = kernelNetwork.run(batch);
    expect(outputs.logits).toHaveLength(3);
    pictures.forEach((each, view) => {
      const { embedding, logits } = plainly(each);
      // Neither all cut off nor all alike: the comparison says something.
      expect(new Set(embedding.map((value) => value.toFixed(2))).size).toBeGreaterThan(5);
      expect([...(outputs.embeddings[view] ?? [])]).toEqual(embedding);
      logits.forEach((logit, index) => {
        expect(outputs.logits[view]?.[index]).toBeCloseTo(logit, 4);
      });
    });
    expect(outputs.logits[1]).not.toEqual(outputs.logits[0]);
    // The memory still holds the view before: it must not show.
    const again = kernelNetwork.run(pictures[0] ?? batch);
    expect(again.logits[0]).toEqual(outputs.logits[0]);
    expect(kernels.memory.buffer.byteLength).toBe(byteLength);
  },
);

test('a network that the kernels do not take is refused', async () => {
  const [stem, depthwise] = NETWORK.convolutions;
  if (stem === undefined || depthwise === undefined) throw new Error('The network has no layers.');
  const kernels = await openKernels();
  const open = (convolutions: ConvolutionLayer[]) => () =>
    openKernelNetwork(kernels, 'words', filesOf({ ...NETWORK, convolutions }), INPUT_SIZE);
  expect(open([stem, depthwise])).toThrow('lacks a layer');
  const narrow = layerOf('narrow', 'convolution', 1, kernelOf([1, 1, 16, 12], 0.01), biasOf(12));
  expect(open([stem, depthwise, narrow])).toThrow('not 16 to 12');
});
