import type { BenchBrowser } from './bench-browser';
import { median } from './statistics';

const OPEN_LIMIT_MS = 60_000;
const TIME_LIMIT_MS = 10_000;
const WARM_UP_IMAGES = 5;

/** Our own inference alone, timed between the measurements of a part, in the same browser. */
export interface BareInference {
  /**
   * Milliseconds of each of so many pictures, one view, less the median time of cutting the view. Brings
   * the contenders' page to the front.
   */
  time: (count: number) => Promise<number[]>;
}

/** Opens our inference in a worker of its own, on the backend that the extension's engine uses here. */
export async function openBareInference(bench: BenchBrowser): Promise<BareInference> {
  const { backend } = await bench.session.ask('startEngine', {});
  if (backend === null) throw new Error('The engine has no backend.');
  const ours = await bench.openContender('ours', backend, OPEN_LIMIT_MS);
  await ours.time(WARM_UP_IMAGES, TIME_LIMIT_MS);
  return {
    time: async (count) => {
      await bench.focusContenders();
      const cutMs = median(await ours.cut(count));
      return (await ours.time(count, TIME_LIMIT_MS)).map((each) => Math.max(0, each - cutMs));
    },
  };
}
