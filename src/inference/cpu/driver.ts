import type { BackendDriver, Device } from '../engine/backend-driver';
import type { LoadTensorflow } from '../tfjs/load';
import type { GraphSession } from '../tfjs/graph-session';

/** Plain JavaScript: works everywhere, and is the slowest by far. */
export function createCpuDriver(loadTensorflow: LoadTensorflow): BackendDriver {
  function open(): Promise<Device> {
    let session: GraphSession | undefined;
    return Promise.resolve({
      description: null,
      isSoftware: false,
      lost: new Promise<never>(() => undefined),
      load: async (model) => {
        session = await (await loadTensorflow()).openCpuSession(model);
        return session;
      },
      close: () => {
        session?.close();
        session = undefined;
      },
    });
  }
  return { backend: 'cpu', open };
}
