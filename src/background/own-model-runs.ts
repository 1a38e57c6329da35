import type { ModelParts } from '../core/own-models/model-parts';
import type { Backend } from '../core/saying/prediction';
import type { Settings } from '../core/settings/settings';
import type { LoadOwnTensorflow, OwnTensorflow } from '../inference/own-models/load';
import type { ModelRunner } from '../inference/own-models/model-runner';
import type { OpenModel } from '../inference/own-models/open-model';

export interface RunParts {
  loadOwnTensorflow: LoadOwnTensorflow;
  settings: () => Promise<Pick<Settings, 'backend'>>;
}

/** Models of the person's own as they run: TensorFlow.js is read when the first of them does. */
export interface OwnModelRuns {
  /** All that is read for it. */
  tools: () => Promise<OwnTensorflow>;
  /** See `ModelRunner.withModel`. */
  run: <T>(
    id: string,
    parts: () => Promise<ModelParts>,
    use: (model: OpenModel) => Promise<T>,
  ) => Promise<T>;
  /** Frees what is held of a model. */
  letGo: (id: string) => Promise<void>;
  /** What the model ran on last; null where it has not run. */
  backendOf: (id: string) => Backend | null;
}

export function createOwnModelRuns({ loadOwnTensorflow, settings }: RunParts): OwnModelRuns {
  let runner: Promise<ModelRunner> | null = null;
  const backends = new Map<string, Backend>();

  const tools = async (): Promise<OwnTensorflow> => await loadOwnTensorflow();

  async function create(): Promise<ModelRunner> {
    return (await tools()).createOwnRunner();
  }

  function openRunner(): Promise<ModelRunner> {
    const opening = (runner ??= create());
    opening.catch(() => {
      if (runner === opening) runner = null;
    });
    return opening;
  }

  return {
    tools,
    async run(id, parts, use) {
      const [{ withModel }, { backend: chosen }] = await Promise.all([openRunner(), settings()]);
      const pinned = chosen === 'auto' ? null : chosen;
      const { value, backend } = await withModel(id, parts, use, pinned);
      backends.set(id, backend);
      return value;
    },
    async letGo(id) {
      backends.delete(id);
      if (runner !== null) (await runner).forget(id);
    },
    backendOf: (id) => backends.get(id) ?? null,
  };
}
