import { createHash } from 'node:crypto';

import type { Backend } from '../../../../src/core/saying/prediction';
import type { Raster } from '../../../../src/core/look/raster';
import type {
  BackendDriver,
  Cut,
  CutOutputs,
  Device,
} from '../../../../src/inference/engine/backend-driver';
import type { FeatureMap } from '../../../../src/core/where/feature-map';
import type { FetchFile } from '../../../../src/inference/model/model-files';
import type { ModelEntry, ModelManifest } from '../../../../src/inference/model/model-manifest';
import { SELF_TEST_STRIDE, selfTestReference } from '../../../../src/inference/engine/self-test';

/** What a device that computes rightly answers to the self-test of the fast variant, for each of so many cuts. */
export function rightOutputs(cuts = 1, backend: Backend = 'webgpu'): CutOutputs {
  const logits = new Float32Array(1001);
  selfTestReference(backend, 'fast').forEach((value, index) => {
    logits[index * SELF_TEST_STRIDE] = value;
  });
  return {
    logits: Array.from({ length: cuts }, () => logits),
    embeddings: Array.from({ length: cuts }, () => new Float32Array(4)),
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
  /** Default 1: one after the other is as quick. */
  batchCuts?: number;
  open?: () => Promise<void>;
  /** `opening` counts from 1; `run` counts from 1 in each opening, the self-test being the first. */
  run?: (opening: number, run: number, cuts: readonly Cut[]) => Promise<CutOutputs>;
  see?: (opening: number) => Promise<FeatureMap>;
}

/** A driver that does what the test says, and the devices that it opened. */
export function fakeDriver(
  backend: Backend,
  { isSoftware = false, description, batchCuts = 1, open, run, see }: FakeBehaviour = {},
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
              batchCuts,
              see: () => see?.(opening) ?? Promise.reject(new Error('Nothing to see.')),
              run: (cuts) => {
                fake.runs += 1;
                return (
                  run?.(opening, fake.runs, cuts) ??
                  Promise.resolve(rightOutputs(cuts.length, backend))
                );
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
    parameters: WEIGHTS.length,
    modelFile: `models/${id}/model.json`,
    weightsFile: `models/${id}/weights.bin`,
    modelSha256: sha256(GRAPH),
    weightsSha256: sha256(WEIGHTS),
    weightsChunkSha256: [sha256(WEIGHTS)],
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
