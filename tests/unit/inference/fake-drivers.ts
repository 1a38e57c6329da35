import { createHash } from 'node:crypto';

import type { Backend, ViewCount } from '../../../src/core/prediction';
import type { Raster } from '../../../src/core/raster';
import type { BackendDriver, Device, ViewOutputs } from '../../../src/inference/backend-driver';
import type { FetchFile } from '../../../src/inference/model-files';
import type { ModelEntry, ModelManifest } from '../../../src/inference/model-manifest';
import { SELF_TEST_REFERENCE, SELF_TEST_STRIDE } from '../../../src/inference/self-test';

/** What a device that computes rightly answers to the self-test of the fast variant. */
export function rightOutputs(views: ViewCount = 1): ViewOutputs {
  const logits = new Float32Array(1001);
  SELF_TEST_REFERENCE.fast.forEach((value, index) => {
    logits[index * SELF_TEST_STRIDE] = value;
  });
  return {
    logits: Array.from({ length: views }, () => logits),
    embeddings: Array.from({ length: views }, () => new Float32Array(4)),
  };
}

/** One opening of a fake device, for the test to look at and to break. */
export interface FakeDevice {
  backend: Backend;
  runs: number;
  closed: boolean;
  lose: (reason: string) => void;
}

export interface FakeBehaviour {
  isSoftware?: boolean;
  description?: string;
  open?: () => Promise<void>;
  /** `opening` counts from 1; `run` counts from 1 in each opening, the self-test being the first. */
  run?: (opening: number, run: number, views: ViewCount) => Promise<ViewOutputs>;
}

/** A driver that does what the test says, and the devices that it opened. */
export function fakeDriver(
  backend: Backend,
  { isSoftware = false, description, open, run }: FakeBehaviour = {},
): { driver: BackendDriver; opened: FakeDevice[] } {
  const opened: FakeDevice[] = [];
  return {
    opened,
    driver: {
      backend,
      open: async (): Promise<Device> => {
        await open?.();
        let lose: (reason: string) => void = () => undefined;
        const lost = new Promise<string>((resolve) => {
          lose = resolve;
        });
        const fake: FakeDevice = { backend, runs: 0, closed: false, lose };
        opened.push(fake);
        const opening = opened.length;
        return {
          description: description ?? null,
          isSoftware,
          lost,
          load: () =>
            Promise.resolve({
              run: (_images, views) => {
                fake.runs += 1;
                return run?.(opening, fake.runs, views) ?? Promise.resolve(rightOutputs(views));
              },
            }),
          close: () => {
            fake.closed = true;
          },
        };
      },
    },
  };
}

const GRAPH = new TextEncoder().encode('{}');
const WEIGHTS = new Uint8Array([1, 2, 3]);

function entryOf(id: string, inputSize: number): ModelEntry {
  const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
  return {
    id,
    inputSize,
    embeddingSize: 4,
    modelFile: `models/${id}/model.json`,
    weightsFile: `models/${id}/weights.bin`,
    modelSha256: sha256(GRAPH),
    weightsSha256: sha256(WEIGHTS),
    modelBytes: GRAPH.length,
    weightsBytes: WEIGHTS.length,
  };
}

/** Two models whose files hold next to nothing. */
export const FAKE_MODELS: ModelManifest = {
  accurate: entryOf('accurate-model', 224),
  fast: entryOf('fast-model', 160),
};

export const fetchFakeFile: FetchFile = (path) =>
  Promise.resolve((path.endsWith('.json') ? GRAPH : WEIGHTS).slice().buffer);

export const FAKE_RASTER: Raster = {
  width: 2,
  height: 2,
  data: new Uint8ClampedArray(16).fill(255),
};
